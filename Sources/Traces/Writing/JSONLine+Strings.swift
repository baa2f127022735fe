extension JSONLine {
  /// Appends a JSON string: quotes, backslashes, and whatever a terminal would obey rather than show are escaped,
  /// all else is as it is.
  ///
  /// JSON itself asks for less. But records are looked at in terminals, and a reader of JSON sees no difference.
  mutating func append(quoted text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { utf8 in
      var start = 0
      for place in utf8.indices {
        let byte = utf8[place]
        if byte >= 0xC2 {
          guard let (scalar, length) = unseenScalar(at: place, in: utf8) else { continue }
          bytes.append(contentsOf: utf8[start..<place])
          for unit in String(scalar).utf16 { append(escaped: unit) }
          start = place + length
        } else if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F {
          bytes.append(contentsOf: utf8[start..<place])
          append(escaped: byte)
          start = place + 1
        }
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(escaped byte: UInt8) {
    switch byte {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    default: append(escaped: UInt16(byte))
    }
  }

  private mutating func append(escaped unit: UInt16) {
    append("\\u")
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(truncatingIfNeeded: unit >> shift) & 15
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}

/// The character that begins at a lead byte, and how many bytes it has, if it is a control or a direction.
private func unseenScalar(
  at place: Int, in utf8: UnsafeBufferPointer<UInt8>
) -> (scalar: Unicode.Scalar, length: Int)? {
  let lead = utf8[place]
  // Han, kana and Hangul are most of what is not ASCII, and none of it is unseen.
  if lead >= 0xE3, lead <= 0xED { return nil }
  let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  var value = UInt32(lead) & (0x7F >> UInt32(length))
  for byte in utf8[(place + 1)..<(place + length)] { value = value << 6 | UInt32(byte & 0x3F) }
  guard let scalar = Unicode.Scalar(value) else { return nil }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: return (scalar, length)
  default: return nil
  }
}
