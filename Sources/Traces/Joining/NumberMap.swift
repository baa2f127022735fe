/// The numbers that the things of one recording have among those of several: dense, in the order in which they are
/// first heard of.
final class NumberMap {
  private var numbers: [[Int32]] = Array(repeating: [], count: ThingKind.allCases.count)
  private let counters: Counters

  /// How many things of each kind there are in all recordings together.
  final class Counters {
    var counts = [Int32](repeating: 0, count: ThingKind.allCases.count)
  }

  private static let unheard: Int32 = -1
  /// What no thing has: the number of one whose own is absurd.
  private static let absurd = Int(Int32.max)

  init(_ counters: Counters) { self.counters = counters }

  /// The number of a thing that the record after the first `place` ones speaks of.
  ///
  /// - Complexity: O(1); memory grows with the records, not with the numbers that are in them.
  func number(_ kind: ThingKind, _ id: Int, at place: Int) -> Int {
    guard id >= 0 else { return id }
    guard id < 1024 + 4 * place else { return Self.absurd }
    if id >= numbers[kind.rawValue].count {
      let missing = max(id + 1, numbers[kind.rawValue].count * 2) - numbers[kind.rawValue].count
      numbers[kind.rawValue].append(contentsOf: repeatElement(Self.unheard, count: missing))
    }
    let known = numbers[kind.rawValue][id]
    if known != Self.unheard { return Int(known) }
    let number = counters.counts[kind.rawValue]
    counters.counts[kind.rawValue] += 1
    numbers[kind.rawValue][id] = number
    return Int(number)
  }

  /// The number of a thing that has been heard of.
  func known(_ kind: ThingKind, _ id: Int) -> Int? {
    guard numbers[kind.rawValue].indices.contains(id) else { return nil }
    let known = numbers[kind.rawValue][id]
    return known == Self.unheard ? nil : Int(known)
  }
}

/// The map, for what one record says.
struct NumbersOfRecord: Renumbering {
  let map: NumberMap
  let place: Int
  let namesHoldNumbers: Bool
  let lag: Int64
  func known(_ kind: ThingKind, _ id: Int) -> Int? { map.known(kind, id) }
  func number(_ kind: ThingKind, _ id: Int) -> Int { map.number(kind, id, at: place) }
}
