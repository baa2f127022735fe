import Foundation
import TestSupport
import Testing

/// The page "Coming from Twisted" against Twisted itself.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct NamesTests {
  private static let page = "Sources/Deferreds/Deferreds.docc/ComingFromTwisted.md"

  @Test func `every public name of Twisted's stands on the page, once, and no other does`() throws {
    let folder = try Comparison.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let list = folder.appending(path: "names.txt")
    try RealTwisted.found.get().run("list_public_names.py", [list.path])
    let there = try String(contentsOf: list, encoding: .utf8).split(separator: "\n").map(String.init)
    let page = try String(contentsOf: BuiltProgram.package.appending(path: Self.page), encoding: .utf8)
    // Where a table names what is in no module that is listed, its names say so.
    let here = Self.namesOnTheLeft(of: page).filter { !$0.hasPrefix("reactor") && !$0.hasPrefix("threads.") }
    #expect(Set(there).subtracting(here).sorted() == [])
    #expect(Set(here).subtracting(there).sorted() == [])
    #expect(here.count == Set(here).count)
  }

  /// What stands between backticks in the first cell of each row.
  private static func namesOnTheLeft(of page: String) -> [String] {
    let section = page.split(separator: "\n").drop { $0 != "## Names" }.dropFirst()
    return section.prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("| `") }.flatMap { row in
      row.split(separator: "|")[0].matches(of: /`([^`]+)`/).map { String($0.1) }
    }
  }
}
