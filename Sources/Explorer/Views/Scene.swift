package import Screen
package import Traces

/// What every panel draws from: what is true now, what is known of the end, and with which signs to say it.
package struct Scene {
  package var world: World
  /// What will be true when the run is over, where that is known already.
  package var future: World?
  package var glyphs: Glyphs

  package init(world: World, future: World? = nil, glyphs: Glyphs = .unicode) {
    self.world = world
    self.future = future
    self.glyphs = glyphs
  }

  /// A Deferred's name; a number where nothing is known of it.
  func name(of id: DeferredID) -> String {
    world.deferreds.indices.contains(id) ? world.deferreds[id].name : "deferred \(id)"
  }

  func deferred(_ id: DeferredID?) -> DeferredState? {
    guard let id, world.deferreds.indices.contains(id) else { return nil }
    return world.deferreds[id]
  }

  func failure(_ id: FailureID?) -> FailureState? {
    guard let id, world.failures.indices.contains(id) else { return nil }
    return world.failures[id]
  }

  /// A Failure in one line: `ValueError: bad line 3`.
  func text(ofFailure id: FailureID) -> String {
    guard let failure = failure(id) else { return "failure \(id)" }
    return failure.message.isEmpty ? failure.type : "\(failure.type): \(failure.message)"
  }

  /// What goes along a line, in one line.
  func text(of outcome: Outcome) -> String {
    switch outcome {
    case .value(let value): text(of: value)
    case .failure(let id): text(ofFailure: id)
    case .deferred(let id): "Deferred \(name(of: id))"
    }
  }

  func text(of value: ValueText) -> String {
    value.isCut ? value.text + String(glyphs[.ellipsis]) : value.text
  }

  /// Whether it is certain that nobody handles a Failure: it was reported, or the known end says so.
  func isNeverHandled(_ id: FailureID) -> Bool {
    if let failure = failure(id), case .unhandled = failure.fate { return true }
    guard let future, future.failures.indices.contains(id) else { return false }
    if case .unhandled = future.failures[id].fate { return true }
    return false
  }

  /// The style of the line along which an outcome goes.
  func style(of outcome: Outcome) -> Style {
    switch outcome {
    case .value, .deferred: Style(.callbackLine)
    case .failure(let id): Style(isNeverHandled(id) ? .unhandled : .errbackLine)
    }
  }
}

extension Outcome {
  /// The line on which it goes along a chain.
  var side: Side {
    if case .failure = self { .errback } else { .callback }
  }
}

extension Side {
  var other: Side { self == .callback ? .errback : .callback }
}
