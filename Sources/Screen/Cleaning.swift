/// Text made safe to show: what a terminal would obey, hide or reorder becomes a visible symbol.
///
/// Controls become their pictures (`␛` for ESC); bidirectional overrides and isolates, line and paragraph
/// separators, zero-width and other invisible characters, tags, private use and unassigned code points
/// become `␦`; a byte that is no UTF-8 is already U+FFFD in a `String` and stays it. A request for emoji
/// or text presentation (U+FE0E, U+FE0F) is dropped, because terminals disagree about its width.
///
/// Cleaning twice changes nothing more, and the result never has more characters than the text.
package func cleaned(_ text: some StringProtocol) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    if let safe = cleaned(scalar) { result.unicodeScalars.append(safe) }
  }
  return result
}

/// One character made safe to show; `nil` for what is dropped.
func cleaned(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
  switch scalar.value {
  case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF, 0x2500...0x25FC: scalar
  case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value)
  case 0x7F: "\u{2421}"
  case 0xFE0E, 0xFE0F: nil
  default: isInvisible(scalar) ? invisibleSymbol : scalar
  }
}

private let invisibleSymbol: Unicode.Scalar = "\u{2426}"

private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  let properties = scalar.properties
  switch properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
    return true
  default:
    // Hangul fillers, variation selectors, the grapheme joiner: letters and marks with nothing to see.
    return properties.isDefaultIgnorableCodePoint
  }
}
