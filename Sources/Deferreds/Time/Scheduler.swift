/// A source of time that does work later, all of it in the isolation domain that asks.
public protocol Scheduler: AnyObject {
  /// The time on this clock, in microseconds.
  var nowMicroseconds: Int64 { get }

  /// Calls `body` once, `delay` after now.
  ///
  /// - Parameters:
  ///   - name: what tools call it.
  ///   - body: may throw; what becomes of the error is the scheduler's to say.
  @discardableResult
  func callLater(
    after delay: Duration, named name: String?, _ body: @escaping () throws -> Void
  ) -> DelayedCall
}

extension Scheduler {
  /// The time on this clock.
  public var now: Duration { .microseconds(nowMicroseconds) }

  /// Calls `body` once, `delay` after now.
  @discardableResult
  public func callLater(after delay: Duration, _ body: @escaping () throws -> Void) -> DelayedCall {
    callLater(after: delay, named: nil, body)
  }
}
