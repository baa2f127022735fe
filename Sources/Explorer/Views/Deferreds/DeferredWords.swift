import Screen
import Traces

/// The state of a Deferred in a sign and a few words.
struct DeferredWords {
  var glyph: Glyph
  var text: String
  var role: Role

  /// - Parameter scene: where names and Failures are looked up, and what is known of the end.
  init(_ deferred: DeferredState, in scene: Scene) {
    if deferred.firedAt == nil {
      self.init(unfired: deferred, in: scene)
    } else if let inner = deferred.waitsOn ?? Self.inner(of: deferred) {
      self.init(glyph: .wait, text: "waits on \(scene.name(of: inner))", role: .waiting)
    } else if let stage = deferred.currentStage, let state = deferred.stages.at(stage) {
      let side = state.passage?.side ?? .callback
      self.init(glyph: .current, text: "runs \(state.name(of: side, at: stage))", role: .title)
    } else if deferred.pauseCount != 0 {
      let times = deferred.pauseCount == 1 ? "" : " \(deferred.pauseCount) times"
      self.init(glyph: .paused, text: "paused\(times)", role: .waiting)
    } else {
      self.init(fired: deferred, in: scene)
    }
  }

  /// All that a row may say of a Deferred: what a filter looks for words in.
  static func row(of deferred: DeferredState, in scene: Scene) -> String {
    let place = deferred.madePlace.flatMap { scene.showsPlaces ? " \(placeText($0, isShort: true))" : nil }
    let names = [deferred.name] + deferred.otherNames.prefix(DetailLines.listLimit)
    return "\(names.joined(separator: " ")) \(DeferredWords(deferred, in: scene).text)\(place ?? "")"
  }

  private init(glyph: Glyph, text: String, role: Role) {
    (self.glyph, self.text, self.role) = (glyph, text, role)
  }

  private init(unfired deferred: DeferredState, in scene: Scene) {
    var text = "not fired"
    if deferred.isCancelAsked { text += ", cancel asked" }
    if deferred.pauseCount != 0 { text += ", paused" }
    if let group = deferred.group {
      // Counting the slots would cost as much as there are members.
      text += ", \(group.kind) of \(group.members.count)"
    } else if let inner = deferred.waitsFor {
      text = "waits on \(scene.name(of: inner))\(text.dropFirst("not fired".count))"
    } else if let generator = deferred.generator {
      text += ", \(generator)"
    }
    let neverFires = scene.neverFires(deferred.id)
    if deferred.isCollected {
      // One that was there before the trace may have fired before, too; who is dropped with a Failure had.
      let isTold =
        deferred.madeAt > 0 && !scene.known.isUncertain(after: deferred.madeAt)
        && (neverFires || scene.future == nil)
      let text = isTold ? "never fired" : "dropped; its firing is not told"
      self.init(glyph: .unfired, text: text, role: .plain)
      return
    }
    if deferred.waitsFor != nil {
      self.init(glyph: .wait, text: neverFires ? "\(text), never fires" : text, role: .waiting)
      return
    }
    if neverFires { text = "never fires" + text.dropFirst("not fired".count) }
    self.init(glyph: deferred.isCancelAsked ? .cancelled : .unfired, text: text, role: .plain)
  }

  private init(fired deferred: DeferredState, in scene: Scene) {
    switch deferred.result {
    case .failure(let id)?:
      let text = scene.text(ofFailure: id)
      if deferred.unhandled == id {
        self.init(glyph: .unhandled, text: "unhandled \(text)", role: .unhandled)
      } else if scene.isNeverHandled(id) {
        self.init(glyph: .unhandled, text: "nobody will handle \(text)", role: .unhandled)
      } else {
        self.init(glyph: .raise, text: text, role: .failure)
      }
    case .value(.none)? where deferred.passedOn != nil:
      // What is left says nothing of how it went: whoever waited has the Failure.
      let type = deferred.passedOn.flatMap { scene.known.failures.at($0)?.type } ?? "a Failure"
      let outer = deferred.passedTo.map { " to \(scene.name(of: $0))" } ?? ""
      self.init(glyph: .raise, text: "\(type), passed on\(outer)", role: .passed)
    case .value(let value)?:
      if let outer = Self.taker(of: deferred) {
        self.init(glyph: .moved, text: "moved to \(scene.name(of: outer))", role: .passed)
      } else {
        self.init(glyph: .fired, text: scene.text(of: value), role: .callbackLine)
      }
    case .deferred(let id)?:
      self.init(glyph: .fired, text: "Deferred \(scene.name(of: id))", role: .callbackLine)
    case nil:
      self.init(glyph: .fired, text: "fired", role: .callbackLine)
    }
  }

  /// What the handler has just returned, on which it is about to wait.
  private static func inner(of deferred: DeferredState) -> DeferredID? {
    guard let stage = deferred.currentStage,
      case .waiting(let inner)? = deferred.stages.at(stage)?.passage?.state
    else { return nil }
    return inner
  }

  /// The Deferred to which the result went on, where resuming it was the last that happened.
  static func taker(of deferred: DeferredState) -> DeferredID? {
    guard let stage = deferred.stages.at(deferred.nextStage - 1), stage.passage != nil,
      case .resumes(let outer) = stage.kind
    else { return nil }
    return outer
  }
}

extension Scene {
  /// What the title of a chain says about its Deferred: when it fired, where there is room, and its state.
  func note(on deferred: DeferredState, room: Int) -> String {
    let words = DeferredWords(deferred, in: self)
    guard let time = deferred.firedTime, width(of: words.text) + 20 <= room else { return words.text }
    let separator = glyphs == .unicode ? "·" : "-"
    return "fired at \(clockText(time)) \(separator) \(words.text)"
  }
}
