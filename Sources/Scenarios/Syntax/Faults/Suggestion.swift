/// The known word that a misspelt one is nearest to, if it is near enough to be meant.
///
/// Upper and lower case, `-` and `_` count as the same. Ties go to the earlier candidate.
package func nearest(
  to word: String, among candidates: some Sequence<String>, within most: Int = .max
) -> String? {
  let wanted = folded(word)
  // A third of the letters may be wrong: below that, a suggestion confuses more than it helps.
  var best: (word: String, distance: Int)?
  for candidate in candidates where candidate != word {
    let other = folded(candidate)
    let longer = max(wanted.count, other.count)
    let limit = min(most, longer < 3 ? 0 : max(1, longer / 3))
    guard abs(other.count - wanted.count) <= limit, wanted.count <= 80 else { continue }
    let distance = editDistance(wanted, other)
    if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
  }
  return best?.word
}

/// "did you mean `word`?", or nil where nothing is near.
func didYouMean(
  _ word: String, among candidates: some Sequence<String>, prefix: String = ""
) -> String? {
  nearest(to: word, among: candidates).map { "did you mean `\(prefix)\($0)`?" }
}

private func folded(_ word: String) -> [UInt8] {
  word.utf8.map { byte in
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
    case UInt8(ascii: "-"): UInt8(ascii: "_")
    default: byte
    }
  }
}

/// How many letters must be added, removed, changed or swapped with their neighbour.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var before: [Int] = []
  var previous = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let change = previous[column] + (left[row] == right[column] ? 0 : 1)
      var cost = min(change, previous[column + 1] + 1, current[column] + 1)
      let isSwap =
        row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
      if isSwap { cost = min(cost, before[column - 1] + 1) }
      current.append(cost)
    }
    (before, previous) = (previous, current)
  }
  return previous[right.count]
}
