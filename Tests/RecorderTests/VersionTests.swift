import TestSupport
import Testing
import Traces

/// Twisted's insides changed over the years; what the recorder tells of a program did not.
@Suite(
  .serialized, .enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct VersionTests {
  @Test(arguments: ["22.4.0", "24.3.0"], ["waiting.py", "trapped.py", "unhandled.py"])
  func `older versions of Twisted give the same links and the same fates`(version: String, program: String)
    throws
  {
    guard let older = RealTwisted.other(version) else { return }
    let (new, old) = (try Recorded(program), try Recorded(program, twisted: older))
    #expect(old.status == 0 && old.traces.first?.faults.isEmpty == true)
    #expect(!(links(new) + fates(new)).isEmpty)
    #expect(links(old) == links(new))
    #expect(fates(old) == fates(new))
    #expect(results(old) == results(new))
  }

  /// Who waits for whom and which groups there are, by kind and place, without numbers: versions make other Deferreds
  /// of their own in between.
  private func links(_ run: Recorded) -> [String] {
    run.events.compactMap { event in
      switch event {
      case .waits(let outer, _, _): "waits, made at line \(line(outer, run))"
      case .resumed(let outer, _, _, _): "resumed, made at line \(line(outer, run))"
      case .generatorBegan(_, let name): "began \(name)"
      case .generatorYielded(let id, let on): "yielded \(line(id, run)) on \(on.map { line($0, run) } ?? 0)"
      case .generatorEnded(let id, _): "ended \(line(id, run))"
      case .groupMade(_, let kind, let members): "\(kind) of \(members.count)"
      case .groupDecided(_, let index): "decided by \(index ?? -1)"
      case .cancelAsked(let id): "cancel \(line(id, run))"
      default: nil
      }
    }.sorted()
  }

  private func line(_ id: DeferredID, _ run: Recorded) -> Int {
    run.world.deferreds.at(id)?.madePlace?.line ?? 0
  }

  private func fates(_ run: Recorded) -> [String] {
    run.world.failures.map {
      "\($0.title) \($0.fate)".split(separator: "(")[0] + ", \($0.bornPlace?.line ?? 0)"
    }
    .sorted()
  }

  private func results(_ run: Recorded) -> [String] {
    run.world.deferreds.compactMap { state in
      guard let line = state.madePlace?.line, case .value(let text)? = state.result else { return nil }
      return "\(line): \(text.text)"
    }.sorted()
  }
}
