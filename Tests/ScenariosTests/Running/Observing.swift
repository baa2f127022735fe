import Scenarios

/// A part of an observed object.
enum ObservedPart: String { case calls, final, unhandled, log, ticks, timers, time }

/// Runs a scenario to its end.
func finished(
  _ yaml: String, bounds: Bounds = Bounds(), records: Bool = false
) throws -> ScenarioRun {
  let run = ScenarioRun(try scenario("trapline: 1\n\(yaml)\n"), bounds: bounds, records: records)
  run.setUp()
  while run.advance() {}
  run.finish()
  return run
}

/// What user code observed, one line a call, log line or Deferred:
///
///     1000000 poem.fall_back errback {"failure": "ValueError", "message": ""} -> "original"
///     0 error timeline 1: AlreadyCalledError
///     poem: {"called": true, "paused": 0, "result": "original", "waiting": null}
func observe(_ yaml: String, _ parts: ObservedPart...) throws -> String {
  let observed = try finished(yaml, records: true).observed
  return parts.flatMap { lines(of: $0, in: observed) }.joined(separator: "\n")
}

private func lines(of part: ObservedPart, in observed: String) -> [String] {
  let all = observed.split(separator: "\n").map(String.init)
  guard let start = all.firstIndex(where: { $0.hasPrefix(" \"\(part.rawValue)\": ") }) else { return [] }
  switch part {
  case .unhandled, .ticks, .timers, .time:
    let value = all[start].dropFirst(part.rawValue.count + 5)
    return ["\(part.rawValue): \(value.hasSuffix(",") ? value.dropLast() : value)"]
  case .calls, .final, .log:
    return all[(start + 1)...].prefix { $0.hasPrefix("  ") }.map { line in
      var line = line.dropFirst(2)
      if line.hasSuffix(",") { line = line.dropLast() }
      return short(String(line), part)
    }
  }
}

/// A line without its keys.
private func short(_ line: String, _ part: ObservedPart) -> String {
  switch part {
  case .calls:
    return String(line.dropLast())
      .replacing("{\"t\": ", with: "", maxReplacements: 1).replacing(
        ", \"who\": \"", with: " ", maxReplacements: 1
      )
      .replacing("\", \"kind\": \"", with: " ", maxReplacements: 1)
      .replacing("\", \"in\": ", with: " ", maxReplacements: 1)
      .replacing(", \"out\": ", with: " -> ", maxReplacements: 1)
  case .log:
    return String(line.dropLast(2))
      .replacing("{\"t\": ", with: "", maxReplacements: 1).replacing(
        ", \"kind\": \"", with: " ", maxReplacements: 1
      )
      .replacing("\", \"who\": \"", with: " ", maxReplacements: 1)
      .replacing("\", \"text\": \"", with: ": ", maxReplacements: 1)
  default:
    return line.replacing("\"", with: "", maxReplacements: 2)
  }
}
