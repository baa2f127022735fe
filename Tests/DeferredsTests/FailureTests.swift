import Deferreds
import Testing

@Suite struct `A Failure` {
  @Test func `that a trap does not match passes on as it is`() throws {
    let failure = Failure(Oops())
    let thrown = #expect(throws: Failure.self) { try failure.trap(CancelledError.self) }
    #expect(thrown === failure)
    #expect(try failure.trap(anyOf: CancelledError.self, Oops.self) is Oops)
  }

  @Test func `is checked by the names of its type and its parents`() {
    let failure = Failure(TaskDone())
    #expect(failure.check(names: ["ValueError", "SchedulerError"]) == "SchedulerError")
    #expect(failure.check(names: ["TaskFailed"]) == nil)
    #expect(failure.check((any TaskFinished).self) != nil)
  }

  @Test func `made while another was handled knows it as its cause`() {
    let deferred = Deferred<Int>.fail(Oops("first")).addErrback { _ -> Int in throw Oops("second") }
    guard case .failure(let failure) = deferred.currentResult else {
      Issue.record("not failed")
      return
    }
    #expect(failure.message == "second" && failure.cause?.message == "first")
    deferred.addErrback { _ in 0 }
  }

  @Test func `knows where it came in`() {
    let failure = Failure(Oops())
    #expect(failure.origin.file.hasSuffix("FailureTests.swift") && failure.origin.line > 0)
  }

  @Test func `of a Failure is a copy with an identity of its own`() {
    let failure = Failure(Oops("x"))
    let copy = Failure(failure)
    #expect(copy !== failure && copy.message == "x" && copy.origin == failure.origin)
  }

  @Test(arguments: [
    (Failure(TimeoutError(after: .milliseconds(2500))), "TimeoutError (2.5, 'Deferred')"),
    (Failure(FirstError(Failure(Oops("no B")), index: 1)), "FirstError #1 Oops no B"),
    (Failure(AlreadyCalled()), "AlreadyCalled Tried to cancel an already-called event."),
    (Failure(AlreadyCancelled()), "AlreadyCancelled Tried to cancel an already-cancelled event."),
    (Failure(QueueOverflow()), "QueueOverflow"),
    (Failure(Other()), "Other Other()"),
  ])
  func `says its type and message`(failure: Failure, words: String) {
    #expect(failure.description == words)
  }
}
