/// Those that wait for one Deferred, in the order in which they will be resumed.
///
/// Each keeps its position for as long as it waits, so leaving costs O(log n) wherever one stands.
public struct Waiters: Sendable, Equatable, Collection {
  /// -1 where one has left.
  private var entries = Shelf<DeferredID>()
  public private(set) var startIndex = 0
  /// How many wait now.
  public private(set) var count = 0

  public init() {}

  public var endIndex: Int { entries.count }
  public var isEmpty: Bool { count == 0 }
  public subscript(position: Int) -> DeferredID { entries[position] }

  public func index(after position: Int) -> Int {
    var next = position + 1
    while next < entries.count, entries[next] < 0 { next += 1 }
    return next
  }

  /// Lets one more wait, and says at which position.
  mutating func append(_ id: DeferredID) -> Int {
    entries.append(id)
    count += 1
    return entries.count - 1
  }

  /// Lets `id` leave its `position`; nothing happens where it does not stand there.
  mutating func remove(_ id: DeferredID, at position: Int) {
    guard entries.at(position) == id else { return }
    entries[position] = -1
    count -= 1
    if count == 0 {
      // Nobody holds a position any more: begin anew.
      self = Waiters()
    } else if position == startIndex {
      startIndex = index(after: position)
    }
  }
}

extension Waiters: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: DeferredID...) {
    for id in elements { _ = append(id) }
  }
}
