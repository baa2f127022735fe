/// What a process put down: a word for what happened, and what belongs to it.
///
/// Where that is the name of a file it may hold any byte; a line's end in it is written as `\n`, and `\` twice.
struct ReportLine {
  let word: String
  /// All behind the word.
  let rest: [UInt8]

  init?(_ line: some Collection<UInt8>) {
    guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return nil }
    word = String(decoding: line[..<space], as: UTF8.self)
    rest = Self.plain(line[space...].dropFirst())
  }

  /// The lines in some bytes, all of which must be whole.
  static func lines(in bytes: some Collection<UInt8>) -> [ReportLine] {
    bytes.split(separator: 0x0A).compactMap { ReportLine($0) }
  }

  var text: String { String(decoding: rest, as: UTF8.self) }

  var process: Int32? { Int32(String(decoding: rest.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)) }

  /// What is behind the number of the process.
  var details: [UInt8] { Self.afterSpace(rest) }

  /// The file that is named behind the number of the process.
  var file: FileName { FileName(details) }

  /// A number of an error in the system's words, and the file behind it.
  var failure: (number: Int32, file: FileName) {
    let number = String(decoding: details.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
    return (Int32(number) ?? 0, FileName(Self.afterSpace(details)))
  }

  private static func afterSpace(_ bytes: [UInt8]) -> [UInt8] {
    Array(bytes.drop { $0 != UInt8(ascii: " ") }.dropFirst())
  }

  private static func plain(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if !isEscaped, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        plain.append(isEscaped && byte == UInt8(ascii: "n") ? 0x0A : byte)
        isEscaped = false
      }
    }
    return plain
  }
}
