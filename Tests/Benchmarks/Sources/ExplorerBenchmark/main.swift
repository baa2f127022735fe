import Glibc

// How quickly the explorer paints, from outside, on a pseudo-terminal:
// swift build -c release --package-path Tests/Benchmarks
// Tests/Benchmarks/.build/release/ExplorerBenchmark .build/release/trapline [TRACE]…
guard CommandLine.arguments.count >= 2 else {
  print("usage: ExplorerBenchmark PATH-OF-TRAPLINE [TRACE]…")
  exit(64)
}
let trapline = CommandLine.arguments[1]
if trapline == "--echo" { echo() }
let rounds = 21
let small = writeScenario(ticks: 5)
let large = writeScenario(ticks: 17_000)
defer {
  unlink(small)
  unlink(large)
}

/// - Parameter sign: what stands in the last rows of its first screen; a recording may have a message for the keys' row.
func startTimes(_ arguments: [String], sign: String = "help") -> [Double] {
  (0..<rounds).map { _ in
    let terminal = PseudoTerminal(command: [trapline] + arguments, columns: 80, rows: 24)
    defer { terminal.end() }
    guard let painted = terminal.paint(of: sign) else { fatalError("no screen was painted") }
    return milliseconds(painted - terminal.started)
  }
}

func printKeyTimes(_ name: String, _ keys: [String], scenario: String, warmUp: [String]) {
  let times = keyTimes(keys, arguments: [trapline, scenario], warmUp: warmUp)
  print("  \(name)", shown(times.explorer.map(\.wall)))
  print("    of the processor        ", shown(times.explorer.map(\.processor)))
  print("    an echo, by turns       ", shown(times.echo.map(\.wall)))
}

func printAllocations(_ name: String, _ keys: [String], scenario: String, warmUp: [String]) {
  guard let all = allocations(keys, arguments: [trapline, scenario], warmUp: warmUp), !all.isEmpty else {
    print("  \(name) not counted: build the whole package, so that libAllocationCounter.so is there")
    return
  }
  let calls = all.map(\.calls).sorted()
  let bytes = all.map(\.bytes).sorted()
  print(
    "  \(name) median \(calls[calls.count / 2]) calls, \(bytes[bytes.count / 2] / 1024) KiB;",
    "most \(calls.last!) calls, \(bytes.last! / 1024) KiB")
}

print("process start to first painted screen (80x24, \(rounds) starts each)")
print("  gallery                   ", shown(startTimes([])))
print("  about 50 steps            ", shown(startTimes([small])))
print("  about 100,000 steps       ", shown(startTimes([large])))

for trace in CommandLine.arguments.dropFirst(2) {
  print("  \(trace)", shown(startTimes([trace], sign: "step ")))
  printSearchTimes(trace)
}

print("key to painted at 200x60")
let mixed = (0..<300).map { ["s", "s", "o", "S", "\t", "j", "e", "E", "t", "T"][$0 % 10] }
let back = Array(repeating: "S", count: 300)
printKeyTimes("small, mixed keys         ", mixed, scenario: small, warmUp: [])
printKeyTimes("large at the end, back    ", back, scenario: large, warmUp: ["$"])
printKeyTimes("large, mixed keys         ", mixed, scenario: large, warmUp: ["$", "S"])

print("what a key and its frame allocate at 200x60")
let around = (0..<60).map { ["S", "s", "\t"][$0 % 3] }
printAllocations("about 50 steps            ", around, scenario: small, warmUp: ["$", "S"])
printAllocations("about 100,000 steps       ", around, scenario: large, warmUp: ["$", "S"])

let terminal = PseudoTerminal(command: [trapline, large], columns: 80, rows: 24)
let opened = terminal.paint(of: "help").map { milliseconds($0 - terminal.started) } ?? .infinity
terminal.send("$")
let sent = ContinuousClock.now
let ended = terminal.lastPaint(quiet_ms: 500).map { milliseconds($0 - sent) } ?? .infinity
print("100,000 steps: opened in \(fixed(opened)) ms, driven to the end in \(fixed(ended)) ms,")
print("  resident memory then \(terminal.resident_KiB / 1024) MiB")
terminal.end()
