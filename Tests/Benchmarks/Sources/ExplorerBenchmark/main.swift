import Glibc

// How quickly the explorer paints, from outside, on a pseudo-terminal:
// swift run -c release --package-path Tests/Benchmarks ExplorerBenchmark .build/release/trapline
guard CommandLine.arguments.count == 2 else {
  print("usage: ExplorerBenchmark PATH-OF-TRAPLINE")
  exit(64)
}
let trapline = CommandLine.arguments[1]
let rounds = 21
let small = writeScenario(ticks: 5)
let large = writeScenario(ticks: 17_000)
defer {
  unlink(small)
  unlink(large)
}

func milliseconds(_ duration: Duration) -> Double {
  Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
}

func shown(_ values: [Double]) -> String {
  let sorted = values.sorted()
  func at(_ part: Double) -> String { fixed(sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]) }
  return "median \(at(0.5)) ms, p99 \(at(0.99)) ms, worst \(fixed(sorted.last!)) ms"
}

func fixed(_ value: Double) -> String { value.isFinite ? "\(Double(Int(value * 100)) / 100)" : "no" }

func startTimes(_ arguments: [String]) -> [Double] {
  (0..<rounds).map { _ in
    let terminal = PseudoTerminal(command: [trapline] + arguments, columns: 80, rows: 24)
    defer { terminal.end() }
    // The word for the help key stands in the last row of a screen.
    guard let painted = terminal.paint(of: "help") else { fatalError("no screen was painted") }
    return milliseconds(painted - terminal.started)
  }
}

/// Each key's time until the last byte of what it painted; a key that paints nothing is left out.
func keyTimes(_ keys: [String], scenario: String, warmUp: [String]) -> [Double] {
  let terminal = PseudoTerminal(command: [trapline, scenario], columns: 200, rows: 60)
  defer { terminal.end() }
  _ = terminal.lastPaint(quiet_ms: 300)
  for key in warmUp {
    terminal.send(key)
    _ = terminal.lastPaint(quiet_ms: 400)
  }
  return keys.compactMap { key in
    let sent = ContinuousClock.now
    terminal.send(key)
    return terminal.lastPaint(quiet_ms: 15, patience_ms: 200).map { milliseconds($0 - sent) }
  }
}

print("process start to first painted screen (80x24, \(rounds) starts each)")
print("  gallery                   ", shown(startTimes([])))
print("  about 50 steps            ", shown(startTimes([small])))
print("  about 100,000 steps       ", shown(startTimes([large])))
print("key to painted at 200x60")
let mixed = (0..<300).map { ["s", "s", "o", "S", "\t", "j", "e", "E", "t", "T"][$0 % 10] }
print("  small, mixed keys         ", shown(keyTimes(mixed, scenario: small, warmUp: [])))
print(
  "  large at the end, back    ",
  shown(keyTimes(Array(repeating: "S", count: 300), scenario: large, warmUp: ["$"])))
print("  large, mixed keys         ", shown(keyTimes(mixed, scenario: large, warmUp: ["$", "S"])))

let terminal = PseudoTerminal(command: [trapline, large], columns: 80, rows: 24)
let opened = terminal.paint(of: "help").map { milliseconds($0 - terminal.started) } ?? .infinity
terminal.send("$")
let sent = ContinuousClock.now
let ended = terminal.lastPaint(quiet_ms: 500).map { milliseconds($0 - sent) } ?? .infinity
print("100,000 steps: opened in \(fixed(opened)) ms, driven to the end in \(fixed(ended)) ms,")
print("  resident memory then \(terminal.resident_KiB / 1024) MiB")
terminal.end()
