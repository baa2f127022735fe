/// A persistent vector: copies share what has not changed, and a change costs O(log n).
///
/// (To be a 32-way trie; this stand-in has the same interface.)
public struct Shelf<Element: Sendable>: Sendable, RandomAccessCollection {
  private var storage: [Element] = []
  public init() {}
  public var startIndex: Int { 0 }
  public var endIndex: Int { storage.count }
  public subscript(position: Int) -> Element {
    _read { yield storage[position] }
    _modify { yield &storage[position] }
  }
  public mutating func append(_ element: Element) { storage.append(element) }
}

extension Shelf: Equatable where Element: Equatable {}
