import Screen
import Traces

/// A name that fits into so many columns: what tells it from others stays.
///
/// Of a function's full name that is the end (`…Endpoint.failed`), of a name with a number the number
/// (`startConn… 151`), of another one its beginning.
func fittedName(_ name: String, to columns: Int, glyphs: Glyphs) -> String {
  guard columns > 2, width(of: name) > columns else { return fitted(name, to: columns, glyphs: glyphs) }
  let ellipsis = String(glyphs[.ellipsis])
  if name.contains(".") || name.contains("/") { return ellipsis + ending(of: name, columns: columns - 1) }
  let number = name.reversed().prefix { $0.isNumber }
  let rest = name.dropLast(number.count)
  guard !number.isEmpty, rest.last == " ", number.count + 6 <= columns else {
    return fitted(name, to: columns, glyphs: glyphs)
  }
  return fitted(rest.dropLast(), to: columns - number.count - 1, glyphs: glyphs) + " "
    + String(number.reversed())
}

/// Who does something, in a row: its thread or process as far as there is room. A process has a number, which is
/// enough to tell it from others.
func threadMark(_ name: String, in source: any RecordSource, isShort: Bool, glyphs: Glyphs) -> String {
  if isShort, let label = source.recording(ofThread: name)?.label {
    let words = label.split(separator: " ")
    if let number = words.lastIndex(where: { $0.allSatisfy(\.isNumber) }) {
      return words[number...].joined(separator: " ")
    }
  }
  return fittedName(name, to: 12, glyphs: glyphs)
}

/// The last characters of a name that fit.
private func ending(of name: String, columns: Int) -> String {
  var end: [Character] = []
  var used = 0
  for character in name.reversed().prefix(columns) {
    used += width(of: String(character))
    if used > columns { break }
    end.append(character)
  }
  return String(end.reversed())
}
