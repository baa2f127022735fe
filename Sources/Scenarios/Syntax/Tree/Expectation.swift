/// One entry of `expect`: a moment, and what must hold then.
package struct Expectation: Sendable {
  package enum Moment: Sendable, Equatable {
    /// After everything due at this time.
    case at(Microseconds)
    case end
  }

  /// One thing that must hold. Names are object names: `x` the first object of that name, `x#2` the second.
  package struct Check: Sendable {
    package enum Kind: Sendable {
      case result(String, Literal)
      case failed(String, type: String)
      case pending(String)
      case waiting(String, on: String)
      case paused(String, Int)
      case trapped(type: String, by: HandlerPath)
      /// Exactly these names, in any order.
      case unhandled([String])
      /// The types of all logged errors, in order.
      case errors([String])
      /// All texts so far, in order.
      case log([String])
      case timers([Microseconds])
      case ticks(String, Int)
      /// Exactly these locks and semaphores.
      case held([String])
      case ran([HandlerPath])
    }

    package var kind: Kind
    package var mark: Mark
  }

  package var moment: Moment
  package var checks: [Check]
  package var mark: Mark
}
