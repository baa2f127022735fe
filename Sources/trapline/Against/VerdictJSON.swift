/// A verdict as one JSON object, for programs.
struct VerdictJSON {
  var file: String

  func object(of verdict: Verdict) -> JSONTree {
    let members: [(String, JSONTree)] =
      switch verdict {
      case .same(let run, let python):
        [("outcome", .string("same"))] + Self.members(of: python) + [("compared", Self.counts(of: run))]
      case .different(let difference, let here, _, let python):
        [("outcome", .string("different"))] + Self.members(of: python)
          + [("compared", Self.counts(of: here)), ("difference", Self.object(of: difference))]
      case .endlessThere(let reason, let python):
        [("outcome", .string("no_answer"))] + Self.members(of: python) + [("reason", .string(reason))]
      case .endlessHere(let reason, let there, let python):
        [("outcome", .string("endless"))] + Self.members(of: python)
          + [("reason", .string(reason)), ("there", there.map(JSONTree.string) ?? .null)]
      case .unavailable(let lack):
        [("outcome", .string("unavailable")), ("tried", .array(lack.tried.map(Self.object)))]
      }
    return Self.object([("file", .string(file))] + members)
  }

  private static func members(of python: TwistedPython) -> [(String, JSONTree)] {
    [
      ("twisted", .string(python.twisted)), ("proven_against", .string(TwistedPython.proven)),
      ("python", object([("path", .string(python.path)), ("version", .string(python.version))])),
    ]
  }

  /// How many of what were compared.
  private static func counts(of run: ObservedRun) -> JSONTree {
    let subjects = Subject.allCases.filter { $0 != .time }
    return object(subjects.map { ($0.rawValue, .number("\(run[$0].count)")) })
  }

  private static func object(of difference: FirstDifference) -> JSONTree {
    let (way, here, there): (String, ObservedEntry?, ObservedEntry?) =
      switch difference.way {
      case .missing(let entry): ("missing", nil, entry)
      case .extra(let entry): ("extra", entry, nil)
      case .order(let here, let there): ("order", here, there)
      case .other(let here, let there): ("other", here, there)
      case .details(_, let here, let there): ("details", here, there)
      }
    var members: [(String, JSONTree)] = [
      ("in", .string(difference.subject.rawValue)), ("index", .number("\(difference.index)")),
      ("way", .string(way)),
    ]
    if case .details(let details, _, _) = difference.way {
      members.append(("details", .array(details.map { .string($0.name) })))
    }
    return object(
      members + [
        ("words", .string(difference.words)), ("here", object(of: here)), ("twisted", object(of: there)),
      ])
  }

  private static func object(of entry: ObservedEntry?) -> JSONTree {
    guard let entry else { return .null }
    return entry.name.isEmpty ? entry.source : object([(entry.name, entry.source)])
  }

  private static func object(of useless: UselessPython) -> JSONTree {
    object([("path", .string(useless.path)), ("why", .string(useless.why))])
  }

  private static func object(_ members: [(String, JSONTree)]) -> JSONTree {
    .object(members.map { JSONTree.Member(key: $0.0, value: $0.1) })
  }
}
