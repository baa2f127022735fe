import Foundation
import Scenarios
import Testing

/// The blocks of YAML in the documentation; people copy them.
@Suite struct `Documented examples` {
  struct Example: CustomTestStringConvertible, Sendable {
    var page: String
    var line: Int
    var text: String
    var testDescription: String { "\(page):\(line)" }
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardized

  static let examples: [Example] =
    examples(in: "Sources/Scenarios/Scenarios.docc/ScenarioFormat.md") + examples(in: "README.md")

  /// What stands between "```yaml" and "```"; the page says that the first line may be left out.
  private static func examples(in page: String) -> [Example] {
    let text = (try? String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)) ?? ""
    var examples: [Example] = []
    var open: Example?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let example = open, line == "```" {
        examples.append(example)
        open = nil
      } else if open != nil {
        open?.text += line + "\n"
      } else if line == "```yaml" {
        open = Example(page: page, line: index + 2, text: "")
      }
    }
    return examples
  }

  @Test(arguments: ["Sources/Scenarios/Scenarios.docc/ScenarioFormat.md", "README.md"])
  func `are whole scenarios at least once a page`(page: String) {
    #expect(Self.examples.contains { $0.page == page && $0.text.hasPrefix("trapline: 1\n") })
  }

  @Test(arguments: examples)
  func `have no faults and nothing suspicious`(example: Example) throws {
    let text = example.text.hasPrefix("trapline: 1\n") ? example.text : "trapline: 1\n" + example.text
    #expect(faults(text) == "")
    #expect(try scenario(text).warnings.map(\.rendered) == [])
  }
}
