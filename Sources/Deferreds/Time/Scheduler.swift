/// A source of time that does work later, all of it in the isolation domain that asks.
public protocol Scheduler: AnyObject {
  /// The time on this clock, in microseconds.
  var nowMicroseconds: Int64 { get }

  /// Calls `body` once, `delay` after now.
  ///
  /// - Parameters:
  ///   - name: what tools call it.
  ///   - place: where it is set, for tools; one that is not known where nobody says.
  ///   - body: may throw; what becomes of the error is the scheduler's to say.
  @discardableResult
  func callLater(
    after delay: Duration, named name: String?, at place: Place, _ body: @escaping () throws -> Void
  ) -> DelayedCall

  /// What a loop or a cooperator holds of this scheduler: this itself, where nothing else is said.
  ///
  /// A scheduler holds by its pending call what runs on it. One that can be let go of meanwhile gives a core that
  /// does not hold it, and drops its calls when it goes: so no circle keeps both alive.
  var core: any Scheduler { get }
}

extension Scheduler {
  public var core: any Scheduler { self }

  /// The time on this clock.
  public var now: Duration { .microseconds(nowMicroseconds) }

  /// Calls `body` once, `delay` after now.
  ///
  /// - Parameters:
  ///   - name: what tools call it.
  ///   - file: where it is set, for tools.
  ///   - line: the line there.
  ///   - body: may throw; what becomes of the error is the scheduler's to say.
  @discardableResult @inlinable
  public func callLater(
    after delay: Duration, named name: String? = nil, file: String = #fileID, line: Int = #line,
    _ body: @escaping () throws -> Void
  ) -> DelayedCall {
    callLater(after: delay, named: name, at: Place(file: file, line: line), body)
  }
}
