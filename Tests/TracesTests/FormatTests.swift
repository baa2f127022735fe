import Foundation
import Testing

@testable import Traces

/// What is said of the trace format is held to what the reader reads.
struct FormatTests {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()

  private static func lines(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init).filter {
      $0.hasPrefix("{\"")
    }
  }

  private static func documented() throws -> [String] {
    let root = tests.deletingLastPathComponent().deletingLastPathComponent()
    return try lines(of: root.appending(path: "Sources/Traces/Traces.docc/TraceFormat.md"))
  }

  @Test func `each example in the documentation is read without a word`() throws {
    for line in try Self.documented() {
      var reader = TraceReader()
      let read = try Array(line.utf8).withUnsafeBufferPointer { try reader.read($0) }
      if case .unknown = read { Issue.record("unknown: \(line)") }
    }
  }

  /// The golden file has each kind and each field there is.
  @Test func `each kind and each field has an example in the documentation`() throws {
    let golden = try Self.lines(of: Self.tests.appending(path: "Golden/every-kind.trace.jsonl"))
    let (wanted, shown) = (try Self.kindsAndKeys(golden), try Self.kindsAndKeys(Self.documented()))
    #expect(!wanted.isEmpty && wanted.subtracting(shown).isEmpty)
  }

  /// Numbered texts are written in their places.
  @Test func `each kind and each field of the documentation is in the golden file, and so written again`()
    throws
  {
    let golden = try Self.lines(of: Self.tests.appending(path: "Golden/every-kind.trace.jsonl"))
    let shown = try Self.kindsAndKeys(Self.documented().filter { !$0.hasPrefix("{\"s\":") })
    #expect(try shown.subtracting(Self.kindsAndKeys(golden)).isEmpty)
  }

  /// `made`, `made.origin`, `made.name`…; what goes along a chain is one of three fields everywhere.
  private static func kindsAndKeys(_ lines: [String]) throws -> Set<String> {
    var found: Set<String> = []
    for line in lines {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
      let kind = object["e"] as? String ?? "header"
      found.formUnion([kind] + object.keys.map { ["vf", "vd"].contains($0) ? "\(kind).v" : "\(kind).\($0)" })
    }
    return found
  }
}
