// How quickly long traces are read, folded and gone through:
//
//   swift build -c release --package-path Tests/Benchmarks --product TraceBenchmark
//   Tests/Benchmarks/.build/release/TraceBenchmark [--python PYTHON] [EVENTS | TRACE]…
//
// A number generates a trace of so many events (1,000,000 where nothing is named); a path is a trace of yours. Where
// PYTHON has duckdb, that reads the same file in the same run, and so does Python's own json.
//
//   Tests/Benchmarks/.build/release/TraceBenchmark --write TRACE EVENTS
//
// writes such a trace and leaves it there, for ExplorerBenchmark.

import Glibc
import Traces

var arguments = Array(CommandLine.arguments.dropFirst())
var python: String?
if let place = arguments.firstIndex(of: "--python"), place + 1 < arguments.count {
  python = arguments[place + 1]
  arguments.removeSubrange(place...place + 1)
}
if arguments.first == "--write", arguments.count == 3, let events = Int(arguments[2]) {
  var generator = Generator(arguments[1])
  generator.write(events)
  exit(0)
}
if let option = arguments.first(where: { $0.hasPrefix("--") }) {
  print(
    "\(option) is no option, or not in its place: [--python PYTHON] [EVENTS | TRACE]…, or --write TRACE EVENTS"
  )
  exit(64)
}
for argument in arguments.isEmpty ? ["1000000"] : arguments {
  guard let events = Int(argument) else {
    measure(argument, python)
    continue
  }
  let path = "/tmp/trapline-benchmark-\(getpid()).trace.jsonl"
  var generator = Generator(path)
  generator.write(events)
  measure(path, python)
  unlink(path)
}

func opened(_ path: String) -> TraceFile {
  do { return try TraceFile(reading: FileBytes(path), name: path) } catch {
    print("\(path): line \(error.line): \(error.message)")
    exit(65)
  }
}

func measure(_ path: String, _ python: String?) {
  let size = FileBytes(path).expectedSize ?? 0
  let file = opened(path)
  let indexing = processorSeconds { while !file.isAtEnd { file.extend() } }
  let events = Double(file.count)
  let each = fixed(Double(size) / events)
  print("\(file.count) events, \(fixed(Double(size) / 1e6, 0)) MB, \(each) bytes an event")
  print("  indexed: \(fixed(events / indexing / 1e6, 2)) M events/s on one core")

  let before = ownMemory()
  let timeline = Timeline(opened(path))
  let folding = processorSeconds { while timeline.extend(budget: 100_000) {} }
  print("  indexed and folded, with snapshots: \(fixed(events / folding / 1e6, 2)) M events/s on one core")
  print("  memory: \(fixed(Double(ownMemory() - before) / events)) bytes an event")
  if let python { printPeers(python, path, events: timeline.count) }
  printMoves(timeline)
}

func printMoves(_ timeline: Timeline) {
  var state: UInt64 = 7
  let places = (0..<2000).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return 1 + Int(state >> 33) % timeline.count
  }
  print("  seek anywhere: ", spread(places.map { place in seconds { timeline.seek(to: place) } }))
  print(
    "  step back after a seek: ",
    spread(
      places.map { place in
        timeline.seek(to: place)
        return seconds { timeline.back() }
      }))
  timeline.seek(to: timeline.count)
  print("  step back from the end: ", spread((0..<2000).map { _ in seconds { timeline.back() } }))
  print(
    "  next Failure: ",
    spread(places.map { place in seconds { _ = timeline.find(.failureEvent, from: place) } }))
  let last = timeline.record(at: timeline.count)?.time ?? 0
  print(
    "  find a time: ",
    spread(
      places.map { place in
        seconds { _ = timeline.find(time: last / Int64(timeline.count) * Int64(place)) }
      }))
  print("  a record: ", spread(places.map { place in seconds { _ = timeline.record(at: place) } }))
}
