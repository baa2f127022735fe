internal import CTicks

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Turns the times of a tape into microseconds since the recording began.
///
/// Who writes a tape reads a counter, because a clock costs several times as much. Now and then both are read here,
/// and what lies between is in proportion.
struct TapeClock {
  private let isTicking: Bool
  private let firstTicks: UInt64
  private let firstTime_ns: Int64
  private var ticksSoFar: UInt64
  private var time_ns: Int64 = 0
  /// What was told last: what is computed from a counter must not go back.
  private var told: Int64 = 0

  /// Begins at 0 now.
  ///
  /// - Parameter ticking: whether the tape has ticks, or microseconds already.
  init(ticking: Bool) {
    isTicking = ticking
    firstTicks = cticks_now()
    firstTime_ns = monotonicTime_ns()
    ticksSoFar = 0
  }

  /// Reads the clock again: what is asked for from here on was put down before now.
  mutating func adjust() {
    ticksSoFar = cticks_now() &- firstTicks
    time_ns = monotonicTime_ns() - firstTime_ns
  }

  mutating func microseconds(at time: UInt64) -> Int64 {
    guard isTicking else { return Int64(clamping: time) }
    told = max(told, computed(at: time))
    return told
  }

  private func computed(at time: UInt64) -> Int64 {
    let ticks = time &- firstTicks
    // Not yet, or no longer, in proportion: a counter that was set back, as where a virtual machine moves.
    guard ticksSoFar > 0, ticks <= ticksSoFar else { return time_ns / 1000 }
    let (high, low) = ticks.multipliedFullWidth(by: UInt64(max(0, time_ns)))
    guard high < ticksSoFar else { return time_ns / 1000 }
    return Int64(clamping: ticksSoFar.dividingFullWidth((high, low)).quotient / 1000)
  }
}

/// Nanoseconds of the clock that only goes forward.
private func monotonicTime_ns() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
