import Testing

@testable import Traces

/// Traces that tell what can't have happened.
@Suite struct ConsistencyTests {
  private static let entered = Event.entered(0, stage: 0, .callback, input: .text("1"))
  private static let left = Event.left(0, stage: 0, .callback, .returned(.none))
  private static let made = Event.made(0, origin: "deferred", name: "d", hasCanceller: false)

  private func told(_ events: Event...) -> [String] {
    var consistency = Consistency()
    let list = RecordList(events.map { Record(time: 0, event: $0) })
    list.forEachEntry(after: 0, through: list.count) { consistency.look(at: $0) }
    return consistency.contradictions.map(\.text)
  }

  @Test func `what is made, fired and run once in order contradicts nothing`() {
    #expect(told(Self.made, .fired(0, .text("1")), Self.entered, Self.left).isEmpty)
  }

  @Test func `what was told of is not made after that, and fires once`() {
    #expect(told(Self.made, Self.made) == ["makes Deferred 0, of which was told before"])
    #expect(told(.fired(0, .text("1")), Self.made) == ["makes Deferred 0, of which was told before"])
    #expect(
      told(Self.made, .fired(0, .text("1")), .fired(0, .text("1"))) == ["Deferred 0 fires a second time"])
  }

  @Test func `things are called by the numbers that they have in the file`() throws {
    let lines = [
      #"{"trapline":1,"program":"p"}"#, #"{"t":0,"e":"made","d":5000}"#, #"{"t":1,"e":"made","d":5001}"#,
      #"{"t":2,"e":"made","d":5001}"#,
    ]
    let file = try TraceFile(Array(lines.joined(separator: "\n").utf8) + [0x0a], name: "m")
    while !file.isAtEnd { file.extend() }
    var consistency = Consistency(of: file)
    file.forEachEntry(after: 0, through: file.count) { consistency.look(at: $0) }
    #expect(consistency.contradictions.map(\.text) == ["makes Deferred 5001, of which was told before"])
  }

  @Test func `things count from 0 on`() {
    #expect(told(.collected(-2)) == ["speaks of Deferred -2: they count from 0 on"])
    #expect(told(.timerBegan(-1)) == ["speaks of timer -1: they count from 0 on"])
  }

  @Test func `a handler is entered before it is left, unless it ran before the recording`() {
    let message = "Deferred 0 leaves stage 0, which it did not enter"
    #expect(told(Self.made, .fired(0, .text("1")), Self.left) == [message])
    #expect(told(Self.left).isEmpty)
    #expect(
      told(Self.made, .fired(0, .text("1")), .dropped(3), Self.left).isEmpty, "nobody knows what is missing")
    #expect(told(Self.made, .fired(0, .text("1")), Self.entered, Self.left, Self.left) == [message])
  }

  @Test func `however deep handlers are nested, their ends have beginnings`() {
    var consistency = Consistency()
    let ids = 0..<1200
    let calls = ids.map { Event.entered($0, stage: 0, .callback, input: .text("1")) }
    let ends = ids.reversed().map { Event.left($0, stage: 0, .callback, .returned(.none)) }
    let events = ids.map { Event.fired($0, .text("1")) } + calls + ends
    let list = RecordList(events.map { Record(time: 0, event: $0) })
    list.forEachEntry(after: 0, through: list.count) { consistency.look(at: $0) }
    #expect(consistency.contradictions.isEmpty)
  }
}
