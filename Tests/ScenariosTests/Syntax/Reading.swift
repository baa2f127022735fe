import Scenarios

/// The faults of a text, each as it is printed; empty when it parses.
func faults(_ text: String) -> String {
  switch parseScenario(Array(text.utf8), file: "f.yaml") {
  case .success: ""
  case .failure(let faults): faults.description
  }
}

/// The scenario of a text that has no faults.
func scenario(_ text: String) throws -> Scenario {
  try parseScenario(Array(text.utf8), file: "f.yaml").get()
}

/// A file in version 1 with these lines in it.
func file(_ lines: String) -> String { "trapline: 1\n" + lines + "\n" }
