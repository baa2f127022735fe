/// A persistent vector: copies share what has not changed, and a change costs O(log n).
///
/// Elements lie in leaves under a 32-way trie, the last few in a tail of their own. A change happens in place
/// where nobody else holds the leaf, so that a Shelf that was never copied costs little more than an array;
/// otherwise the path to the leaf is copied, and all else stays shared. Leaves are small where elements are
/// big, because a whole leaf is copied for one change.
///
/// - Complexity: reading, changing and appending are O(log32 n), copying is O(1).
public struct Shelf<Element: Sendable>: Sendable {
  /// How many elements there are.
  public private(set) var count = 0
  /// Covers every full leaf, 32 ^ `height` of them at most.
  private var root: ShelfNode<Element>?
  private var height = 0
  /// What does not yet fill a leaf.
  private var tail: [Element] = []

  public init() {}

  /// Puts the elements of a sequence on a new shelf. O(n).
  public init(_ elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  private static var branchBits: Int { 5 }

  /// A leaf is a kilobyte or two, and 64 elements at most: smaller ones cost more than what they hold.
  static var leafBits: Int {
    switch MemoryLayout<Element>.stride {
    case ...16: 6
    case ...48: 5
    case ...128: 4
    default: 2
    }
  }

  private static var leafCapacity: Int { 1 << leafBits }
  private var tailStart: Int { count - tail.count }

  /// Puts one more element at the end.
  public mutating func append(_ element: Element) {
    if tail.isEmpty { tail.reserveCapacity(count < Self.leafCapacity ? 0 : Self.leafCapacity) }
    tail.append(element)
    count += 1
    guard tail.count == Self.leafCapacity else { return }
    let leaf = tail.withUnsafeBufferPointer { full in
      full.baseAddress.map { ShelfNode(elements: $0, count: full.count) }
    }
    if let leaf { push(leaf) }
    tail.removeAll(keepingCapacity: true)
  }

  /// Takes a full leaf, which ends at `count`, into the trie.
  private mutating func push(_ leaf: ShelfNode<Element>) {
    guard let top = root else {
      root = leaf
      return
    }
    let number = (count >> Self.leafBits) - 1
    if number == 1 << (height * Self.branchBits) {
      root = ShelfNode(children: [top])
      height += 1
    }
    var node = ownRoot()
    var level = (height - 1) * Self.branchBits
    while level > 0 {
      let place = (number >> level) & 31
      if place == node._withUnsafeGuaranteedRef({ $0.childCount }) {
        // The first leaf below a new branch: a chain of branches with one child each leads to it.
        var branch = leaf
        for _ in 0..<(level / Self.branchBits) { branch = ShelfNode(children: [branch]) }
        node._withUnsafeGuaranteedRef { $0.append(branch) }
        return
      }
      node = node._withUnsafeGuaranteedRef { $0.ownChild(place) }
      level -= Self.branchBits
    }
    node._withUnsafeGuaranteedRef { $0.append(leaf) }
  }

  /// The root, held by nobody else; callers know that there is one.
  @inline(__always)
  private mutating func ownRoot() -> Unmanaged<ShelfNode<Element>> {
    guard root != nil else { preconditionFailure("a shelf without its trie") }
    if !isKnownUniquelyReferenced(&root), let shared = root { root = shared.copy() }
    return Unmanaged.passUnretained(root.unsafelyUnwrapped)
  }

  /// The leaf with the element at `position`, held by nobody else.
  @inline(__always)
  private mutating func ownLeaf(of position: Int) -> UnsafeMutablePointer<Element> {
    var node = ownRoot()
    let number = position >> Self.leafBits
    var level = (height - 1) * Self.branchBits
    while level >= 0 {
      let place = (number >> level) & 31
      node = node._withUnsafeGuaranteedRef { $0.ownChild(place) }
      level -= Self.branchBits
    }
    return node._withUnsafeGuaranteedRef { $0.elements.unsafelyUnwrapped }
  }

  @inline(__always)
  private func leaf(of position: Int) -> UnsafeMutablePointer<Element> {
    guard let root else { preconditionFailure("a shelf without its trie") }
    var node = Unmanaged.passUnretained(root)
    let number = position >> Self.leafBits
    var level = (height - 1) * Self.branchBits
    while level >= 0 {
      let place = (number >> level) & 31
      node = node._withUnsafeGuaranteedRef { $0.child(place) }
      level -= Self.branchBits
    }
    return node._withUnsafeGuaranteedRef { $0.elements.unsafelyUnwrapped }
  }

  /// Whether both hold the very same trie, so that all but the tails must be equal.
  func sharesAllLeaves(with other: Shelf) -> Bool { root === other.root && tailStart == other.tailStart }
}

extension Shelf: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(position: Int) -> Element {
    get {
      precondition(position >= 0 && position < count, "a position outside of the shelf")
      let start = tailStart
      if position >= start { return tail[position - start] }
      return leaf(of: position)[position & (Self.leafCapacity - 1)]
    }
    _modify {
      precondition(position >= 0 && position < count, "a position outside of the shelf")
      let start = tailStart
      if position >= start {
        yield &tail[position - start]
      } else {
        yield &ownLeaf(of: position)[position & (Self.leafCapacity - 1)]
      }
    }
  }

  /// The element at `position`, or nil where there is none.
  public func at(_ position: Int) -> Element? {
    position >= 0 && position < count ? self[position] : nil
  }
}

extension Shelf: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension Shelf: Equatable where Element: Equatable {
  public static func == (left: Shelf, right: Shelf) -> Bool {
    guard left.count == right.count else { return false }
    if left.sharesAllLeaves(with: right) { return left.tail == right.tail }
    return left.elementsEqual(right)
  }
}

extension Shelf: CustomStringConvertible {
  public var description: String { Array(self).description }
}
