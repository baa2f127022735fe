/// One flat JSON object, written as bytes: `{"t":1000000,"e":"fired","d":0}`.
package struct JSONLine {
  package internal(set) var bytes: [UInt8]

  package init(reserving capacity: Int = 160) {
    bytes = []
    bytes.reserveCapacity(capacity)
    bytes.append(UInt8(ascii: "{"))
  }

  private mutating func key(_ key: StaticString) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    key.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  package mutating func add(_ key: StaticString, _ number: Int64) {
    self.key(key)
    append(number)
  }

  package mutating func add(_ key: StaticString, _ number: Int) { add(key, Int64(number)) }

  package mutating func add(_ key: StaticString, _ flag: Bool) {
    self.key(key)
    append(flag ? "true" : "false")
  }

  package mutating func add(_ key: StaticString, _ text: String) {
    self.key(key)
    append(quoted: text)
  }

  package mutating func add(_ key: StaticString, _ texts: [String]) {
    self.key(key)
    list(texts) { $0.append(quoted: $1) }
  }

  package mutating func add(_ key: StaticString, _ numbers: [Int]) {
    self.key(key)
    list(numbers) { $0.append(Int64($1)) }
  }

  // MARK: What is left out where there is nothing to say

  package mutating func add(_ key: StaticString, ifAny number: Int?) {
    if let number { add(key, number) }
  }

  package mutating func add(_ key: StaticString, ifAny text: String?) {
    if let text { add(key, text) }
  }

  package mutating func add(_ key: StaticString, ifTrue flag: Bool) {
    if flag { add(key, true) }
  }

  /// Closes the object, and ends the line.
  package mutating func end() {
    bytes.append(UInt8(ascii: "}"))
    bytes.append(UInt8(ascii: "\n"))
  }

  // MARK: Values

  private mutating func list<Element>(
    _ elements: [Element], _ append: (inout JSONLine, Element) -> Void
  ) {
    bytes.append(UInt8(ascii: "["))
    for (place, element) in elements.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      append(&self, element)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func append(_ number: Int64) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}
