import Testing
import Traces

@testable import Explorer

/// Which chain is shown where a Failure is born that no stage of a chain raised.
@Suite struct BirthplaceTests {
  /// What stands in Chain at the birth of the only Failure.
  private func shown(_ events: [Event]) -> [String] {
    let driver = Driver(ScriptedSource(events.map { Record(time: 0, event: $0) }))
    driver.settle()
    driver.type("^x")
    guard case .failureBorn? = driver.session.record?.event else { return [] }
    return [driver.session.shownDeferred.map { driver.session.world.deferreds[$0].name } ?? "none"]
  }

  private func made(_ names: String...) -> [Event] {
    names.enumerated().map { .made($0.offset, origin: "deferred", name: $0.element, hasCanceller: true) }
  }

  private let born = Event.failureBorn(0, type: "KeyError", parents: [], message: "", from: nil)

  @Test func `a coroutine's own chain is shown where it raises, not the one that happened before`() {
    let events: [Event] = [
      .generatorBegan(0, name: "reserve"), .generatorYielded(0, on: 1), .fired(1, .text("none")),
      .generatorResumed(0, .text("none")), .fired(2, .text("a lock")), .collected(2), born,
    ]
    #expect(shown(made("reserve 0", "wait", "acquire") + events) == ["reserve 0"])
  }

  @Test func `what a canceller raises is shown with the Deferred that is cancelled`() {
    let events: [Event] = [.cancelAsked(0), .cancellerEntered(0), .fired(1, .text("none")), born]
    #expect(shown(made("job", "other") + events) == ["job"])
  }

  @Test func `what a thread raises is shown with the Deferred that is fired with it`() {
    let events: [Event] = [.fired(1, .text("none")), born, .fired(0, .failure(0))]
    #expect(shown(made("deferToThread 0", "other") + events) == ["deferToThread 0"])
  }

  @Test func `a Failure that comes to no Deferred leaves what happened before`() {
    #expect(shown(made("job", "other") + [.fired(1, .text("none")), born]) == ["other"])
  }
}
