// How long a timeline takes for what a key asks of it, on traces of 100,000 and 1,000,000 records.
//
//   swift run -c release --package-path Tests/Benchmarks TimelineBenchmark

import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A server's trace: requests that wait for each other's answers, fail now and then, and time out.
func trace(of count: Int) -> [Record] {
  var records: [Record] = []
  records.reserveCapacity(count + 32)
  var time: Int64 = 0
  var failures = 0
  var request = 0
  func tell(_ depth: Int, _ event: Event) {
    records.append(
      Record(time: time, depth: depth, place: Place(file: "server.yaml", line: depth), event: event))
  }
  while records.count < count {
    let (outer, inner) = (2 * request, 2 * request + 1)
    time += 1000
    tell(0, .clockAdvanced)
    tell(0, .made(outer, origin: "deferred", name: "request#\(request)", hasCanceller: false))
    tell(0, .made(inner, origin: "deferred", name: "answer#\(request)", hasCanceller: true))
    tell(0, .stageAdded(outer, index: 0, .handlers, callback: "ask", errback: nil))
    tell(0, .stageAdded(outer, index: 1, .handlers, callback: nil, errback: "rescue"))
    tell(0, .timerMade(request, due: time + 50_000_000, name: "time-out"))
    tell(0, .fired(outer, .value(ValueText("'GET /'"))))
    tell(1, .entered(outer, stage: 0, .callback, input: .value(ValueText("'GET /'"))))
    tell(1, .left(outer, stage: 0, .callback, .returnedDeferred(inner)))
    tell(1, .stageAdded(inner, index: 0, .resumes(outer), callback: nil, errback: nil))
    tell(1, .waits(outer: outer, inner: inner, innerStage: 0))
    if request % 4 == 0 {
      tell(0, .failureBorn(failures, type: "Timeout", parents: ["OSError"], message: "peer", from: nil))
      tell(0, .fired(inner, .failure(failures)))
      tell(1, .resumed(outer: outer, inner: inner, innerStage: 0, .failure(failures)))
      tell(1, .entered(outer, stage: 1, .errback, input: .failure(failures)))
      tell(2, .trapAsked(failures, types: ["Timeout"], matched: "Timeout"))
      tell(1, .left(outer, stage: 1, .errback, .returned(ValueText("504"))))
      failures += 1
    } else {
      tell(0, .fired(inner, .value(ValueText("200"))))
      tell(1, .resumed(outer: outer, inner: inner, innerStage: 0, .value(ValueText("200"))))
      tell(1, .passedThrough(outer, stage: 1, .callback))
    }
    tell(1, .settled(outer, .value(ValueText("200"))))
    if request % 10 != 0 { tell(0, .timerCancelled(request)) }
    request += 1
  }
  return records
}

/// Records with their entries made beforehand: what is measured is the fold alone.
final class Kept: RecordSource, RecordArray {
  let records: [Record]
  let sites = Sites()
  private let entries: [Entry]
  init(_ records: [Record]) {
    let sites = sites
    self.records = records
    entries = records.map { Entry($0, sites: sites) }
  }
  func forEachEntry(after start: Int, through end: Int, _ body: (Entry) -> Void) {
    for place in start..<max(start, end) { body(entries[place]) }
  }
  var isAtEnd: Bool { true }
  func extend() {}
  var fault: String? { nil }
  var sourceText: (file: String, lines: [String])? { nil }
  var title: String { "" }
  var summary: String { "" }
}

/// Time of this process's own, so that others on the machine do not count.
func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

func nanoseconds(_ body: () -> Void) -> Double {
  let start = now()
  body()
  return now() - start
}

/// Resident memory in megabytes.
func residentMegabytes() -> Double {
  #if canImport(Glibc)
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 128)
    guard fgets(&buffer, 128, file) != nil else { return 0 }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_000_000
  #else
    return 0
  #endif
}

func rounded(_ number: Double) -> String {
  let tenths = Int(number * 10 + 0.5)
  return "\(tenths / 10).\(tenths % 10)"
}

func report(_ what: String, _ times: [Double]) {
  let sorted = times.sorted()
  func microseconds(_ place: Int) -> String { rounded(sorted[place] / 1000) + " us" }
  print(
    "  \(what): median \(microseconds(sorted.count / 2)), "
      + "p99 \(microseconds(sorted.count * 99 / 100)), worst \(microseconds(sorted.count - 1))")
}

for count in [100_000, 1_000_000] {
  let records = trace(of: count)
  print("\(records.count) records, \(MemoryLayout<Record>.stride) bytes each in memory")
  let source = Kept(records)
  var world = World(reading: source)
  let fold = nanoseconds { world.advance(to: records.count) }
  print("  fold, nothing shared: \(rounded(fold / Double(records.count))) ns a record")

  let timeline = Timeline(source)
  let before = residentMegabytes()
  let taking = nanoseconds { while timeline.extend(budget: 10_000) {} }
  print("  taking in, with snapshots and indexes: \(rounded(taking / Double(records.count))) ns a record")
  print("  memory for the world, snapshots and indexes: \(rounded(residentMegabytes() - before)) MB")

  timeline.seek(to: records.count)
  report("step back from the end", (0..<5000).map { _ in nanoseconds { timeline.back() } })
  report("step forward", (0..<5000).map { _ in nanoseconds { timeline.forward() } })
  var generator = SystemRandomNumberGenerator()
  let places = (0..<2000).map { _ in Int.random(in: 1...records.count, using: &generator) }
  report("seek anywhere", places.map { place in nanoseconds { timeline.seek(to: place) } })
  report(
    "step back after a seek",
    places.map { place in
      timeline.seek(to: place)
      return nanoseconds { timeline.back() }
    })
  report("end of run", places.map { place in nanoseconds { _ = timeline.find(.endOfRun, from: place) } })
  let narrator = Narrator()
  let writer = TraceWriter()
  var bytes = 0
  let telling = nanoseconds {
    for record in records.prefix(100_000) { bytes += narrator.sentence(for: record, in: world).utf8.count }
  }
  let writing = nanoseconds {
    for record in records.prefix(100_000) { bytes += writer.line(for: record).count }
  }
  print("  a sentence: \(rounded(telling / 100_000)) ns, a line of JSON: \(rounded(writing / 100_000)) ns")
}
