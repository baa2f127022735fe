/// The columns a character takes: 0 for marks that sit on the one before, 2 for wide ones, else 1.
///
/// Twice as wide are the characters of East Asian Width W and F (Unicode, UAX #11). Nothing wide are
/// nonspacing and enclosing marks and the vowels and finals of Hangul syllables spelled by letter, as in
/// the C library. For a control character the answer is 1, since a cleaned one is a symbol.
package func width(of scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  // Latin letters, and the lines and blocks that most of a screen is made of.
  if value < 0x300 || (0x2500...0x25FC).contains(value) { return 1 }
  if value < 0x1100 { return isMark(scalar) ? 0 : 1 }
  if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
  if isWide(value) { return isMark(scalar) ? 0 : 2 }
  return isMark(scalar) ? 0 : 1
}

/// The columns a text takes on the screen, after cleaning.
///
/// - Complexity: O(*n*) in the length of the text.
package func width(of text: some StringProtocol) -> Int {
  var columns = 0
  var hasBase = false
  for scalar in text.unicodeScalars {
    guard let safe = cleaned(scalar) else { continue }
    let width = width(of: safe)
    // A mark with nothing before it is shown on a circle of its own.
    columns += width == 0 && !hasBase ? 1 : width
    hasBase = true
  }
  return columns
}

/// The columns a text takes on the screen, or `limit` where it takes more.
///
/// - Complexity: O(*limit*), however long the text is.
package func width(of text: some StringProtocol, atMost limit: Int) -> Int {
  guard
    let end = text.utf8.index(text.startIndex, offsetBy: limit * longestCharacter, limitedBy: text.endIndex)
  else { return min(limit, width(of: text)) }
  return min(limit, width(of: text[..<end]))
}

/// The bytes of a character with all its marks are hardly ever more.
private let longestCharacter = 16

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: true
  default: false
  }
}

private func isWide(_ value: UInt32) -> Bool {
  var low = 0
  var high = wideRanges.count
  while low < high {
    let middle = (low + high) / 2
    if wideRanges[middle].last < value { low = middle + 1 } else { high = middle }
  }
  return low < wideRanges.count && wideRanges[low].first <= value
}
