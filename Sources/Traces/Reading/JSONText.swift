/// The text of a JSON string, between its quotes.
///
/// What is no UTF-8, and half of a surrogate pair, becomes U+FFFD.
func jsonText(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, hasEscapes: Bool) -> String {
  guard hasEscapes else { return String(decoding: bytes, as: UTF8.self) }
  var unescaped: [UInt8] = []
  unescaped.reserveCapacity(bytes.count)
  var place = bytes.startIndex
  while place < bytes.endIndex {
    let byte = bytes[place]
    place += 1
    guard byte == 0x5c, place < bytes.endIndex else {
      unescaped.append(byte)
      continue
    }
    let letter = bytes[place]
    place += 1
    if letter == 0x75 {
      let scalar = escapedScalar(bytes, &place)
      unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    } else {
      unescaped.append(controls[letter] ?? letter)
    }
  }
  return String(decoding: unescaped, as: UTF8.self)
}

private let controls: [UInt8: UInt8] = [0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0c]

/// The character of `\uXXXX`, or of two of them that are a surrogate pair.
private func escapedScalar(
  _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ place: inout Int
) -> Unicode.Scalar {
  guard let first = hexDigits(bytes, &place) else { return "\u{FFFD}" }
  guard first >= 0xD800, first < 0xDC00 else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
  var next = place
  guard bytes[next...].starts(with: [0x5c, 0x75]) else { return "\u{FFFD}" }
  next += 2
  guard let second = hexDigits(bytes, &next), second >= 0xDC00, second < 0xE000 else { return "\u{FFFD}" }
  place = next
  return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
}

private func hexDigits(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ place: inout Int) -> UInt32? {
  guard bytes.endIndex - place >= 4 else { return nil }
  var value: UInt32 = 0
  for byte in bytes[place..<place + 4] {
    guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
    value = value << 4 | UInt32(digit)
  }
  place += 4
  return value
}
