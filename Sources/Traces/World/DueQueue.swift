/// Timers in the order in which they are due (ties in the order in which they were made): persistent and ordered.
///
/// A treap, so that the first few cost little however many are pending, and a copy shares what has not
/// changed. Its shape comes from random priorities that no trace can foresee; its contents never depend on them.
///
/// - Complexity: inserting and removing are O(log n) on average, copying is O(1), the first k are O(k + log n).
public struct DueQueue: Sendable {
  /// When something is due, and what.
  public struct Entry: Sendable, Equatable, Comparable {
    /// Microseconds.
    public var due: Int64
    public var id: TimerID

    /// Names a timer and when it is due, in microseconds.
    public init(due: Int64, id: TimerID) {
      self.due = due
      self.id = id
    }

    public static func < (left: Entry, right: Entry) -> Bool {
      left.due == right.due ? left.id < right.id : left.due < right.due
    }
  }

  private var root: DueNode?
  public private(set) var count = 0

  public init() {}

  public var isEmpty: Bool { root == nil }

  /// The next one that is due.
  public var first: Entry? {
    var node = root
    while let left = node?.left { node = left }
    return node?.entry
  }

  mutating func insert(_ entry: Entry) {
    guard !contains(entry) else { return }
    DueNode.insert(entry, priority: DueNode.priority(of: entry.id), into: &root)
    count += 1
  }

  mutating func remove(_ entry: Entry) {
    guard contains(entry) else { return }
    DueNode.remove(entry, from: &root)
    count -= 1
  }

  func contains(_ entry: Entry) -> Bool {
    var node = root
    while let here = node {
      if entry < here.entry {
        node = here.left
      } else if here.entry == entry {
        return true
      } else {
        node = here.right
      }
    }
    return false
  }
}

extension DueQueue: Sequence {
  public struct Iterator: IteratorProtocol {
    private var path: [DueNode] = []

    init(_ root: DueNode?) { descend(root) }

    private mutating func descend(_ start: DueNode?) {
      var node = start
      while let here = node {
        path.append(here)
        node = here.left
      }
    }

    public mutating func next() -> Entry? {
      guard let here = path.popLast() else { return nil }
      descend(here.right)
      return here.entry
    }
  }

  public func makeIterator() -> Iterator { Iterator(root) }
  public var underestimatedCount: Int { count }
}

extension DueQueue: Equatable {
  public static func == (left: DueQueue, right: DueQueue) -> Bool {
    left.root === right.root || left.count == right.count && left.elementsEqual(right)
  }
}

/// One entry of the treap.
///
/// Unchecked, because it is changed only through a path of nodes each of which has a single owner.
final class DueNode: @unchecked Sendable {
  let entry: DueQueue.Entry
  let priority: UInt64
  // Unchecked, because only a queue sees them, and it never keeps an access open across other code of its own.
  @exclusivity(unchecked) var left: DueNode?
  @exclusivity(unchecked) var right: DueNode?

  init(_ entry: DueQueue.Entry, priority: UInt64, left: DueNode? = nil, right: DueNode? = nil) {
    self.entry = entry
    self.priority = priority
    self.left = left
    self.right = right
  }

  /// Unknown to whoever writes a trace, so that none can turn the treap into a list.
  private static let seed = UInt64.random(in: .min ... .max)

  /// Spreads ids (the finalizer of SplitMix64).
  static func priority(of id: TimerID) -> UInt64 {
    var bits = UInt64(truncatingIfNeeded: id) &* 0x9e37_79b9_7f4a_7c15 &+ seed
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  /// Makes sure that nobody else holds the node at `link`, and gives it.
  private static func own(_ link: inout DueNode?) -> DueNode? {
    guard var node = link.take() else { return nil }
    if !isKnownUniquelyReferenced(&node) {
      node = DueNode(node.entry, priority: node.priority, left: node.left, right: node.right)
    }
    link = node
    return node
  }

  static func insert(_ entry: DueQueue.Entry, priority: UInt64, into link: inout DueNode?) {
    guard let node = own(&link) else {
      link = DueNode(entry, priority: priority)
      return
    }
    if priority > node.priority {
      let (left, right) = split(node, at: entry)
      link = DueNode(entry, priority: priority, left: left, right: right)
    } else if entry < node.entry {
      insert(entry, priority: priority, into: &node.left)
    } else {
      insert(entry, priority: priority, into: &node.right)
    }
  }

  static func remove(_ entry: DueQueue.Entry, from link: inout DueNode?) {
    guard let node = own(&link) else { return }
    if entry == node.entry {
      link = merge(node.left, node.right)
    } else if entry < node.entry {
      remove(entry, from: &node.left)
    } else {
      remove(entry, from: &node.right)
    }
  }

  /// What is before and what is after `entry`, without changing `node`.
  private static func split(_ node: DueNode?, at entry: DueQueue.Entry) -> (DueNode?, DueNode?) {
    guard let node else { return (nil, nil) }
    if node.entry < entry {
      let (left, right) = split(node.right, at: entry)
      return (DueNode(node.entry, priority: node.priority, left: node.left, right: left), right)
    }
    let (left, right) = split(node.left, at: entry)
    return (left, DueNode(node.entry, priority: node.priority, left: right, right: node.right))
  }

  /// All of `left` before all of `right`, without changing either.
  private static func merge(_ left: DueNode?, _ right: DueNode?) -> DueNode? {
    guard let left else { return right }
    guard let right else { return left }
    if left.priority > right.priority {
      return DueNode(
        left.entry, priority: left.priority, left: left.left, right: merge(left.right, right))
    }
    return DueNode(right.entry, priority: right.priority, left: merge(left, right.left), right: right.right)
  }
}
