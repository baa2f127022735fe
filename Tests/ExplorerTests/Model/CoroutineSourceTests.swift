import Testing
import Traces

@testable import Explorer

/// What the source panel shows while a coroutine is resumed, which Twisted's own code does.
@Suite struct CoroutineSourceTests {
  private static let waiting = Place(file: "/app/shop.py", line: 3)

  private func driver(library: String) -> Driver {
    let events: [(Event, Place?)] = [
      (
        .made(0, origin: "generator", name: "fetch 0", hasCanceller: true),
        Place(file: "/app/shop.py", line: 2)
      ),
      (.generatorBegan(0, name: "fetch"), nil),
      (.made(1, origin: "deferred", name: "request 1", hasCanceller: false), nil),
      (
        .stageAdded(1, index: 0, .library(library), callback: "fetch", errback: "fetch"), Self.waiting
      ),
      (.generatorYielded(0, on: 1), nil), (.fired(1, .text("1")), nil),
      (.entered(1, stage: 0, .callback, input: .text("1")), Place(file: "/lib/twisted/defer.py", line: 1763)),
      (.generatorResumed(0, .text("1")), nil),
    ]
    let source = ScriptedSource(events.map { Record(time: 0, place: $0.1, event: $0.0) })
    source.recording = TraceHeader(program: "shop.py", clock: "monotonic")
    let driver = Driver(source)
    driver.settle()
    driver.type("$")
    return driver
  }

  @Test(arguments: ["inlineCallbacks", "coroutine", "await"])
  func `it shows the line at which the coroutine waited, not Twisted's own code`(library: String) {
    let driver = driver(library: library)
    #expect(driver.session.sourcePlace == Self.waiting)
    driver.type("S")
    #expect(driver.session.sourcePlace == Self.waiting)
    let text = driver.session.detailsText(of: .stage(1, stage: 0)).joined(separator: "\n")
    #expect(text.contains("shop.py:3") && !text.contains("defer.py"))
  }

  @Test func `another handler of Twisted's own is shown where it begins`() {
    #expect(driver(library: "later").session.sourcePlace == Place(file: "/lib/twisted/defer.py", line: 1763))
  }
}
