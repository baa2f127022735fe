import Traces

/// Failures that are alike: of one type, and ended in the same way in the same place of the program.
package struct FailureGroup: Equatable, Sendable {
  package let type: String
  package let kind: FateKind
  /// Who ended it: a handler, a coroutine, the Failure that it became; empty where nobody did.
  package let end: String
  /// Whether that was a library's code, which often is just how it goes about things.
  package let isOfLibrary: Bool
  /// In order of birth.
  package internal(set) var members: [Int32] = []

  /// By what it is known again while more is read.
  package var key: String { "\(type)\n\(kind.word)\n\(end)" }

  init(
    _ failure: FailureState, _ kind: FateKind, in world: World, _ libraries: inout LibraryFiles
  ) {
    (type, self.kind) = (failure.type, kind)
    switch failure.fate {
    case .trapped(let ref, _), .swallowed(let ref):
      let stage = world.deferreds.at(ref.deferred)?.stages.at(ref.stage)
      end = stage?.name(of: ref.side, at: ref.stage) ?? ""
      isOfLibrary = libraries.contains(stage?.place)
    case .became(let next):
      end = world.failures.at(next)?.type ?? ""
      isOfLibrary = false
    case .consumed(let id), .unhandled(let id):
      let deferred = world.deferreds.at(id)
      end = deferred?.generatorName ?? deferred.map { withoutNumber($0.name) } ?? ""
      isOfLibrary = libraries.contains(deferred?.madePlace)
    case .logged, .travelling:
      end = ""
      isOfLibrary = libraries.contains(failure.bornPlace)
    }
  }

  /// Whether it comes before another one: what the program's own code has to do with first, and the worst first.
  static func comes(_ one: FailureGroup, before other: FailureGroup) -> Bool {
    // What nobody handled is trouble wherever it was.
    let isBehind = (one.isOfLibrary && one.kind != .unhandled, other.isOfLibrary && other.kind != .unhandled)
    if isBehind.0 != isBehind.1 { return isBehind.1 }
    if one.kind != other.kind { return one.kind.rawValue < other.kind.rawValue }
    if one.members.count != other.members.count { return one.members.count > other.members.count }
    return one.members.first ?? 0 < other.members.first ?? 0
  }
}

/// Which files are libraries', looked at once each.
struct LibraryFiles {
  private var known: [String: Bool] = [:]

  mutating func contains(_ place: Place?) -> Bool {
    guard let place else { return false }
    if let answer = known[place.file] { return answer }
    if known.count > 10_000 { known = [:] }
    known[place.file] = place.isOfLibrary
    return place.isOfLibrary
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
