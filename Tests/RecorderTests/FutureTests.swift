import TestSupport
import Testing
import Traces

/// Failures that go through asyncio, on its reactor.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct FutureTests {
  @Test func `a Failure that went into a future comes out of a task as the same`() throws {
    let run = try Recorded("futures.py")
    #expect(run.output == "refused\nrefused\nrefused\nno price\nno eggs\nlooked\n")
    let types = run.world.failures.map(\.type)
    // Each of the three calls has its own, though their exceptions may have stood at the same place in memory.
    #expect(types == ["OSError", "OSError", "OSError", "ValueError", "KeyError", "LookupError"])
    let failure = try #require(run.world.failures.at(0))
    #expect(failure.bornPlace?.line == 13)
    let outer = run.events.compactMap { event -> DeferredID? in
      if case .fired(let id, .failure(failure.id)) = event { id } else { nil }
    }
    #expect(outer.compactMap { run.world.deferreds.at($0)?.origin } == ["future"])
    #expect(
      run.events.count { if case .generatorResumed(_, .failure(failure.id)) = $0 { true } else { false } }
        == 1)
  }

  @Test func `one that was never raised is known again, too`() throws {
    let run = try Recorded("futures.py")
    let failure = try #require(run.world.failures.first { $0.type == "LookupError" })
    let fired = run.events.compactMap { event -> DeferredID? in
      if case .fired(let id, .failure(failure.id)) = event { id } else { nil }
    }
    #expect(fired.compactMap { run.world.deferreds.at($0)?.origin } == ["fail", "future"])
  }
}
