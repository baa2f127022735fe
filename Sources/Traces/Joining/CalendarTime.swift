/// A moment by the calendar, in UTC.
package struct CalendarTime: Equatable, Comparable, Sendable {
  /// Since the beginning of 1970.
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// Reads `2026-11-27T19:43:23.264263Z`, or with `+01:00` at its end; nil where it is no such time.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes.count <= 40,
      [4, 7, 13, 16].allSatisfy({ [0x2D, 0x3A].contains(bytes[$0]) })
    else { return nil }
    func number(_ range: Range<Int>) -> Int64? {
      let digits = bytes[range]
      guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    var end = 19
    var fraction: Int64 = 0
    if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
      let start = end + 1
      end = bytes[start...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.count
      let digits =
        Array(bytes[start..<end].prefix(6)) + Array(repeating: 0x30, count: max(0, 6 - (end - start)))
      fraction = digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
    guard let offset = Self.offset(bytes[end...]) else { return nil }
    let seconds = Self.days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    microseconds = seconds * 1_000_000 + fraction
  }

  /// Seconds east of UTC: `Z`, `+01:00`, or nothing.
  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
    if bytes.isEmpty || bytes.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.dropFirst().split(separator: ":")
    guard let sign = text.first, sign == "+" || sign == "-", parts.count == 2, let hours = Int64(parts[0]),
      let minutes = Int64(parts[1]), (0..<24).contains(hours), (0..<60).contains(minutes)
    else { return nil }
    return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  /// Days from 1970 to a date of the Gregorian calendar: years begin in March, so that the leap day is their last.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  package static func < (one: CalendarTime, other: CalendarTime) -> Bool {
    one.microseconds < other.microseconds
  }

  /// So much later; as late as can be said where that is beyond it.
  package func advanced(by microseconds: Int64) -> CalendarTime {
    let (sum, isTooFar) = self.microseconds.addingReportingOverflow(microseconds)
    return CalendarTime(microseconds: isTooFar ? self.microseconds : sum)
  }

  /// `2026-11-27 19:43:23.264`, in UTC.
  package var text: String {
    let day = floored(microseconds, by: 86_400_000_000)
    let rest = microseconds - day * 86_400_000_000
    let (year, month, date) = Self.date(day)
    let clock = [rest / 3_600_000_000, rest / 60_000_000 % 60, rest / 1_000_000 % 60].map { two($0) }
    let milliseconds = String(1000 + rest / 1000 % 1000).dropFirst()
    return "\(year)-\(two(month))-\(two(date)) \(clock.joined(separator: ":")).\(milliseconds)"
  }

  private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The date of a day since 1970.
  private static func date(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = floored(shifted, by: 146_097)
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * ofYear + 2) / 153
    let date = ofYear - (153 * month + 2) / 5 + 1
    let real = month < 10 ? month + 3 : month - 9
    return (yearOfEra + era * 400 + (real <= 2 ? 1 : 0), real, date)
  }
}

private func floored(_ number: Int64, by divisor: Int64) -> Int64 {
  number >= 0 ? number / divisor : (number - divisor + 1) / divisor
}
