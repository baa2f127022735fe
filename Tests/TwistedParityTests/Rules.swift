import Foundation
import TestSupport
import Testing

/// The rules that Twisted's own tests assert, restated as scenarios: `Rules/AREA/NN-RULE.yaml`, a file a rule.
///
/// Beside them `Rules/MODULE.txt` has a line for each test method of a module of Twisted's tests:
///
///     DeferredTests.testTwoCallbacks: firing/01-values-go-down-the-chain.yaml
///     DeferredTests.test_repr - the text of Python's repr
///
/// the files that say it, or why it cannot be said as a scenario.
enum Rules {
  static let folder = RealTwisted.testFolder.appending(path: "Rules")

  /// Folder and name of each rule: `firing/01-values-go-down-the-chain.yaml`.
  static let files: [String] = areas.flatMap { area in
    names(in: folder.appending(path: area), endingIn: ".yaml").map { "\(area)/\($0)" }
  }

  static let areas: [String] = names(in: folder, endingIn: "").filter { !$0.contains(".") }

  static let tables: [Table] = names(in: folder, endingIn: ".txt").map { name in
    Table(
      module: String(name.dropLast(".txt".count)),
      text: (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? "")
  }

  static func rules(of area: String) -> [URL] {
    files.filter { $0.hasPrefix(area + "/") }.map { folder.appending(path: $0) }
  }

  private static func names(in folder: URL, endingIn end: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasSuffix(end) && !$0.hasPrefix(".") }.sorted()
  }

  /// What became of the test methods of one module.
  struct Table: Sendable, CustomTestStringConvertible {
    /// Such as `test_defer`.
    let module: String
    /// The methods in the order of the table, each with the files that say it or the reason why none does.
    private(set) var methods: [(name: String, files: [String], reason: String?)] = []
    /// Lines that are neither.
    private(set) var faults: [String] = []

    var testDescription: String { module }

    init(module: String, text: String) {
      self.module = module
      for line in text.split(separator: "\n") where !line.hasPrefix("#") {
        if let (name, files) = Self.halves(of: line, at: ": ") {
          methods.append((name, files.split(separator: ",").map { $0.trimmed }, nil))
        } else if let (name, reason) = Self.halves(of: line, at: " - ") {
          methods.append((name, [], reason))
        } else {
          faults.append(String(line))
        }
      }
    }

    private static func halves(of line: Substring, at separator: String) -> (String, String)? {
      guard let middle = line.firstRange(of: separator) else { return nil }
      let name = line[..<middle.lowerBound]
      guard !name.contains(" "), name.contains(".") else { return nil }
      return (String(name), line[middle.upperBound...].trimmed)
    }
  }
}

extension Substring {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
