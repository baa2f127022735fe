import CAllocation
import Deferreds
import NIOCore
import NIOEmbedded

/// What one pending object takes, by the bytes that the allocator has given out.
struct Held {
  let name: String
  let ours: () -> Double
  let nio: () -> Double

  static var all: [Held] {
    [
      Held(
        name: "memory-deferred",
        ours: {
          bytesEach { index in
            let deferred = Deferred<Int>()
            deferred.addCallback { $0 &+ index }
            return deferred
          }
        },
        nio: {
          bytesEach { index in
            let promise = NIOWork.loop.makePromise(of: Int.self)
            return (promise, promise.futureResult.map { $0 &+ index })
          } release: {
            $0.0.succeed(0)
          }
        }),
      Held(
        name: "memory-call",
        ours: {
          let clock = VirtualClock()
          return bytesEach { index in clock.callLater(after: .seconds(index)) { blackhole(index) } }
        },
        nio: {
          let loop = EmbeddedEventLoop()
          return bytesEach { index in
            loop.scheduleTask(in: .seconds(Int64(index))) { blackhole(index) }
          } release: {
            $0.cancel()
          }
        }),
    ]
  }

  private static let count = 20_000

  /// - Parameters:
  ///   - make: one object, which is kept until all are made.
  ///   - release: what has to be done to it before it may go.
  private static func bytesEach<T>(_ make: (Int) -> T, release: (T) -> Void = { _ in }) -> Double {
    var kept: [T] = []
    kept.reserveCapacity(count)
    let before = allocated_bytes()
    for index in 0..<count { kept.append(make(index)) }
    let size = Double(allocated_bytes() - before) / Double(count)
    for object in kept { release(object) }
    return size
  }
}
