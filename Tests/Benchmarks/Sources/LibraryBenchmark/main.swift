import Foundation

// Runs the same work on this library, on SwiftNIO and, with `--python PATH`, on Twisted: interleaved, in
// one go, so that the ratios mean something on any machine. Prints medians in ns an operation.
//
//   swift run -c release --package-path Tests/Benchmarks LibraryBenchmark [--python PATH] [--samples N]

struct Work {
  let name: String
  let count: Int
  let ours: (Int) throws -> Void
  var nio: ((Int) -> Void)?
  /// The same on Twisted's `task.Clock`, where the other column is its reactor's heap.
  var clock: String?
}

func timerWork(pending: Int) -> Work {
  let name = "timer-\(max(1, pending))"
  return Work(
    name: name, count: 50_000, ours: OurWork.timers(pending: pending), nio: NIOWork.timers(pending: pending),
    clock: "\(name)-clock")
}

let work = [
  Work(name: "callback", count: 200_000, ours: OurWork.callbacks, nio: NIOWork.callbacks),
  Work(name: "callback-fired", count: 200_000, ours: OurWork.fired, nio: NIOWork.fired),
  Work(name: "wait", count: 50_000, ours: OurWork.waiting, nio: NIOWork.waiting),
  Work(name: "recover", count: 50_000, ours: OurWork.recovering, nio: NIOWork.recovering),
  Work(name: "cancel", count: 50_000, ours: OurWork.cancelling),
  timerWork(pending: 0), timerWork(pending: 1_000), timerWork(pending: 100_000),
  Work(name: "timer-cancelled", count: 20_000, ours: OurWork.cancelled, nio: NIOWork.cancelled),
  Work(name: "timer-shuffled", count: 100_000, ours: OurWork.shuffled, nio: NIOWork.shuffled),
  Work(name: "loop", count: 50_000, ours: OurWork.looping, nio: NIOWork.looping),
]

func option(_ name: String) -> String? {
  guard let index = CommandLine.arguments.firstIndex(of: name) else { return nil }
  return CommandLine.arguments.dropFirst(index + 1).first
}

/// The processor time of this process: other programs on the machine do not count.
func processorNanoseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

func nanoseconds(_ count: Int, _ body: (Int) throws -> Void) rethrows -> Double {
  let begin = processorNanoseconds()
  try body(count)
  return (processorNanoseconds() - begin) / Double(count)
}

func median(_ samples: [Double]) -> Double { samples.sorted()[samples.count / 2] }

func column(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

func figure(_ value: Double?) -> String { value.map { String(format: "%.0f", $0) } ?? "-" }
func ratio(_ ours: Double, _ other: Double?) -> String {
  other.map { String(format: "%.2fx", ours / $0) } ?? "-"
}

let samples = option("--samples").flatMap(Int.init) ?? 7
let only = option("--only")
let twisted = try option("--python").map(TwistedProcess.init)

/// One line of a table: a name, then columns to the right.
func printRow(_ name: String, _ texts: [String]) {
  print(name.padding(toLength: 18, withPad: " ", startingAt: 0) + texts.map { column($0, 10) }.joined())
}

/// The medians of one kind of work, taken by turns.
@MainActor func measure(_ work: Work) throws {
  var ours: [Double] = []
  var nio: [Double] = []
  var peer: [Double] = []
  var clock: [Double] = []
  for _ in 0..<samples {
    ours.append(try nanoseconds(work.count, work.ours))
    if let body = work.nio { nio.append(nanoseconds(work.count, body)) }
    if let sample = try twisted?.sample(work.name) { peer.append(sample) }
    if let name = work.clock, let sample = try twisted?.sample(name) { clock.append(sample) }
  }
  let mine = median(ours)
  var texts = [figure(mine)]
  for other in [nio, peer, clock] {
    let theirs = other.isEmpty ? nil : median(other)
    texts += [figure(theirs), ratio(mine, theirs)]
  }
  printRow(work.name, texts)
}

print("ns an operation, medians of \(samples) samples; the ratio is ours to theirs")
printRow("work", ["ours", "NIO", "ratio", "Twisted", "ratio", "its Clock", "ratio"])
for work in work where only == nil || work.name == only { try measure(work) }

print("\nbytes allocated for each of 20,000 that are pending")
printRow("what", ["ours", "NIO", "ratio", "Twisted", "ratio"])
for held in Held.all where only == nil {
  let mine = held.ours()
  let theirs = held.nio()
  let python = try twisted?.sample(held.name)
  printRow(
    held.name, [figure(mine), figure(theirs), ratio(mine, theirs), figure(python), ratio(mine, python)])
}
twisted?.end()

// Ten times the work should take ten times as long.
print("\ntime for ten times the work, in tenths of a linear growth (1.0 is linear)")
let growth: [(String, Int, ours: (Int) throws -> Void, nio: ((Int) -> Void)?)] = [
  ("stages on one Deferred", 100_000, OurWork.stages, nil),
  ("Deferreds waiting in a row", 10_000, OurWork.row, nil),
  ("pending timers", 10_000, OurWork.shuffled, NIOWork.shuffled),
]

/// How much longer ten times the work takes an operation, and both times.
@MainActor func growthFactor(_ count: Int, _ body: (Int) throws -> Void) rethrows -> String {
  let small = median(try (0..<samples).map { _ in try nanoseconds(count, body) })
  let large = median(try (0..<samples).map { _ in try nanoseconds(10 * count, body) })
  return "\(String(format: "%.1f", large / small)) (\(figure(small)) to \(figure(large)) ns each)"
}

for (name, count, ours, nio) in growth where only == nil {
  let theirs = nio.map { "; NIO \(growthFactor(count, $0))" } ?? ""
  print("\(name): \(try growthFactor(count, ours))\(theirs)")
}
