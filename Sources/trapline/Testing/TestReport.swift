import ArgumentParser

/// How `trapline test` prints its results.
enum TestReport: String, CaseIterable, ExpressibleByArgument {
  case text, tap, junit

  func text(of results: [TestResult]) -> String {
    switch self {
    case .text: readableReport(results)
    case .tap: tapReport(results)
    case .junit: junitReport(results)
    }
  }
}

/// A line a file, more only where something was missed, and a count at the end.
private func readableReport(_ results: [TestResult]) -> String {
  var lines: [String] = []
  for result in results {
    let checks = result.checks.count
    let counted = checks == 1 ? "1 expectation" : "\(checks) expectations"
    switch result.outcome {
    case .failed(let reason, _):
      lines.append("FAIL  \(result.file)")
      lines += indented(reason)
    case .ran where result.isGood:
      lines.append("ok    \(result.file)  (\(checks == 0 ? "ran; nothing is expected" : counted))")
    case .ran:
      lines.append("FAIL  \(result.file)  (\(result.misses.count) of \(counted) missed)")
      for check in result.misses {
        lines.append("      \(result.file):\(check.line): \(check.title)")
        lines += indented(check.miss ?? "")
      }
    }
  }
  let bad = results.count { !$0.isGood }
  lines.append("\(results.count - bad) passed, \(bad) failed")
  return lines.joined(separator: "\n") + "\n"
}

private func indented(_ text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { "        \($0)" }
}

/// TAP version 14: a test point a file, an expectation a line of its diagnostics.
private func tapReport(_ results: [TestResult]) -> String {
  var lines = ["TAP version 14", "1..\(results.count)"]
  for (index, result) in results.enumerated() {
    // A `#` would begin a directive, a backslash escapes.
    let name = result.file.flatMap { $0 == "#" || $0 == "\\" ? ["\\", $0] : [$0] }
    lines.append("\(result.isGood ? "ok" : "not ok") \(index + 1) - \(String(name))")
    switch result.outcome {
    case .failed(let reason, _): lines += diagnostics(reason)
    case .ran:
      for check in result.misses {
        lines += diagnostics("line \(check.line): \(check.title)\n\(check.miss ?? "")")
      }
    }
  }
  return lines.joined(separator: "\n") + "\n"
}

private func diagnostics(_ text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { "# \($0)" }
}

/// JUnit's XML as CI servers read it: a suite a file, a case an expectation.
private func junitReport(_ results: [TestResult]) -> String {
  let cases = results.map { max(1, $0.checks.count) }.reduce(0, +)
  let failures = results.map(\.misses.count).reduce(0, +)
  let errors = results.count { if case .failed = $0.outcome { true } else { false } }
  var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
  lines.append(#"<testsuites tests="\#(cases)" failures="\#(failures)" errors="\#(errors)">"#)
  for result in results { lines += junitSuite(result) }
  lines.append("</testsuites>")
  return lines.joined(separator: "\n") + "\n"
}

private func junitSuite(_ result: TestResult) -> [String] {
  let file = xmlEscaped(result.file)
  guard case .ran(let checks) = result.outcome, !checks.isEmpty else {
    let head = #"  <testsuite name="\#(file)" tests="1" failures="0" errors="\#(result.isGood ? 0 : 1)">"#
    var lines = [head]
    if case .failed(let reason, _) = result.outcome {
      lines.append(#"    <testcase classname="\#(file)" name="runs to its end">"#)
      lines.append("      <error>\(xmlEscaped(reason))</error>")
      lines.append("    </testcase>")
    } else {
      lines.append(#"    <testcase classname="\#(file)" name="runs to its end"/>"#)
    }
    return lines + ["  </testsuite>"]
  }
  var lines = [
    #"  <testsuite name="\#(file)" tests="\#(checks.count)" failures="\#(result.misses.count)" errors="0">"#
  ]
  for check in checks {
    let head = #"    <testcase classname="\#(file)" name="\#(xmlEscaped(check.title))" line="\#(check.line)""#
    guard let miss = check.miss else {
      lines.append(head + "/>")
      continue
    }
    lines += [head + ">", "      <failure>\(xmlEscaped(miss))</failure>", "    </testcase>"]
  }
  return lines + ["  </testsuite>"]
}

/// Text for XML 1.0, which has no way at all to write most control characters.
func xmlEscaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\n": result += "&#10;"
    case "\t": result += "\t"
    case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
