import Foundation

// Runs the same work on this library, on SwiftNIO and, with `--python PATH`, on Twisted: interleaved, in
// one go, so that the ratios mean something on any machine. Prints medians in ns an operation.
//
//   swift run -c release --package-path Tests/Benchmarks LibraryBenchmark [--python PATH] [--samples N]

struct Work {
  let name: String
  let count: Int
  let ours: (Int) throws -> Void
  let nio: ((Int) -> Void)?
}

let work = [
  Work(name: "callback", count: 200_000, ours: OurWork.callbacks, nio: NIOWork.callbacks),
  Work(name: "callback-fired", count: 200_000, ours: OurWork.fired, nio: NIOWork.fired),
  Work(name: "wait", count: 50_000, ours: OurWork.waiting, nio: NIOWork.waiting),
  Work(name: "recover", count: 50_000, ours: OurWork.recovering, nio: NIOWork.recovering),
  Work(name: "cancel", count: 50_000, ours: OurWork.cancelling, nio: nil),
  Work(name: "timer-1", count: 50_000, ours: OurWork.timers(pending: 0), nio: NIOWork.timers(pending: 0)),
  Work(
    name: "timer-1000", count: 50_000, ours: OurWork.timers(pending: 1_000),
    nio: NIOWork.timers(pending: 1_000)),
  Work(
    name: "timer-100000", count: 50_000, ours: OurWork.timers(pending: 100_000),
    nio: NIOWork.timers(pending: 100_000)),
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

print("ns an operation, medians of \(samples) samples; the ratio is ours to theirs")
print("work".padding(toLength: 18, withPad: " ", startingAt: 0), terminator: "")
for title in ["ours", "NIO", "ratio", "Twisted", "ratio"] { print(column(title, 10), terminator: "") }
print()
for work in work where only == nil || work.name == only {
  var ours: [Double] = []
  var nio: [Double] = []
  var peer: [Double] = []
  for _ in 0..<samples {
    ours.append(try nanoseconds(work.count, work.ours))
    if let body = work.nio { nio.append(nanoseconds(work.count, body)) }
    if let sample = try twisted?.sample(work.name) { peer.append(sample) }
  }
  let mine = median(ours)
  let theirs = nio.isEmpty ? nil : median(nio)
  let python = peer.isEmpty ? nil : median(peer)
  print(work.name.padding(toLength: 18, withPad: " ", startingAt: 0), terminator: "")
  for text in [figure(mine), figure(theirs), ratio(mine, theirs), figure(python), ratio(mine, python)] {
    print(column(text, 10), terminator: "")
  }
  print()
}
twisted?.end()

// Ten times the work should take ten times as long.
print("\ntime for ten times the work, in tenths of a linear growth (1.0 is linear)")
let growth: [(String, Int, (Int) throws -> Void)] = [
  ("stages on one Deferred", 100_000, OurWork.stages),
  ("Deferreds waiting in a row", 10_000, OurWork.row),
  ("pending timers", 10_000, OurWork.shuffled),
]
for (name, count, body) in growth where only == nil {
  let small = median(try (0..<samples).map { _ in try nanoseconds(count, body) })
  let large = median(try (0..<samples).map { _ in try nanoseconds(10 * count, body) })
  print("\(name): \(String(format: "%.1f", large / small)) (\(figure(small)) to \(figure(large)) ns each)")
}
