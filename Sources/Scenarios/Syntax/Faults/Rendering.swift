extension Fault {
  /// The fault as a compiler would print it: place and message, the line, a caret under the place, the hint.
  ///
  /// Nothing from the file is obeyed by the terminal: control and direction characters are shown as symbols.
  package var rendered: String {
    var lines = ["\(visible(file)):\(line):\(column): \(severity.rawValue): \(visible(message))"]
    if !sourceLine.isEmpty {
      let picture = CaretPicture(line: sourceLine, column: sourceColumn)
      lines += [picture.text, picture.caret]
    }
    if let hint { lines.append("  hint: \(visible(hint))") }
    return lines.joined(separator: "\n")
  }
}

extension ScenarioFaults: CustomStringConvertible {
  /// All faults, with a count of those that are not listed.
  package var description: String {
    var parts = faults.map(\.rendered)
    if unlisted > 0 { parts.append("… and \(unlisted) more") }
    return parts.joined(separator: "\n")
  }
}

/// A text in which every character that a terminal might obey is a symbol.
func visible(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { result.append(contentsOf: visible(scalar).unicodeScalars) }
  return String(result)
}

private func visible(_ scalar: Unicode.Scalar) -> String {
  switch scalar.value {
  // Control pictures: U+2400 and up mirror U+0000 and up.
  case 0x00...0x1F: return Unicode.Scalar(0x2400 + scalar.value).map { String($0) } ?? "\u{FFFD}"
  case 0x7F: return "\u{2421}"
  default: break
  }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
    return "\\u{\(hex(scalar.value, digits: 4))}"
  default: return String(scalar)
  }
}

/// A source line cut to what fits, and a caret that stands under the right place of it.
private struct CaretPicture {
  /// The widest picture, so that a file of one long line still shows its place.
  static let width = 100

  var text: String
  var caret: String

  init(line: String, column: Int) {
    let scalars = Array(line.unicodeScalars)
    let place = min(max(0, column - 1), scalars.count)
    // Half of the room goes to what stands before the place.
    let start = place > Self.width * 3 / 4 ? place - Self.width / 2 : 0
    text = start > 0 ? "  …" : "  "
    var caretColumn = displayWidth(of: text)
    for index in start..<scalars.count {
      if index == place { caretColumn = displayWidth(of: text) }
      guard displayWidth(of: text) < Self.width || index <= place else {
        text += "…"
        break
      }
      if scalars[index] == "\t" {
        text += String(repeating: " ", count: 8 - (displayWidth(of: text) - 2) % 8)
      } else {
        text += visible(scalars[index])
      }
    }
    if place == scalars.count { caretColumn = displayWidth(of: text) }
    caret = String(repeating: " ", count: caretColumn) + "^"
  }
}

/// How many terminal columns a text takes.
private func displayWidth(of text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + displayWidth(of: $1) }
}

private func displayWidth(of scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}
