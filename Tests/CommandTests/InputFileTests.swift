import Explorer
import Testing

@testable import trapline

/// Where a name is looked for.
@Suite struct InputFileTests {
  @Test func `what a person types is a file first, and may be built in`() throws {
    #expect(try readInput("01").place == .builtIn)
    let file = try TemporaryFile("x", named: "01-nothing-connected.yaml")
    #expect(try readInput(SourceName(file.path)).place == .file)
  }

  @Test func `what is built in is never read from a file, nor a file from what is built in`() throws {
    let file = try TemporaryFile("x", named: "01-nothing-connected.yaml")
    #expect(throws: InputFailure.self) { try readInput(SourceName(file.path, in: .builtIn)) }
    #expect(throws: InputFailure.self) { try readInput(SourceName("01-nothing-connected.yaml", in: .file)) }
    #expect(try readInput(SourceName("01-nothing-connected.yaml", in: .builtIn)).place == .builtIn)
  }
}
