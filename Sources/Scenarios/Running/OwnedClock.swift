internal import Deferreds

/// The run's clock as one owner of timers sees it: each call carries the owner's name, under which its errors
/// are logged.
///
/// The run alone holds its clock. A loop holds its scheduler, so one that is never stopped would otherwise keep
/// the clock alive, which by the pending call keeps the loop alive.
final class OwnedClock: Scheduler {
  private unowned let clock: VirtualClock
  private let owner: String

  init(_ clock: VirtualClock, owner: String) {
    self.clock = clock
    self.owner = owner
  }

  var nowMicroseconds: Int64 { clock.nowMicroseconds }

  func callLater(
    after delay: Duration, named name: String?, at place: Place, _ body: @escaping () throws -> Void
  ) -> DelayedCall {
    clock.callLater(after: delay, named: owner, at: place, body)
  }
}

@available(*, unavailable) extension OwnedClock: Sendable {}
