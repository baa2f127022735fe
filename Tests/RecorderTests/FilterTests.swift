import Foundation
import TestSupport
import Testing
import Traces

/// A part of a program is recorded: whole as far as it goes, and nothing else.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct FilterTests {
  @Test func `only what code of the module makes, adds to or waits for is recorded`() throws {
    let (all, part) = (
      try Recorded("filtered.py"), try Recorded("filtered.py", options: ["--filter", "filtered"])
    )
    #expect(part.output == all.output && part.output == "sold out\n")
    #expect(all.world.deferreds.count > 40)
    // The page, two that it waits for, the one that served it, the one that failed, and three of a list.
    #expect(part.world.deferreds.count == 8)
    #expect(part.events.count { if case .generatorYielded = $0 { true } else { false } } == 2)
    #expect(!part.text.contains("'7'"))
    #expect(part.text.contains(#""filter":["filtered"]"#))
    #expect(part.traces.first?.faults.isEmpty == true && part.traces.first?.isClosed == true)
  }

  @Test func `a Failure of the module is followed to its end in code of others`() throws {
    let run = try Recorded("filtered.py", options: ["--filter", "filtered"])
    let fates = run.world.failures.map { failure in
      if case .trapped(let stage, by: nil) = failure.fate {
        "\(failure.type) \(stage.side)"
      } else {
        "\(failure.type) \(failure.fate)"
      }
    }
    #expect(fates.sorted() == ["KeyError errback", "ValueError errback"])
    #expect(run.text.contains("give_up"))
  }

  @Test func `a list of others that one of the module is in is known with its members`() throws {
    let run = try Recorded("filtered.py", options: ["--filter", "filtered"])
    let lists = run.events.compactMap { event -> (DeferredID, [DeferredID])? in
      if case .groupMade(let id, _, let members) = event { (id, members) } else { nil }
    }
    let (list, members) = try #require(lists.first)
    #expect(members.map { run.world.deferreds.at($0)?.origin } == ["found", "deferred"])
    #expect(run.world.deferreds.at(list)?.result == .value(ValueText("['9', '10']")))
  }

  @Test(arguments: [["!pantry"], ["filtered.py"], ["filtered", "!pantry"]])
  func `a file is meant by its path, and what has a mark before it is left out`(_ words: [String]) throws {
    let options = words.flatMap { word in
      ["--filter", word.hasSuffix(".py") ? Recorded.programs.appending(path: word).path : word]
    }
    let run = try Recorded("filtered.py", options: options)
    #expect(run.world.deferreds.count == 8)
  }

  @Test func `a filter that nothing passes leaves no file, and says so`() throws {
    let run = try Recorded("filtered.py", options: ["--filter", "warehouse"])
    #expect(run.traces.isEmpty && run.status == 0 && run.output == "sold out\n")
    #expect(run.errors.contains("no code that --filter warehouse means made a Deferred"), "\(run.errors)")
  }

  @Test func `a filter without a name is wrong usage`() throws {
    #expect(try Recorded("filtered.py", options: ["--filter", "!"]).status == 64)
  }
}
