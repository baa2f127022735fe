import Deferreds
import Testing

@Suite struct `Sharing` {
  @Test func `a lock is handed on in the order of asking`() throws {
    let lock = DeferredLock()
    let log = Log()
    for name in ["a", "b", "c"] { lock.acquire(giving: name).logged(log) }
    try lock.release()
    try lock.release()
    #expect(log.lines == ["a", "b", "c"])
    try lock.release()
    #expect(throws: AssertionError("Tried to release an unlocked lock")) { try lock.release() }
  }

  @Test func `a cancelled waiter gives up its place`() throws {
    let lock = DeferredLock()
    let log = Log()
    lock.acquire(giving: "a").logged(log)
    let waiting = lock.acquire(giving: "b").logged(log)
    lock.acquire(giving: "c").logged(log)
    try waiting.cancel()
    try lock.release()
    #expect(log.lines == ["a", "CancelledError", "c"])
    waiting.addErrback { _ in "" }
  }

  @Test func `a semaphore has so many tokens and no more`() throws {
    let semaphore = try DeferredSemaphore(tokens: 2)
    let taken = (0..<3).map { _ in semaphore.acquire() }
    #expect(taken.map(\.isCalled) == [true, true, false])
    for _ in 0..<3 { try semaphore.release() }
    #expect(throws: AssertionError("Someone released me too many times: too many tokens!")) {
      try semaphore.release()
    }
    #expect(throws: ValueError("DeferredSemaphore requires tokens >= 1")) {
      try DeferredSemaphore(tokens: 0)
    }
  }

  @Test func `run releases on both paths`() throws {
    let lock = DeferredLock()
    #expect(lock.run { 1 }.shown == "1")
    let failed = lock.run { () -> Int in throw Oops() }
    #expect(failed.shown == "Oops oops" && !lock.isLocked)
    failed.addErrback { _ in 0 }
  }

  @Test func `cancelling a run cancels what it waits for and releases`() throws {
    let lock = DeferredLock()
    let inner = Deferred<Int>()
    let run = lock.run { inner }
    #expect(lock.isLocked)
    try run.cancel()
    #expect(run.shown == "CancelledError" && !lock.isLocked)
    run.addErrback { _ in 0 }
  }

  @Test func `a cancel does nothing once the lock is acquired`() throws {
    let lock = DeferredLock()
    let acquired = lock.acquire()
    try acquired.cancel()
    #expect(lock.isLocked && acquired.shown == "<lock lock>")
  }

  @Test func `a queue passes over one that was cancelled while it waited`() throws {
    let queue = DeferredQueue<Int>(backlog: 1)
    let cancelled = try queue.get()
    try cancelled.cancel()
    let next = try queue.get()
    try queue.put(1)
    #expect([cancelled.shown, next.shown] == ["CancelledError", "1"])
    cancelled.addErrback { _ in 0 }
  }

  @Test func `a queue hands elements to those who wait, in order`() throws {
    let queue = DeferredQueue<Int>(size: 1, backlog: 2)
    let first = try queue.get()
    let second = try queue.get()
    #expect(throws: QueueUnderflow.self) { try queue.get() }
    for number in 1...3 { try queue.put(number) }
    #expect([first.shown, second.shown] == ["1", "2"])
    #expect(throws: QueueOverflow.self) { try queue.put(4) }
    #expect(try queue.get().shown == "3")
  }
}
