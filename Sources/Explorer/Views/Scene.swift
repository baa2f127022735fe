package import Screen
package import Traces

/// What every panel draws from: what is true now, what is known of the end, and with which signs to say it.
package struct Scene {
  package var world: World
  /// What is true at the last step that is known: how things go on is read from it.
  package var known: World
  /// Whether nothing comes after what is known.
  package var isEndKnown: Bool
  package var glyphs: Glyphs
  /// Whether the places of handlers are those of a recorded program, and worth showing.
  var showsPlaces = false

  /// - Parameters:
  ///   - known: what is true at the last step that is known; nil where nothing is known beyond `world`.
  ///   - isEndKnown: whether the run ends there.
  package init(world: World, known: World? = nil, isEndKnown: Bool = false, glyphs: Glyphs = .unicode) {
    self.world = world
    self.known = known ?? world
    self.isEndKnown = isEndKnown
    self.glyphs = glyphs
  }

  /// What will be true when the run is over, where that is known.
  var future: World? { isEndKnown ? known : nil }

  /// What has become of everything, as far as that is known.
  var stories: Stories { Stories(world: known, isComplete: isEndKnown) }

  /// A Deferred's name; a number where nothing is known of it.
  func name(of id: DeferredID) -> String {
    state(of: id)?.name ?? "deferred \(id)"
  }

  /// As it is now, or, for one that is yet to come, as it will be.
  private func state(of id: DeferredID) -> DeferredState? {
    world.deferreds.at(id) ?? known.deferreds.at(id)
  }

  /// Whether it is certain that one is not fired in this run; one that is made later, too.
  func neverFires(_ id: DeferredID) -> Bool {
    guard case .never = stories.firing(of: id) else { return false }
    return true
  }

  func deferred(_ id: DeferredID?) -> DeferredState? {
    id.flatMap { world.deferreds.at($0) }
  }

  func failure(_ id: FailureID?) -> FailureState? {
    id.flatMap { world.failures.at($0) }
  }

  /// A Failure in one line: `ValueError: bad line 3`.
  func text(ofFailure id: FailureID) -> String {
    failure(id).map { text(of: $0) } ?? "failure \(id)"
  }

  func text(of failure: FailureState) -> String {
    let message = rowText(failure.message, glyphs: glyphs)
    return message.isEmpty ? failure.type : "\(failure.type): \(message)"
  }

  /// What goes along a line, in one line.
  func text(of outcome: Outcome) -> String {
    switch outcome {
    case .value(let value): text(of: value)
    case .failure(let id): text(ofFailure: id)
    case .deferred(let id): "Deferred \(name(of: id))"
    }
  }

  /// A value in one line, without the addresses that tell two objects apart, which are long and say nothing else.
  func text(of value: ValueText) -> String {
    withoutAddresses(rowText(fullText(of: value), glyphs: glyphs))
  }

  func fullText(of value: ValueText) -> String {
    value.isCut ? value.text + String(glyphs[.ellipsis]) : value.text
  }

  /// What goes along a line, with all that is known of it.
  func fullText(of outcome: Outcome) -> String {
    if case .value(let value) = outcome { fullText(of: value) } else { text(of: outcome) }
  }

  /// Whether it is certain that nobody handles a Failure: it was reported, or the known end says so.
  func isNeverHandled(_ id: FailureID) -> Bool {
    stories.isNeverHandled(id)
  }

  /// One side of a stage: `poem.parse`.
  func name(of ref: StageRef) -> String {
    let handler = state(of: ref.deferred)?.stages.at(ref.stage)?.name(of: ref.side, at: ref.stage)
    return "\(name(of: ref.deferred)).\(handler ?? String(ref.stage))"
  }

  /// The same with what differs most in front: `parse of poem`.
  func handlerFirst(_ ref: StageRef) -> String {
    let handler = state(of: ref.deferred)?.stages.at(ref.stage)?.name(of: ref.side, at: ref.stage)
    return "\(handler ?? "stage \(ref.stage)") of \(name(of: ref.deferred))"
  }

  /// How a stage was gone through, as far as that is known.
  func passage(at ref: StageRef) -> Passage? {
    known.deferreds.at(ref.deferred)?.stages.at(ref.stage)?.passage
  }

  /// What runs: `parse of poem`, a timer, a call.
  func name(of frame: Frame) -> String {
    switch frame {
    case .timer(let id): "the timer \(world.timers.at(id)?.name ?? String(id))"
    case .handler(let id, let stage, let side):
      name(of: StageRef(deferred: id, stage: stage, side: side))
    case .canceller(let id): "the canceller of \(name(of: id))"
    case .call(_, let name): name
    }
  }

  /// The style of the line along which an outcome goes.
  func style(of outcome: Outcome) -> Style {
    switch outcome {
    case .value, .deferred: Style(.callbackLine)
    case .failure(let id): Style(isNeverHandled(id) ? .unhandled : .errbackLine)
    }
  }
}

/// `<Response at 0x7fad1bb37d50>` as `<Response>`.
func withoutAddresses(_ text: String) -> String {
  let mark = " at 0x"
  guard text.contains(mark) else { return text }
  let parts = text.split(separator: mark, omittingEmptySubsequences: false)
  return parts.enumerated().map { index, part in
    index == 0 ? String(part) : String(part.drop { $0.isHexDigit })
  }.joined()
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
