import Screen
import Testing
import Traces

@testable import Explorer

@Test(arguments: [
  ("1970-01-01T00:00:00Z", 0, "1970-01-01 00:00:00.000"),
  ("2026-11-27T19:43:23.264263Z", 1_795_808_603_264_263, "2026-11-27 19:43:23.264"),
  ("2024-02-29T23:59:59.5+01:00", 1_709_247_599_500_000, "2024-02-29 22:59:59.500"),
  ("2000-03-01T00:00:00-00:30", 951_870_600_000_000, "2000-03-01 00:30:00.000"),
  ("1969-12-31T23:59:59", -1_000_000, "1969-12-31 23:59:59.000"),
])
func `a time of the calendar is read and written`(text: String, microseconds: Int64, shown: String) {
  let time = CalendarTime(text)
  #expect(time?.microseconds == microseconds)
  #expect(time?.text == shown)
}

@Test(arguments: [
  "", "yesterday", "2026-13-01T00:00:00Z", "2026-11-27T25:00:00Z", "2026-11-27T19:43:23X", "2026",
])
func `what is no time of the calendar is none`(text: String) {
  #expect(CalendarTime(text) == nil)
}

@Test(arguments: [
  (Int64(250), "250 us"), (18_400, "18 ms"), (1_890_000, "1.8 s"), (725_000_000, "12 min 5 s"),
  (12_000_000_000, "3 h 20 min"),
])
func `a span of time is said as people say it`(span: Int64, text: String) {
  #expect(spanText(span) == text)
}

@Test func `a long gap on the axis of a recording is cut short, and marked`() {
  let times: [Int64] = [10, 20, 30, 1_000_000]
  let even = TimeAxis(from: 0, through: times, width: 41, compressesGaps: false)
  #expect(even.column(of: 30) == 0 && even.column(of: 1_000_000) == 40 && even.breaks.isEmpty)
  let cut = TimeAxis(from: 0, through: times, width: 41, compressesGaps: true)
  #expect(cut.column(of: 10) > 3 && cut.column(of: 30) > cut.column(of: 20))
  #expect(cut.column(of: 1_000_000) == 40 && cut.breaks.count == 1)
}

@Test(arguments: [
  ("HostnameEndpoint.connect.failed", 10, "…ct.failed"), ("startConnectionAttempts 151", 12, "startCo… 151"),
  ("fall_back", 9, "fall_back"), ("a_long_name_of_a_stage", 8, "a_long_…"), ("fetch.inner 12", 8, "…nner 12"),
  ("/app/very/deep/shop.py", 12, "…eep/shop.py"),
])
func `of a name that is cut the part stays that tells it from others`(
  name: String, columns: Int, shown: String
) {
  #expect(fittedName(name, to: columns, glyphs: .unicode) == shown)
}

@Test(arguments: [
  (Int64(1_500_000), "in 1.5 s"), (0, "in 0 s"), (11_225, "in 11 ms"), (74, "in 74 us"), (-9, "is due"),
  (75_300_250, "in 1 min 15 s"),
])
func `how long a timer waits has no more digits than there is room`(left: Int64, text: String) {
  #expect(waitText(left, columns: 8) == text)
}

@Test func `timers with long names keep their numbers, and no wait is cut`() {
  var script = RecordScript()
  for number in 100_001...100_003 {
    let timer = script.timer("callback of deferLater \(number)", due: Double(number) * 0.000365)
    #expect(timer == number - 100_001)
  }
  let world = World(after: script.records)
  var buffer = Buffer(Size(width: 40, height: 8))
  TimersPanel(scene: Scene(world: world), selected: nil, isFocused: false).draw(
    in: buffer.bounds, into: &buffer)
  for number in 100_001...100_003 { #expect(buffer.picture.contains("… \(number)")) }
  #expect(buffer.picture.contains(" in 36.5 s ") || buffer.picture.contains(" in 36.500365 s "))
}
