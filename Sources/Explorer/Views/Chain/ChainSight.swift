import Screen
import Traces

/// How one Deferred's chain looks at a step: which boxes were reached, and which still can be.
struct ChainSight {
  let scene: Scene
  let deferred: DeferredState
  /// The same Deferred at the end of the run, where that is known.
  private let atEnd: DeferredState?

  init(_ deferred: DeferredState, in scene: Scene) {
    self.scene = scene
    self.deferred = deferred
    atEnd = scene.future.flatMap {
      $0.deferreds.indices.contains(deferred.id) ? $0.deferreds[deferred.id] : nil
    }
  }

  /// Whether a stage is one of this Deferred's.
  func isStage(_ stage: Int) -> Bool { stage >= 0 && stage < stageCount }

  var stageCount: Int { deferred.stages.count }

  /// Whether this run, which is known to its end, never fires it.
  var neverFires: Bool { scene.neverFires(deferred.id) }

  /// The stage to keep in view: the one that runs or waits, else the next one, else the last.
  var currentStage: Int? {
    guard stageCount > 0 else { return nil }
    return min(deferred.currentStage ?? deferred.nextStage, stageCount - 1)
  }

  /// The stage that `▶` points at: what runs, waits, or is about to run.
  var markedStage: Int? {
    if let stage = deferred.currentStage { return stage }
    guard deferred.firedAt != nil, !deferred.isCollected, deferred.nextStage < stageCount else { return nil }
    return deferred.nextStage
  }

  /// What went from a stage to the next, or, for -1, what the Deferred was fired with.
  func output(of stage: Int) -> Outcome? {
    if stage < 0 { return deferred.firedWith }
    guard deferred.stages.indices.contains(stage) else { return nil }
    return deferred.stages[stage].passage?.output
  }

  /// Which line leads into a stage that was reached, or out of the last one that was.
  func travelledSide(into stage: Int) -> Side? {
    if deferred.stages.indices.contains(stage), let passage = deferred.stages[stage].passage {
      return passage.side
    }
    return output(of: stage - 1)?.side
  }

  /// Whether somebody takes what comes along a line: the program, or the library for it.
  ///
  /// A stage of the library takes both lines, unless it names who takes one of them: then nobody takes the other.
  func hasHandler(_ side: Side, at stage: Int) -> Bool {
    let state = deferred.stages[stage]
    if state.kind != .handlers, state.callback == nil, state.errback == nil { return true }
    return (side == .callback ? state.callback : state.errback) != nil
  }
}

// MARK: What each box says

extension ChainSight {
  /// Which lines may still lead into a stage that has not been reached.
  struct Reach: Equatable {
    var callback: Bool
    var errback: Bool

    static let both = Reach(callback: true, errback: true)
    static let none = Reach(callback: false, errback: false)
    subscript(side: Side) -> Bool { side == .callback ? callback : errback }
  }

  /// Which lines may lead into `stage`, at or after the first one that has not been reached.
  ///
  /// - Complexity: O(stages up to the first that has a handler on the line which the run is on): behind
  ///   such a handler everything is possible.
  func reach(into stage: Int) -> Reach {
    guard !deferred.isCollected else { return .none }
    guard deferred.currentStage == nil, let last = output(of: deferred.nextStage - 1) else { return .both }
    var reach = Reach(callback: last.side == .callback, errback: last.side == .errback)
    var index = deferred.nextStage
    while index < stage, reach != .both {
      reach = self.reach(after: index, reach)
      index += 1
    }
    return reach
  }

  /// Which lines may lead out of a stage, from those that may lead into it.
  func reach(after stage: Int, _ reach: Reach) -> Reach {
    let mayRaise = reach.callback && hasHandler(.callback, at: stage)
    let mayTrap = reach.errback && hasHandler(.errback, at: stage)
    return Reach(callback: reach.callback || mayTrap, errback: reach.errback || mayRaise)
  }

  /// Both boxes of a stage.
  struct Look: Equatable {
    var callback: BoxState
    var errback: BoxState
    subscript(side: Side) -> BoxState { side == .callback ? callback : errback }
  }

  /// The states of both sides of a stage, of which `reach` says by which lines it may be reached.
  func look(at stage: Int, reach: Reach) -> Look {
    Look(
      callback: state(.callback, at: stage, reach: reach), errback: state(.errback, at: stage, reach: reach))
  }

  /// The state of one side of a stage.
  private func state(_ side: Side, at stage: Int, reach: Reach) -> BoxState {
    guard let passage = deferred.stages[stage].passage else {
      guard reach[side] else { return .closed }
      guard let atEnd, !scene.known.isUncertain(after: atEnd.stages.at(stage)?.addedAt ?? 0) else {
        return .open
      }
      let travelled = atEnd.stages.indices.contains(stage) ? atEnd.stages[stage].passage?.side : nil
      return travelled == side ? .open : .never
    }
    guard passage.side == side else { return .skipped }
    return reached(passage, kind: deferred.stages[stage].kind)
  }

  private func reached(_ passage: Passage, kind: StageKind) -> BoxState {
    if case .resumes = kind { return .handedOn }
    if case .chainTo = kind, passage.state != .running, passage.output != nil, passage.output != passage.input
    {
      if case .value? = passage.output { return .handedOver }
    }
    switch passage.state {
    case .passedThrough: return .passed
    case .running: return .running
    case .returned: return .returned
    case .trapped:
      if case .slot = kind { return .consumed }
      return passage.isSwallowed ? .swallowed : .trapped
    case .raised: return .raised
    case .letThrough: return .letThrough
    case .waiting(let inner): return .waiting(on: inner)
    case .gotFrom(let inner): return .got(from: inner)
    }
  }

  /// What a box is called: the handler's name, what the library does there, or `·` where nobody handles it.
  func label(_ side: Side, at stage: Int) -> String {
    let state = deferred.stages[stage]
    guard hasHandler(side, at: stage) else { return String(scene.glyphs[.pass]) }
    let name = side == .callback ? state.callback : state.errback
    switch state.kind {
    case .handlers: return name ?? ""
    case .timeout(let duration): return "timeout \(secondsText(duration))"
    case .chainTo(let target): return "fire \(scene.name(of: target))"
    case .slot(let group, let index): return "\(scene.name(of: group))[\(index)]"
    case .resumes(let outer): return "resume \(scene.name(of: outer))"
    case .library(let work): return name ?? work
    }
  }
}

extension ChainSight {
  /// The columns that the words of boxes need: of those in view, and of their neighbours, so that boxes rarely change
  /// their width on the way along a chain.
  ///
  /// - Complexity: O(`count`), however long the chain.
  func boxWords(around first: Int, count: Int) -> Int {
    let start = first / Self.neighbours * Self.neighbours
    let end = min(stageCount, ((first + count) / Self.neighbours + 1) * Self.neighbours)
    var most = 0
    for stage in start..<max(start, end) {
      for side in [Side.callback, .errback] where hasHandler(side, at: stage) {
        let name = width(of: label(side, at: stage), atMost: Self.longestName)
        most = max(most, name + 1 + BoxState.markWidth)
      }
    }
    return most
  }

  /// So many stages have boxes of one width.
  private static let neighbours = 32
  /// A longer name is cut, whatever room there is.
  private static let longestName = 80
}

// MARK: What stands beside and below the boxes

extension ChainSight {
  /// What is said beside the errback box: by which type a Failure was trapped, or by which it was not.
  func aside(at stage: Int) -> String? {
    guard let passage = deferred.stages[stage].passage, passage.side == .errback else { return nil }
    switch passage.state {
    case .trapped(let type): return type.map { "by \($0)" }
    case .letThrough, .running, .raised:
      guard passage.matched == nil, let asked = passage.asked else { return nil }
      return "no \(asked.joined(separator: ", "))"
    default: return nil
    }
  }

  /// What stands below the last stage: on which line, what, and how it looks.
  var ending: (side: Side, text: String, style: Style)? {
    guard deferred.nextStage >= stageCount, deferred.currentStage == nil,
      let last = output(of: stageCount - 1)
    else { return nil }
    let glyphs = scene.glyphs
    if case .failure(let id) = last {
      if deferred.unhandled == id {
        return (.errback, "\(glyphs[.unhandled]) nobody handled this", Style(.unhandled, .bold))
      }
      if scene.isNeverHandled(id) {
        return (.errback, "\(glyphs[.unhandled]) nobody will handle this", Style(.unhandled, .bold))
      }
    }
    if let outer = DeferredWords.taker(of: deferred) {
      return (last.side, "\(glyphs[.moved]) moved to \(scene.name(of: outer)), nothing is left here", .dim)
    }
    guard let result = deferred.result else { return nil }
    if result != last, case .value = result {
      return (last.side, "\(glyphs[.moved]) taken from here: \(scene.text(of: result)) is left", .dim)
    }
    switch last {
    case .failure: return (.errback, "\(glyphs[.fired]) held: nobody has handled it yet", Style(.failure))
    case .value, .deferred: return (.callback, "\(glyphs[.fired]) the result", Style(.callbackLine))
    }
  }
}
