package import Traces

/// The ways in which a Failure may end, without where: what lists are filtered by and counts are kept of.
///
/// In the order in which a person who looks for trouble wants them, as ``FailureKin/Concern`` has it.
package enum FateKind: Int, CaseIterable, Sendable {
  /// Dropped, and reported as unhandled.
  case unhandled
  /// Written into the log.
  case logged
  /// Nothing has become of it: still on its way, or held by a Deferred, when the records end.
  case alive
  case swallowed, became
  /// A handler asked for its type, and gave a value.
  case trapped
  /// Thrown into a coroutine, which went on.
  case caught
  /// Taken by an errback that did not ask for its type, or into the result of a list or a gather.
  case taken

  /// - Parameter world: where it is looked up what took the Failure.
  package init(_ fate: Fate, in world: World) {
    self =
      switch fate {
      case .travelling: .alive
      case .trapped(_, let type): type == nil ? .taken : .trapped
      case .swallowed: .swallowed
      case .became: .became
      case .logged: .logged
      case .consumed(let by): world.deferreds.at(by)?.generator == nil ? .taken : .caught
      case .unhandled: .unhandled
      }
  }

  /// The word by which a person asks for it, and which counts have.
  package var word: String { "\(self)" }
}
