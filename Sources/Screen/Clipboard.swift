/// The longest text that is offered to the clipboard, in bytes; terminals drop longer requests.
package let clipboardLimit = 74_000

/// The bytes that ask a terminal to put a text on the clipboard: OSC 52 with the text in base64.
///
/// A text longer than ``clipboardLimit`` is cut off there, between characters.
package func clipboardRequest(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  for scalar in text.unicodeScalars {
    let encoded = UTF8.encode(scalar)
    guard let encoded, bytes.count + encoded.count <= clipboardLimit else { break }
    bytes += encoded
  }
  return Array("\u{1B}]52;c;".utf8) + base64(bytes) + [0x07]
}

/// RFC 4648, section 4.
func base64(_ bytes: [UInt8]) -> [UInt8] {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var result: [UInt8] = []
  result.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var bits = 0
    for offset in 0..<3 {
      bits = bits << 8 | (offset < group.count ? Int(group[start + offset]) : 0)
    }
    for digit in 0..<4 {
      let isFilled = digit <= group.count
      result.append(isFilled ? alphabet[bits >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
    }
  }
  return result
}
