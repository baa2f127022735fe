/// A branch (with children) or a leaf (with elements) of a Shelf's trie, in memory of its own.
///
/// Unchecked, because it is changed only through a path of nodes each of which has a single owner. Nodes lie behind
/// pointers, so that going along a path neither retains nor releases: that is most of what a lookup would cost.
final class ShelfNode<Element: Sendable>: @unchecked Sendable {
  private let children: UnsafeMutablePointer<ShelfNode>?
  private(set) var childCount = 0
  /// Of a leaf, all of them.
  let elements: UnsafeMutablePointer<Element>?
  private let elementCount: Int

  static var branchCapacity: Int { 32 }

  /// A branch with these children.
  init(children: [ShelfNode]) {
    let memory = UnsafeMutablePointer<ShelfNode>.allocate(capacity: Self.branchCapacity)
    for (place, child) in children.enumerated() { (memory + place).initialize(to: child) }
    self.children = memory
    childCount = children.count
    elements = nil
    elementCount = 0
  }

  /// A leaf that takes over what `source` holds.
  init(elements source: UnsafePointer<Element>, count: Int) {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: count)
    memory.initialize(from: source, count: count)
    elements = memory
    elementCount = count
    children = nil
  }

  deinit {
    if let children {
      children.deinitialize(count: childCount)
      children.deallocate()
    }
    if let elements {
      elements.deinitialize(count: elementCount)
      elements.deallocate()
    }
  }

  /// Another node with the same contents; below it all stays shared until one of the two changes.
  func copy() -> ShelfNode {
    if let elements { return ShelfNode(elements: elements, count: elementCount) }
    return ShelfNode(children: (0..<childCount).map { child($0).takeUnretainedValue() })
  }

  func append(_ child: ShelfNode) {
    guard let children else { return }
    (children + childCount).initialize(to: child)
    childCount += 1
  }

  /// The child at `place`, which must be there; this node keeps it alive.
  @inline(__always)
  func child(_ place: Int) -> Unmanaged<ShelfNode> {
    UnsafeRawPointer(children.unsafelyUnwrapped + place).load(as: Unmanaged<ShelfNode>.self)
  }

  /// The same, copied first if somebody else holds it too.
  @inline(__always)
  func ownChild(_ place: Int) -> Unmanaged<ShelfNode> {
    let link = children.unsafelyUnwrapped + place
    if !isKnownUniquelyReferenced(&link.pointee) { link.pointee = link.pointee.copy() }
    return child(place)
  }
}
