/// A heap of delayed calls with four children a node: half as deep as a binary one, and the four lie
/// side by side in memory.
///
/// Entries carry what they are compared by, so that ordering touches no call. They hold their calls
/// unmanaged: moving an entry counts no references.
struct CallHeap {
  struct Entry {
    let due: Int64
    let rank: Int64
    let call: Unmanaged<DelayedCall>

    @inline(__always)
    static func < (a: Entry, b: Entry) -> Bool {
      a.due != b.due ? a.due < b.due : a.rank < b.rank
    }

    /// Whether the call is still to come, and in this place.
    var isLive: Bool {
      call._withUnsafeGuaranteedRef { $0.rank == rank && $0.state == .pending }
    }
  }

  private(set) var entries: [Entry] = []

  var first: Entry? { entries.first }
  var count: Int { entries.count }

  /// Adds an entry and takes a reference on its call. O(log n).
  mutating func push(due: Int64, rank: Int64, call: DelayedCall) {
    let entry = Entry(due: due, rank: rank, call: .passRetained(call))
    entries.append(entry)
    entries.withUnsafeMutableBufferPointer { heap in
      var hole = heap.count - 1
      while hole > 0 {
        let parent = (hole - 1) / 4
        guard entry < heap[parent] else { break }
        heap[hole] = heap[parent]
        hole = parent
      }
      heap[hole] = entry
    }
  }

  /// Removes the first entry and hands over its reference. O(log n).
  mutating func pop() -> DelayedCall? {
    guard let first = entries.first, let last = entries.popLast() else { return nil }
    if !entries.isEmpty {
      entries.withUnsafeMutableBufferPointer { CallHeap.sift(last, from: 0, in: $0) }
    }
    return first.call.takeRetainedValue()
  }

  /// Puts `entry` into the hole at `start` or below it.
  private static func sift(
    _ entry: Entry, from start: Int, in heap: UnsafeMutableBufferPointer<Entry>
  ) {
    var hole = start
    while true {
      let child = 4 * hole + 1
      guard child < heap.count else { break }
      var least = child
      for other in (child + 1)..<max(child + 1, min(child + 4, heap.count))
      where heap[other] < heap[least] {
        least = other
      }
      guard heap[least] < entry else { break }
      heap[hole] = heap[least]
      hole = least
    }
    heap[hole] = entry
  }

  /// Lets go of every entry whose call is over or has moved. O(n).
  mutating func sweep() {
    var kept: [Entry] = []
    kept.reserveCapacity(entries.count)
    for entry in entries {
      if entry.isLive { kept.append(entry) } else { entry.call.release() }
    }
    kept.withUnsafeMutableBufferPointer { heap in
      guard heap.count > 1 else { return }
      for index in stride(from: (heap.count - 2) / 4, through: 0, by: -1) {
        CallHeap.sift(heap[index], from: index, in: heap)
      }
    }
    entries = kept
  }

  /// Lets go of everything.
  mutating func removeAll() {
    let doomed = entries
    entries = []
    for entry in doomed { entry.call.release() }
  }
}
