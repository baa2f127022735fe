import NIOCore
import NIOEmbedded

/// The same work on SwiftNIO's embedded event loop, where it has something to compare.
enum NIOWork {
  static let loop = EmbeddedEventLoop()

  static func callbacks(_ n: Int) {
    for _ in 0..<(n / 10) {
      let promise = loop.makePromise(of: Int.self)
      var future = promise.futureResult
      for _ in 0..<10 { future = future.map { $0 &+ 1 } }
      promise.succeed(1)
    }
  }

  static func fired(_ n: Int) {
    for _ in 0..<(n / 10) {
      var future = loop.makeSucceededFuture(1)
      for _ in 0..<10 { future = future.map { $0 &+ 1 } }
      blackhole(future)
    }
  }

  static func waiting(_ n: Int) {
    for _ in 0..<n {
      let inner = loop.makePromise(of: Int.self)
      let outer = loop.makePromise(of: Int.self)
      let waited = inner.futureResult
      blackhole(outer.futureResult.flatMap { _ in waited }.map { $0 &+ 1 })
      outer.succeed(1)
      inner.succeed(2)
    }
  }

  static func recovering(_ n: Int) {
    for _ in 0..<n {
      let promise = loop.makePromise(of: Int.self)
      blackhole(
        promise.futureResult.flatMapThrowing { _ -> Int in throw OurWork.Oops() }.recover { _ in 0 })
      promise.succeed(1)
    }
  }

  static func timers(pending: Int) -> (Int) -> Void {
    let loop = EmbeddedEventLoop()
    for index in 0..<pending { loop.scheduleTask(in: .seconds(1_000_000_000 + Int64(index))) {} }
    return { n in
      for index in 0..<n {
        loop.scheduleTask(in: .seconds(1)) { blackhole(index) }
        loop.advanceTime(by: .seconds(1))
      }
    }
  }

  static func cancelled(_ n: Int) {
    let loop = EmbeddedEventLoop()
    let tasks = (0..<n).map { loop.scheduleTask(in: .seconds(Int64($0))) {} }
    for task in tasks { task.cancel() }
  }

  static func shuffled(_ n: Int) {
    let loop = EmbeddedEventLoop()
    for index in 0..<n { loop.scheduleTask(in: .seconds(Int64(index * 7919 % n))) { blackhole(index) } }
    loop.advanceTime(by: .seconds(Int64(n)))
  }

  static func looping(_ n: Int) {
    let loop = EmbeddedEventLoop()
    let task = loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in blackhole(n) }
    loop.advanceTime(by: .seconds(Int64(n)))
    task.cancel()
  }
}
