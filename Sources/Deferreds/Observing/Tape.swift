private import Synchronization

/// Where what happens most often is put down in a few words, by the domain that is watched, and read by another thread.
///
/// A ring of entries with one writer and one reader, and no lock: each has a count that only it moves on. What an entry
/// holds belongs to the writer until it is counted as written, then to the reader until it is counted as read.
package final class Tape: @unchecked Sendable {
  /// What a tape needs of whoever reads it. All of it is called by the writer.
  package struct Reader {
    /// Words for a value, which is not kept.
    package var words: (Any) -> (text: String, isCut: Bool)
    /// The number of a Failure; may put down that it was born.
    package var number: (Failure) -> Int
    /// Wakes the reader; where it is asked to wait, returns when there is room.
    package var wake: (_ waiting: Bool) -> Void

    package init(
      words: @escaping (Any) -> (text: String, isCut: Bool), number: @escaping (Failure) -> Int,
      wake: @escaping (_ waiting: Bool) -> Void
    ) {
      self.words = words
      self.number = number
      self.wake = wake
    }
  }

  /// Is set before anything is watched.
  @exclusivity(unchecked) package var reader: Reader?
  /// The time of what is put down next, in units of the reader's.
  @exclusivity(unchecked) package var time: UInt64 = 0
  /// How deep the code that runs is nested.
  @exclusivity(unchecked) package var depth: UInt16 = 0
  @exclusivity(unchecked) var sites = TapeSites()

  /// The time now, in units of the reader's; nil where ``Tape/time`` is set by hand. A closure would be counted.
  private let stamp: (@convention(c) () -> UInt64)?
  /// Whether numbers and short texts are put down as they are, to be made words of later.
  let takesPlainValues: Bool
  private let entries: UnsafeMutablePointer<TapeEntry>
  private let capacity: Int
  /// What the writer has written; it looks at what was read only when it comes to `limit`.
  @exclusivity(unchecked) private var head = 0
  @exclusivity(unchecked) private var limit = 0
  private let written = Atomic<Int>(0)
  private let read = Atomic<Int>(0)
  private let isEnded = Atomic<Bool>(false)

  /// Creates a tape without entries.
  ///
  /// - Parameters:
  ///   - capacity: for how many there is room; a power of two.
  ///   - stamp: reads the time, in units of the reader's.
  ///   - takesPlainValues: whether numbers and short texts are put down as they are.
  package init(capacity: Int, stamp: (@convention(c) () -> UInt64)?, takesPlainValues: Bool) {
    precondition(capacity > 0 && capacity & (capacity - 1) == 0)
    self.capacity = capacity
    self.stamp = stamp
    self.takesPlainValues = takesPlainValues
    entries = .allocate(capacity: capacity)
    // The system gives memory out when it is first touched, which is not to be in the middle of the program's work.
    UnsafeMutableRawPointer(entries).initializeMemory(
      as: UInt8.self, repeating: 0, count: capacity * MemoryLayout<TapeEntry>.stride)
  }

  deinit {
    drain { $0.drop() }
    entries.deallocate()
  }

  // MARK: The writer

  @inline(__always)
  func put(_ entry: TapeEntry) {
    if head == limit { makeRoom() }
    (entries + (head & (capacity - 1))).initialize(to: entry)
    head &+= 1
    written.store(head, ordering: .releasing)
  }

  /// Reads the clock.
  @inline(__always)
  package func tick() {
    if let stamp { time = stamp() }
  }

  /// The writer comes here after each quarter of the tape, and waits where all of it is unread.
  @inline(never)
  private func makeRoom() {
    while !isEnded.load(ordering: .acquiring) {
      let room = read.load(ordering: .acquiring) + capacity - head
      reader?.wake(room == 0)
      guard room == 0 else {
        limit = head + min(room, max(1, capacity / 4))
        return
      }
    }
    // Nobody reads any more, so the entries are the writer's alone.
    drain { $0.drop() }
    limit = head + capacity
  }

  // MARK: The reader

  /// How many entries there are to read.
  package var unread: Int { written.load(ordering: .acquiring) - read.load(ordering: .relaxed) }

  /// Takes the entries that are there now, some at a time, so that the writer has room again soon.
  package func drain(_ take: (TapeEntry) -> Void) {
    let end = written.load(ordering: .acquiring)
    var place = read.load(ordering: .relaxed)
    while place < end {
      let next = min(end, place + 1024)
      while place < next {
        take((entries + (place & (capacity - 1))).move())
        place += 1
      }
      read.store(place, ordering: .releasing)
    }
  }

  /// Says that nothing will be read any more: what is put down from here on is dropped.
  package func end() { isEnded.store(true, ordering: .releasing) }
}
