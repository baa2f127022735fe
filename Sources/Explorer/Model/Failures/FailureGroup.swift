package import Traces

/// Failures that are alike: of one type, and ended in the same way in the same place of the program.
package struct FailureGroup: Equatable, Sendable {
  package let type: String
  package let kind: FateKind
  /// Who ended it: a handler, a coroutine, the Failure that it became; empty where nobody did.
  package let end: String
  /// Whether they were taken by an errback that did not ask for their type; it mostly asked for none at all.
  package let isUnasked: Bool
  /// What came of them, and of what took their place; of several things the worst.
  package internal(set) var concern: FailureKin.Concern
  /// How many of its members matter that much.
  package internal(set) var worst = 0
  /// In order of birth.
  package internal(set) var members: [Int32] = []

  /// By what it is known again while more is read.
  package var key: String { "\(type)\n\(kind.word)\n\(end)\(isUnasked ? "\n" : "")" }

  init(_ failure: FailureState, _ kind: FateKind, _ concern: FailureKin.Concern, in world: World) {
    (type, self.kind, self.concern) = (failure.type, kind, concern)
    if case .trapped(_, nil) = failure.fate { isUnasked = true } else { isUnasked = false }
    switch failure.fate {
    case .trapped(let ref, _), .swallowed(let ref):
      let stage = world.deferreds.at(ref.deferred)?.stages.at(ref.stage)
      end = stage?.name(of: ref.side, at: ref.stage) ?? ""
    case .became(let next):
      end = world.failures.at(next)?.type ?? ""
    case .consumed(let id), .unhandled(let id):
      let deferred = world.deferreds.at(id)
      end = deferred?.generatorName ?? deferred.map { withoutNumber($0.name) } ?? ""
    case .logged, .travelling:
      end = ""
    }
  }

  /// Whether a library went about things in its own way.
  package var isQuiet: Bool { concern > .handled }

  /// Whether it comes before another one: what matters most, as `trapline why` tells them.
  static func comes(_ one: FailureGroup, before other: FailureGroup) -> Bool {
    if one.concern != other.concern { return one.concern < other.concern }
    if one.kind != other.kind { return one.kind.rawValue < other.kind.rawValue }
    if one.members.count != other.members.count { return one.members.count > other.members.count }
    return one.members.first ?? 0 < other.members.first ?? 0
  }
}

/// How the Failures panel lists them.
package enum FailuresView: Equatable, Sendable {
  /// Each one, as far as the filter leaves it.
  case list
  /// Those that are alike in one row.
  case groups
  /// The members of one group, by its key.
  case group(String)
}

/// `fetch 231` as `fetch`.
func withoutNumber(_ name: String) -> String {
  let number = name.reversed().prefix { $0.isNumber }
  let base = name.dropLast(number.count)
  return !number.isEmpty && base.last == " " ? String(base.dropLast()) : name
}
