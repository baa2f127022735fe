import Deferreds

/// Keeps the optimiser from dropping work whose result nobody uses.
@inline(never) func blackhole<T>(_ value: T) {}

enum OurWork {
  static func callbacks(_ n: Int) throws {
    for _ in 0..<(n / 10) {
      let deferred = Deferred<Int>()
      var last = deferred
      for _ in 0..<10 { last = last.addCallback { $0 &+ 1 } }
      try deferred.callback(1)
    }
  }

  static func fired(_ n: Int) throws {
    for _ in 0..<(n / 10) {
      var last = Deferred.succeed(1)
      for _ in 0..<10 { last = last.addCallback { $0 &+ 1 } }
      blackhole(last)
    }
  }

  static func waiting(_ n: Int) throws {
    for _ in 0..<n {
      let inner = Deferred<Int>()
      let outer = Deferred<Int>()
      outer.addCallback { _ in inner }.addCallback { $0 &+ 1 }
      try outer.callback(1)
      try inner.callback(2)
    }
  }

  struct Oops: Error {}

  static func recovering(_ n: Int) throws {
    for _ in 0..<n {
      let deferred = Deferred<Int>()
      deferred.addCallback { _ -> Int in throw Oops() }.addErrback { _ in 0 }
      try deferred.callback(1)
    }
  }

  static func cancelling(_ n: Int) throws {
    for _ in 0..<n {
      let deferred = Deferred<Int>()
      deferred.addErrback { _ in 0 }
      try deferred.cancel()
    }
  }

  static func timers(pending: Int) -> (Int) throws -> Void {
    let clock = VirtualClock(stepping: .jump)
    for index in 0..<pending { clock.callLater(after: .seconds(1_000_000_000 + index)) {} }
    return { n in
      for index in 0..<n {
        clock.callLater(after: .seconds(1)) { blackhole(index) }
        try clock.advance(by: .seconds(1))
      }
    }
  }

  static func cancelled(_ n: Int) throws {
    let clock = VirtualClock()
    let calls = (0..<n).map { clock.callLater(after: .seconds($0)) {} }
    for call in calls { try call.cancel() }
  }

  static func shuffled(_ n: Int) throws {
    let clock = VirtualClock(stepping: .jump)
    for index in 0..<n { clock.callLater(after: .seconds(index * 7919 % n)) { blackhole(index) } }
    try clock.advance(by: .seconds(n))
  }

  static func looping(_ n: Int) throws {
    let clock = VirtualClock()
    let loop = LoopingCall(on: clock) { blackhole(n) }
    try loop.start(every: .seconds(1), now: false)
    try clock.advance(by: .seconds(n))
  }
}

// MARK: Growth

extension OurWork {
  /// Many stages on one Deferred.
  static func stages(_ n: Int) throws {
    let deferred = Deferred<Int>()
    for _ in 0..<n { deferred.addCallback { $0 &+ 1 } }
    try deferred.callback(0)
  }

  /// Deferreds of which each waits for the next, released by the last.
  static func row(_ n: Int) throws {
    let row = (0..<n).map { _ in Deferred<Int>() }
    for (outer, inner) in zip(row, row.dropFirst()) { outer.addCallback { _ in inner } }
    for deferred in row { try deferred.callback(1) }
  }
}
