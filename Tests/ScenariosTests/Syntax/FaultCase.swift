import Scenarios
import Testing

/// One row of a table of faults: what the lines of a file are answered with.
struct FaultCase: Sendable, CustomTestStringConvertible {
  var name: String
  var lines: String
  var expected: String

  /// - Parameters:
  ///   - name: the rule, in words.
  ///   - lines: what stands below `trapline: 1`, so the first of them is line 2.
  ///   - expected: for each fault its place and message, and below them the hint.
  init(_ name: String, _ lines: String, _ expected: String) {
    self.name = name
    self.lines = lines
    self.expected = expected
  }

  var testDescription: String { name }

  /// The faults as the table writes them; "nothing" where there are none.
  var found: String {
    guard case .failure(let faults) = parseScenario(Array(file(lines).utf8), file: "f.yaml") else {
      return "nothing"
    }
    return faults.faults.map { fault in
      "\(fault.line):\(fault.column) \(fault.message)" + (fault.hint.map { "\n  \($0)" } ?? "")
    }.joined(separator: "\n")
  }
}
