import Glibc

/// What one key took.
struct KeyTime {
  /// From the key to the last byte of what it painted, in milliseconds.
  var wall: Double
  /// Of the processor, in milliseconds.
  var processor: Double
}

/// Types keys at 200x60, one at a time, into the explorer and into the echo by turns.
///
/// - Returns: the times of the keys that painted something, and those of the echo.
func keyTimes(
  _ keys: [String], arguments: [String], warmUp: [String]
) -> (explorer: [KeyTime], echo: [KeyTime]) {
  let explorer = PseudoTerminal(command: arguments, columns: 200, rows: 60)
  let peer = PseudoTerminal(command: ["/proc/self/exe", "--echo"], columns: 200, rows: 60)
  defer {
    explorer.end()
    peer.end()
  }
  _ = peer.lastPaint(quiet_ms: 50)
  _ = explorer.lastPaint(quiet_ms: 300)
  for key in warmUp {
    explorer.send(key)
    _ = explorer.lastPaint(quiet_ms: 400)
  }
  var explorerTimes: [KeyTime] = []
  var peerTimes: [KeyTime] = []
  for key in keys {
    if let time = keyTime(key, on: explorer) { explorerTimes.append(time) }
    if let time = keyTime(key, on: peer) { peerTimes.append(time) }
  }
  return (explorerTimes, peerTimes)
}

private func keyTime(_ key: String, on terminal: PseudoTerminal) -> KeyTime? {
  let before = terminal.processorTime_ms
  let sent = ContinuousClock.now
  terminal.send(key)
  guard let painted = terminal.lastPaint(quiet_ms: 15, patience_ms: 200) else { return nil }
  return KeyTime(wall: milliseconds(painted - sent), processor: terminal.processorTime_ms - before)
}

/// What the allocator was asked for at each of these keys, with the frame it painted.
func allocations(_ keys: [String], arguments: [String], warmUp: [String]) -> [(calls: Int, bytes: Int)]? {
  guard let watch = AllocationWatch() else { return nil }
  let terminal = PseudoTerminal(
    command: arguments, columns: 200, rows: 60, environment: watch.environment)
  defer { terminal.end() }
  _ = terminal.lastPaint(quiet_ms: 300)
  for key in warmUp {
    terminal.send(key)
    _ = terminal.lastPaint(quiet_ms: 400)
  }
  return keys.compactMap { key in
    let before = watch.now
    terminal.send(key)
    guard terminal.lastPaint(quiet_ms: 15, patience_ms: 200) != nil else { return nil }
    let after = watch.now
    return (after.calls - before.calls, after.bytes - before.bytes)
  }
}
