import Foundation
import Scenarios
import Testing

@Suite struct `Scenarios that ship` {
  /// The repository's `scenarios` folder.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../scenarios").standardized

  static let files: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test func `are there`() { #expect(!Self.files.isEmpty) }

  @Test(arguments: files)
  func `have no faults and nothing suspicious`(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name)))
    switch parseScenario(bytes, file: name) {
    case .success(let scenario): #expect(scenario.warnings.map(\.rendered) == [])
    case .failure(let faults): Issue.record("\(faults)")
    }
  }
}
