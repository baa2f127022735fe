import Deferreds
import Dispatch
import Testing

/// Generator code as a list of closures, one for each time it is resumed.
struct Steps: GeneratorBody {
  typealias Step = (Result<Py, Failure>?) throws -> GeneratorStep<Py, Py>
  var steps: [Step]
  init(_ steps: Step...) { self.steps = steps }

  mutating func resume(_ sent: Result<Py, Failure>?) throws -> GeneratorStep<Py, Py> {
    try steps.removeFirst()(sent)
  }
}

@Suite struct `Generator code` {
  @Test func `goes on with the result, and leaves the chain empty`() throws {
    let inner = Deferred<Py>()
    let outer = Deferred<Py>.generator(
      .inline, Steps({ _ in .wait(inner) }, { .finished(.text("got \(try $0?.get() ?? .none)")) }))
    #expect(!outer.isCalled)
    try inner.callback(.int(1))
    #expect(outer.shown == "got 1" && inner.shown == "none")
  }

  @Test(arguments: [(GeneratorKind.inline, "none"), (.coroutine, "7")])
  func `takes the result of a fired chain, but a coroutine leaves it`(kind: GeneratorKind, left: String) {
    let fired = Deferred<Py>.succeed(.int(7))
    let outer = Deferred<Py>.generator(
      kind, Steps({ _ in .wait(fired) }, { .finished(try $0?.get() ?? .none) }))
    #expect(outer.shown == "7" && fired.shown == left)
  }

  @Test func `gets a plain value straight back`() {
    let outer = Deferred<Py>.generator(
      .inline,
      Steps({ _ in .plain(.int(5)) }, { .finished(try $0?.get() ?? .none) }))
    #expect(outer.shown == "5")
  }

  @Test func `that throws fails its chain, with the Failure it handled as the cause`() throws {
    let inner = Deferred<Py>()
    let outer = Deferred<Py>.generator(.inline, Steps({ _ in .wait(inner) }, { _ in throw Oops("second") }))
    try inner.errback(Oops("first"))
    guard case .failure(let failure) = outer.currentResult else {
      Issue.record("not failed")
      return
    }
    #expect(failure.message == "second" && failure.cause?.message == "first")
    outer.ignoringFailure()
  }

  @Test func `takes no stack for chains that have fired`() {
    struct Counting: GeneratorBody {
      var count = 0
      mutating func resume(_ sent: Result<Py, Failure>?) throws -> GeneratorStep<Py, Py> {
        count += 1
        return count < 100_000 ? .wait(.succeed(.int(count))) : .finished(.int(count))
      }
    }
    #expect(Deferred<Py>.generator(.inline, Counting()).shown == "100000")
  }

  @Test func `that is cancelled may catch it, go on, and fire later`() throws {
    let inner = Deferred<Py>()
    let second = Deferred<Py>()
    let outer = Deferred<Py>.generator(
      .inline,
      Steps(
        { _ in .wait(inner) },
        { sent in
          if case .failure(let failure)? = sent { try failure.trap(CancelledError.self) }
          return .wait(second)
        },
        { .finished(try $0?.get() ?? .none) }))
    try outer.cancel()
    #expect(outer.isWaiting)
    try second.callback(.text("after all"))
    #expect(outer.shown == "after all")
  }

  @Test func `that is cancelled fails with CancelledError when it does not catch it`() throws {
    let outer = Deferred<Py>.generator(
      .inline,
      Steps({ _ in .wait(Deferred<Py>()) }, { .finished(try $0?.get() ?? .none) }))
    try outer.cancel()
    #expect(outer.shown == "CancelledError")
    outer.ignoringFailure()
  }
}

@Suite struct `Async code` {
  @MainActor @Test func `waits for a chain and leaves it empty`() async throws {
    let deferred = Deferred<Int?>()
    let waiting = Task { try await deferred.value }
    await Task.yield()
    try deferred.callback(4)
    #expect(try await waiting.value == 4)
    #expect(deferred.shown == "moved")
  }

  @MainActor @Test func `reads a chain that has fired and leaves its result`() async throws {
    let deferred = Deferred.succeed(4)
    #expect(try await deferred.value == 4)
    #expect(deferred.shown == "4")
    let told = try unhandled { try Deferred<Int>().errback(Oops()) }
    #expect(told == ["Oops oops"])
  }

  @MainActor @Test func `gets the Failure of a chain thrown`() async throws {
    let deferred = Deferred<Int>.fail(Oops())
    await #expect(throws: Failure.self) { try await deferred.value }
  }

  @MainActor @Test(arguments: [true, false])
  func `that is cancelled where it waits for a chain cancels the chain`(alreadyWaiting: Bool) async throws {
    let log = Log()
    let deferred = Deferred<Int> { _ in log("cancelled") }
    let waiting = Task { try await deferred.value }
    if alreadyWaiting { await Task.yield() }
    waiting.cancel()
    await #expect { try await waiting.value } throws: { ($0 as? Failure)?.error is CancelledError }
    #expect(log.lines == ["cancelled"])
  }

  @MainActor @Test func `that is cancelled gets the result that the canceller gives`() async throws {
    let deferred = Deferred<Int> { try $0.callback(5) }
    let waiting = Task { try await deferred.value }
    waiting.cancel()
    #expect(try await waiting.value == 5)
  }

  @MainActor @Test func `that is cancelled after its chain has fired leaves the chain alone`() async throws {
    let inner = Deferred<Int?>()
    let deferred = Deferred<Int?>()
    let waiting = Task { try await deferred.value }
    await Task.yield()
    try deferred.callback(1)
    deferred.addCallback { _ in inner }
    waiting.cancel()
    #expect(try await waiting.value == 1)
    await Task.yield()
    #expect(!inner.isCalled)
  }

  @Test func `that waits for a chain touches it in its actor alone`() async throws {
    let places = try await Home().placesOfStages()
    #expect(places == [true])
  }

  @MainActor @Test func `makes a chain that fires with what it returns or throws`() async throws {
    let good = Deferred<Int> { () async throws -> Int in
      await Task.yield()
      return 8
    }
    let bad = Deferred<Int> { () async throws -> Int in throw Oops() }
    #expect(try await good.value == 8)
    await #expect(throws: Failure.self) { try await bad.value }
  }
}

/// An actor that knows whether code runs in it: its jobs run on a queue of its own.
private actor Home {
  private final class Executor: SerialExecutor {
    static let key = DispatchSpecificKey<Bool>()
    private let queue = DispatchQueue(label: "home")

    init() { queue.setSpecific(key: Self.key, value: true) }

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
  }

  /// Hears where stages are added.
  private final class Places: ChainObserver {
    var atHome: [Bool] = []

    func observe(_ event: ChainEvent) {
      if case .stageAdded = event { atHome.append(DispatchQueue.getSpecific(key: Executor.key) == true) }
    }
  }

  private let executor = Executor()
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// For each stage that an awaiting task adds, whether that was done here.
  func placesOfStages() async throws -> [Bool] {
    let places = Places()
    let deferred = Observation.with(Observation(places)) { Deferred<Int>() }
    let waiting = Task {
      // Named, so that the task is this actor's.
      _ = self
      return try await deferred.value
    }
    while places.atHome.isEmpty { await Task.yield() }
    try deferred.callback(1)
    _ = try await waiting.value
    return places.atHome
  }
}
