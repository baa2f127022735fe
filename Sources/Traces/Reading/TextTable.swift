/// The texts that a trace has numbered, each from the record on before which its line stands.
///
/// A number may be given again, and a header begins all anew, so a record that is read again asks for the text that
/// held when it was written.
final class TextTable {
  private struct Text {
    /// How many records came before its line.
    var from: Int
    var text: String
  }

  private var latest: [Int64: Text] = [:]
  /// What held before, up to that many records.
  private var former: [Int64: [(until: Int, text: Text)]] = [:]

  /// All texts in the order in which they were given numbers, for whoever searches them.
  private(set) var given: [(number: Int64, text: String)] = []

  /// Whether each number has meant one text only.
  var isPlain: Bool { former.isEmpty }

  /// Gives a number to a text, for all records after the first `count`.
  func set(_ number: Int64, _ text: String, after count: Int) {
    given.append((number, text))
    if let old = latest.updateValue(Text(from: count, text: text), forKey: number) {
      former[number, default: []].append((until: count, text: old))
    }
  }

  /// No number stands for a text any more, after the first `count` records.
  func clear(after count: Int) {
    for (number, old) in latest { former[number, default: []].append((until: count, text: old)) }
    latest.removeAll()
  }

  /// The text of a number in the record that leads to `step`.
  func text(_ number: Int64, at step: Int) -> String? {
    if let text = latest[number], text.from < step { return text.text }
    guard let old = former[number] else { return nil }
    return old.last { $0.text.from < step && step <= $0.until }?.text.text
  }
}
