/// Searches a trace that has been read whole, from Enter to the answer: for words that nothing tells, for one that is
/// told near the end, and for one that everything tells. What is asked for is that of TraceBenchmark's generator.
func printSearchTimes(_ trace: String) {
  let terminal = PseudoTerminal(command: [trapline, trace], columns: 80, rows: 24)
  defer { terminal.end() }
  guard terminal.paint(of: "step ") != nil else { return }
  let begun = ContinuousClock.now
  terminal.clear()
  terminal.send("$")
  guard terminal.paint(of: "100%", patience_ms: 600_000) != nil else { return print("    never read whole") }
  print(
    "    read whole in \(fixed(milliseconds(begun.duration(to: .now)) / 1000)) s,",
    "\(terminal.resident_KiB / 1024) MiB resident")
  _ = terminal.lastPaint(quiet_ms: 2000)
  for words in ["xyzzy", "xyzzy trapped", "peer 4321", "/items/4321", "ValueError", "trapped"] {
    terminal.send("^")
    _ = terminal.lastPaint(quiet_ms: 500)
    terminal.send("/\(words)")
    _ = terminal.lastPaint(quiet_ms: 200)
    terminal.clear()
    let sent = ContinuousClock.now
    terminal.send("\r")
    // The bar of its progress goes by while it looks; what is painted last is the answer.
    let answered = terminal.lastPaint(quiet_ms: 1000, patience_ms: 600_000)
    print("    search for \(words):", answered.map { "\(fixed(milliseconds($0 - sent))) ms" } ?? "no answer")
  }
}
