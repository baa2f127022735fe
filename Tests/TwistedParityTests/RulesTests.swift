import Foundation
import Scenarios
import TestSupport
import Testing

/// What Twisted's own tests assert, as scenarios; see ``Rules``.
struct RulesTests {
  @Test(arguments: Rules.files)
  func `the rule holds here`(file: String) throws {
    let source = try String(contentsOf: Rules.folder.appending(path: file), encoding: .utf8)
    let run = try Comparison.finishedRun(of: source, named: file)
    #expect(run.fault == nil)
    #expect(!run.expectationResults.isEmpty, "a rule that expects nothing cannot fail")
    for result in run.expectationResults where !result.isMet {
      Issue.record("\(file):\(result.mark.line): \(result.description)")
    }
  }

  @Test(arguments: Rules.files)
  func `a rule is said in a sentence`(file: String) throws {
    let source = try String(contentsOf: Rules.folder.appending(path: file), encoding: .utf8)
    #expect(source.contains("\ntitle: "))
  }

  @Test func `every rule restates some method, and every rule that a method is said by is there`() {
    let named = Set(Rules.tables.flatMap(\.methods).flatMap(\.files))
    #expect(named.subtracting(Rules.files).sorted() == [])
    #expect(Set(Rules.files).subtracting(named).sorted() == [])
  }

  @Test(arguments: Rules.tables)
  func `each line of a table says where a method is restated, or why not`(table: Rules.Table) {
    #expect(table.faults == [])
    #expect(table.methods.filter { $0.files.isEmpty && ($0.reason ?? "").isEmpty }.map(\.name) == [])
  }

  @Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
  struct OnTwisted {
    @Test(arguments: Rules.areas)
    func `the rules hold there`(area: String) throws {
      try RealTwisted.found.get().run("run_on_twisted.py", ["--check"] + Rules.rules(of: area).map(\.path))
    }

    @Test(arguments: Rules.areas)
    func `nothing else about them differs from Twisted`(area: String) throws {
      let files = Rules.rules(of: area)
      #expect(try Comparison.compare(files) == files.count)
    }

    @Test func `they are valid by the JSON Schema`() throws {
      try Comparison.validate(Rules.files.map { Rules.folder.appending(path: $0) })
    }

    @Test func `a table has exactly the methods of the module`() throws {
      let folder = try Comparison.makeFolder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let list = folder.appending(path: "methods.txt")
      let modules = Rules.tables.map(\.module)
      try RealTwisted.found.get().run("list_test_methods.py", [list.path] + modules)
      let there = try String(contentsOf: list, encoding: .utf8).split(separator: "\n").map(String.init)
      let here = Rules.tables.flatMap { table in table.methods.map { "\(table.module) \($0.name)" } }
      #expect(Set(here).count == here.count, "a method is in the table twice")
      #expect(Set(there).subtracting(here).sorted() == [])
      #expect(Set(here).subtracting(there).sorted() == [])
    }
  }
}
