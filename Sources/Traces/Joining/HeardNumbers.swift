/// The numbers of what a recording is heard of that begins in mid-life: from 0 on, in the order in which it is heard of.
///
/// The recorder numbers all that ever was; what went with the beginning must neither count nor cost memory.
final class HeardNumbers {
  private var numbers: [[Int: Int]] = Array(repeating: [:], count: ThingKind.allCases.count)

  /// The number of a thing; it gets one if it has none.
  ///
  /// - Complexity: O(1); memory grows with what is heard of, whatever the numbers in the file are.
  func number(_ kind: ThingKind, _ id: Int) -> Int {
    guard id >= 0 else { return id }
    if let known = numbers[kind.rawValue][id] { return known }
    let number = numbers[kind.rawValue].count
    numbers[kind.rawValue][id] = number
    return number
  }

  /// The number of a thing that has been heard of.
  func known(_ kind: ThingKind, _ id: Int) -> Int? { numbers[kind.rawValue][id] }
}
