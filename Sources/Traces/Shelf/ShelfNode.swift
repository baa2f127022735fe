/// A branch (with children) or a leaf (with elements) of a Shelf's trie.
///
/// Unchecked, because it is changed only through a path of nodes each of which has a single owner.
final class ShelfNode<Element: Sendable>: @unchecked Sendable {
  // Unchecked, because only a Shelf sees them, and it never keeps an access open across other code of its own.
  @exclusivity(unchecked) var children: [ShelfNode]
  @exclusivity(unchecked) var elements: [Element]

  init(children: [ShelfNode]) {
    self.children = children
    elements = []
  }

  init(elements: [Element]) {
    children = []
    self.elements = elements
  }

  /// Another node with the same contents, which stay shared until one of the two changes.
  func copy() -> ShelfNode {
    let other = ShelfNode(children: children)
    other.elements = elements
    return other
  }

  /// The child at `place`, copied first if somebody else holds it too.
  func ownChild(_ place: Int) -> ShelfNode {
    if !isKnownUniquelyReferenced(&children[place]) { children[place] = children[place].copy() }
    return children[place]
  }
}
