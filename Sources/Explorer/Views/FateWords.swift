import Screen
import Traces

/// What became of a Failure, or what will, in a sign and a few words.
struct FateWords {
  var glyph: Glyph
  var text: String
  var role: Role

  private init(_ glyph: Glyph, _ text: String, _ role: Role) {
    (self.glyph, self.text, self.role) = (glyph, text, role)
  }

  /// What is true now, and, for a Failure on its way, what is known of how it ends.
  init(_ failure: FailureState, in scene: Scene) {
    self.init(failure.fate, ended: "", in: scene)
    let known = scene.known.failures.at(failure.id)
    guard failure.fate == .travelling else {
      if let known, known.fate != failure.fate { text += Self.later(of: known, in: scene) }
      return
    }
    if let known, known.fate != .travelling {
      guard known.fateAt > scene.world.step else {
        self = FateWords(known.fate, ended: "", in: scene)
        return
      }
      var later = FateWords(known.fate, ended: "will be ", in: scene)
      later.text += " at step \(known.fateAt)"
      if case .unhandled = known.fate { later.text = "nobody will handle this (step \(known.fateAt))" }
      self = later
    } else if scene.isEndKnown {
      text = Self.atEnd(failure, in: scene)
    }
  }

  /// More Deferreds than this that were given a Failure are not asked whether they hold it.
  private static let holderLimit = 200

  /// Where it had ended, and goes on: who is given it next.
  private static func later(of failure: FailureState, in scene: Scene) -> String {
    guard let giving = failure.givings.first(where: { $0.step > scene.world.step }) else { return "" }
    return ", until step \(giving.step) gives it to \(scene.name(of: giving.to))"
  }

  /// Nothing has become of it, and nothing more comes: who has it then.
  private static func atEnd(_ failure: FailureState, in scene: Scene) -> String {
    let known = scene.known.failures.at(failure.id) ?? failure
    let last = (known.journey.last?.ref ?? known.bornIn)?.deferred
    let end = "alive at the end\(scene.stories.reservation(about: known))"
    if let holder = scene.stories.holders(of: known, limit: holderLimit).first {
      let more = known.holderCount > 1 ? ", and \(known.holderCount - 1) more" : ""
      return "\(end): \(scene.name(of: holder)) still holds it\(more)"
    }
    return last.map { "\(end), on its way in \(scene.name(of: $0))" }
      ?? "\(end); no Deferred is known to have it"
  }

  static func glyph(of kind: FateKind) -> Glyph {
    switch kind {
    case .unhandled: .unhandled
    case .alive: .raise
    case .swallowed: .swallowed
    case .logged: .bullet
    case .became: .becomes
    case .trapped: .trap
    case .caught, .taken: .check
    }
  }

  static func role(of kind: FateKind) -> Role {
    switch kind {
    case .unhandled: .unhandled
    case .alive: .errbackLine
    case .swallowed: .swallowed
    case .logged: .warning
    case .became: .failure
    case .trapped, .caught: .trapped
    case .taken: .passed
    }
  }

  private init(_ fate: Fate, ended: String, in scene: Scene) {
    switch fate {
    case .travelling: self.init(.raise, "on its way", .errbackLine)
    case .trapped(let ref, nil):
      let passage = scene.passage(at: ref)
      // It took what it did not ask for, or asked nothing: nobody knows whether that Failure was meant.
      let asked = passage?.asked.map { $0.joined(separator: ", ") }
      let isSilent = asked != nil && passage?.output == .value(ValueText("none"))
      let text =
        "\(ended)taken by \(scene.handlerFirst(ref)), which asked for \(asked ?? "no type")"
        + (isSilent ? ", and gave none" : "")
      self.init(isSilent ? .swallowed : .trap, text, isSilent ? .swallowed : .trapped)
    case .trapped(let ref, let type?):
      self.init(.trap, "\(ended)trapped in \(scene.handlerFirst(ref)) as \(type)", .trapped)
    case .swallowed(let ref):
      self.init(.swallowed, "\(ended)swallowed by \(scene.handlerFirst(ref))", .swallowed)
    case .became(let next):
      let verb = ended.isEmpty ? "became" : "will become"
      self.init(.becomes, "\(verb) \(scene.knownText(ofFailure: next))", .failure)
    case .logged: self.init(.bullet, "\(ended)logged, and gone", .warning)
    case .consumed(let by):
      let isCaught = scene.known.deferreds.at(by)?.generator != nil
      let how = isCaught ? "caught in" : "taken into the result of"
      self.init(.check, "\(ended)\(how) \(scene.name(of: by))", isCaught ? .trapped : .passed)
    case .unhandled(let id):
      self.init(.unhandled, "unhandled: nobody handled it in \(scene.name(of: id))", .unhandled)
    }
  }
}

extension Scene {
  /// A Failure in one line, also one that is yet to come.
  func knownText(ofFailure id: FailureID) -> String {
    (failure(id) ?? known.failures.at(id)).map { text(of: $0) } ?? "failure \(id)"
  }
}
