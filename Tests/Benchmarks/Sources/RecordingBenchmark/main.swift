import Deferreds
import Foundation
import Recording

// What it costs a program to be recorded: ten callbacks are added to a Deferred, then it is fired; by turns off and on.
//
//   swift run -c release --package-path Tests/Benchmarks RecordingBenchmark [--samples N]
//
// Processor time of the program's own thread, in ns a callback, and beside it that of the thread that writes the file.

/// A burst that fits on the tape: the program does not wait for the thread that writes.
let callbacksInABurst = 15_000
/// Far more than fits: the program goes as fast as the trace is written.
let callbacksInARow = 300_000

func option(_ name: String) -> String? {
  guard let index = CommandLine.arguments.firstIndex(of: name) else { return nil }
  return CommandLine.arguments.dropFirst(index + 1).first
}

func nanoseconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

func runCallbacks(_ n: Int) throws {
  for _ in 0..<(n / 10) {
    let deferred = Deferred<Int>()
    var last = deferred
    for _ in 0..<10 { last = last.addCallback { $0 &+ 1 } }
    try deferred.callback(1)
  }
}

struct Cost {
  var thread: Double
  var others: Double
  var wall: Double
}

/// What `count` callbacks cost, each.
func cost(of count: Int, finish: () throws -> Void = {}) throws -> Cost {
  let clocks = [CLOCK_THREAD_CPUTIME_ID, CLOCK_PROCESS_CPUTIME_ID, CLOCK_MONOTONIC]
  let begin = clocks.map(nanoseconds)
  try runCallbacks(count)
  let thread = nanoseconds(CLOCK_THREAD_CPUTIME_ID) - begin[0]
  try finish()
  let each = Double(count)
  let own = nanoseconds(CLOCK_THREAD_CPUTIME_ID) - begin[0]
  return Cost(
    thread: thread / each, others: (nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - begin[1] - own) / each,
    wall: (nanoseconds(CLOCK_MONOTONIC) - begin[2]) / each)
}

let path = NSTemporaryDirectory() + "recording-benchmark-\(getpid()).trace.jsonl"

func recorded(_ count: Int, _ time: TraceRecording.Time) throws -> Cost {
  let recording = try TraceRecording.start(writingTo: path, time: time)
  try runCallbacks(1_000)
  return try cost(of: count) { try recording.stop() }
}

func median(_ samples: [Double]) -> String {
  let sorted = samples.sorted()
  return String(format: "%7.0f", sorted[sorted.count / 2])
}

let samples = option("--samples").flatMap(Int.init) ?? 15
var costs: [String: [Cost]] = [:]
let rows = ["off", "on, real time", "on, virtual time", "off, in a row", "on, in a row"]
for _ in 0..<samples {
  costs["off", default: []].append(try cost(of: callbacksInABurst))
  costs["on, real time", default: []].append(try recorded(callbacksInABurst, .real))
  costs["on, virtual time", default: []].append(try recorded(callbacksInABurst, .virtual))
}
for _ in 0..<max(1, samples / 5) {
  costs["off, in a row", default: []].append(try cost(of: callbacksInARow))
  costs["on, in a row", default: []].append(try recorded(callbacksInARow, .real))
}

print("ns a callback, medians of \(samples) samples: the program's thread, the writing thread, by the clock")
for row in rows {
  let taken = costs[row, default: []]
  let columns = [median(taken.map(\.thread)), median(taken.map(\.others)), median(taken.map(\.wall))]
  print(row.padding(toLength: 18, withPad: " ", startingAt: 0) + columns.joined(separator: "  "))
}
// By turns: what one sample of each kind has in common falls out of the difference.
for row in ["on, real time", "on, virtual time"] {
  let extra = zip(costs[row, default: []], costs["off", default: []]).map { $0.thread - $1.thread }
  print("\(row): \(median(extra).trimmingCharacters(in: .whitespaces)) ns a callback over off")
}
let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
print("the last trace has \(size / (callbacksInARow + 1_000)) bytes a callback")
try FileManager.default.removeItem(atPath: path)
