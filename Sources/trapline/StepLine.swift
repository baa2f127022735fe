import Screen
import Traces

/// Deeper nesting is not indented further: the sentence must stay readable.
private let deepestIndent = 8

/// A step as a line of text: `  12     1.000 s    parse raises …`, indented by how deep it is nested, with its thread
/// or process where that is not the only one.
func stepLine(_ record: Record, step: Int, sentence: String, of source: any RecordSource) -> String {
  let number = padded("\(step)", to: 5)
  let time = padded(secondsText(record.time), to: 9)
  let indent = String(repeating: "  ", count: min(max(0, record.depth), deepestIndent))
  let thread = record.thread.map { " (in \(source.words(forThread: $0)))" } ?? ""
  return "\(number)  \(time) s  \(indent)\(cleaned(sentence + thread))"
}

private func padded(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

/// Microseconds as seconds with three digits, or six where they matter.
func secondsText(_ time_us: Int64) -> String {
  let sign = time_us < 0 ? "-" : ""
  let whole = time_us.magnitude / 1_000_000
  let micro = time_us.magnitude % 1_000_000
  let digits = micro % 1_000 == 0 ? zeroPadded(micro / 1_000, to: 3) : zeroPadded(micro, to: 6)
  return "\(sign)\(whole).\(digits)"
}

private func zeroPadded(_ number: UInt64, to width: Int) -> String {
  let text = "\(number)"
  return String(repeating: "0", count: max(0, width - text.count)) + text
}
