/// The numbers of the things of one recording, from 0 on, in the order in which it is heard of them.
///
/// A whole recording numbers its things so itself. One that has lost its beginning, or some of its middle, skips those
/// of which nothing is told: they must neither count nor cost memory, so from the first one skipped on, things get
/// numbers here. Those before it keep theirs.
final class HeardNumbers {
  /// By kind, how many were heard of before the first was skipped; nil while none was.
  private var kept: [Int?] = Array(repeating: nil, count: ThingKind.allCases.count)
  private var numbers: [[Int: Int]] = Array(repeating: [:], count: ThingKind.allCases.count)

  /// Gives numbers from now on to things of that kind, of which `count` have kept theirs.
  func begin(_ kind: ThingKind, after count: Int) { kept[kind.rawValue] = count }

  /// How many things of that kind there are; nil where none was skipped.
  func count(_ kind: ThingKind) -> Int? {
    kept[kind.rawValue].map { $0 + numbers[kind.rawValue].count }
  }

  /// The number of a thing; it gets one if it has none. What no thing has stays what it is.
  ///
  /// - Complexity: O(1); memory grows with what is heard of, whatever the numbers in the file are.
  func number(_ kind: ThingKind, _ id: Int) -> Int {
    if let known = known(kind, id) { return known }
    let number = (kept[kind.rawValue] ?? 0) + numbers[kind.rawValue].count
    numbers[kind.rawValue][id] = number
    return number
  }

  /// The number in the file of the thing that has this one here.
  ///
  /// - Complexity: O(things with a number of their own)
  func inFile(_ kind: ThingKind, _ number: Int) -> Int {
    guard let kept = kept[kind.rawValue], number >= kept else { return number }
    return numbers[kind.rawValue].first { $0.value == number }?.key ?? number
  }

  /// The number of a thing that has been heard of, or may be where none was skipped.
  func known(_ kind: ThingKind, _ id: Int) -> Int? {
    guard let kept = kept[kind.rawValue], id >= kept, id < Int(Int32.max) else { return id }
    return numbers[kind.rawValue][id]
  }
}
