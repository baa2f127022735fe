package import Traces

/// Something that takes longer than a key may: it is done in slices, and ^C ends it.
package struct Work {
  /// Where it wants to go.
  package let goal: Goal
  /// How many times it goes there: `010s`.
  var remaining: Int
  /// The step at which it began.
  let origin: Int
  /// How far it has got; the cursor follows when all is done.
  var position: Int
  /// Records looked at, where looking is what takes long.
  var scanned = 0
  /// How many steps after its origin, round the run, were looked at for what it wants.
  var round = 0
  /// Whether what is selected stays so, for it is what the way was about.
  let keepsSelection: Bool

  init(_ goal: Goal, count: Int = 1, from step: Int, keepsSelection: Bool = false) {
    self.goal = goal
    self.keepsSelection = keepsSelection
    remaining = max(1, count)
    origin = step
    position = step
  }

  /// What it is doing, for the line that shows its progress.
  package var title: String { goal.title }
}

/// A place that a key or a typed command goes to.
package enum Goal {
  case end
  /// A step by its number.
  case step(Int)
  /// This many steps away.
  case steps(Int)
  case percent(Int)
  /// The first step at a time in microseconds, else the last before it.
  case time(Int64)
  /// The same for a time of the day, in microseconds since midnight, the first one after the recording began; with the
  /// span that its digits leave open, such as a minute or a millisecond: the start, if the recording began within that.
  case clock(Int64, span: Int64)
  case landmark(Landmark, Way)
  /// A match of the search, or of the filter (without one, any step).
  case match(Way), filtered(Way)
  /// The birth of a Failure that is listed.
  case failure(Way)
  /// The last step known that a thing takes part in.
  case last(Subject)
  /// The next step that a line of the source makes, by index from 0; after the end, its first. The file is that of a
  /// recorded program.
  case line(Int, file: String?)
  /// A Deferred or one of its handlers.
  case name(String)
  /// The place where one was before the source was read again.
  case samePlace(Place)

  /// Which way along the trace.
  package enum Way: Sendable { case forward, back }

  /// What is remembered of a place when its source is read again.
  package struct Place {
    let run: FormerRun
    let step: Int
    let time: Int64
    let selection: Selection
    let visited: VisitedMoments
    let bookmarks: [Character: Int]
    /// As far as this the new run must be known, so that all of them can be found in it.
    let horizon: Int64
    /// Whether the cursor went with what comes.
    let follows: Bool

    init(_ session: Session) {
      run = FormerRun(session)
      (step, time) = (session.step, session.world.time)
      follows = session.tail == session.step && !session.isEndKnown
      (selection, visited, bookmarks) = (session.selection, session.visited, session.bookmarks)
      let steps = [step] + visited.steps + bookmarks.values
      horizon = steps.compactMap { session.record(at: $0)?.time }.max() ?? 0
    }
  }

  var title: String {
    switch self {
    case .end: "Driving to the end"
    case .step(let step): "Going to step \(step)"
    case .steps: "Stepping"
    case .percent(let percent): "Driving to the end, to find \(percent)% of it"
    case .time, .clock: "Driving to that time"
    case .landmark(.moment, _): "Looking for another moment"
    case .landmark(.failureEvent, _): "Looking for a Failure"
    case .landmark(.endOfRun, _): "Going over"
    case .landmark(.outside, _): "Going out"
    case .landmark(.handler, _): "Looking for a handler"
    case .match: "Searching"
    case .filtered: "Looking for a step that the filter shows"
    case .failure: "Looking for a Failure that is listed"
    case .last: "Looking for its last step"
    case .line(let line, _): "Looking for a step of line \(line + 1)"
    case .name(let name): "Looking for \(name)"
    case .samePlace: "Coming back to the same place"
    }
  }

  /// Whether it is a place in the order of steps, so that the last one known is nearest to what is not known yet.
  var isByNumber: Bool {
    switch self {
    case .end, .step, .steps: true
    default: false
    }
  }

  /// Whether what was found, or not, is news of its own, wherever that is.
  var isAnswered: Bool {
    switch self {
    case .name, .match, .clock, .time, .line, .failure: true
    default: false
    }
  }

  /// Whether the place it leaves is worth coming back to with `[`.
  var isJump: Bool {
    switch self {
    case .filtered, .samePlace: false
    case .steps(let steps): abs(steps) > 1
    default: true
    }
  }
}

extension Session {
  /// How far work has got: what is done, and of how much where that is known.
  package var progress: (done: Int, total: Int?)? {
    if case .failure? = work?.goal, failures.scannedTo < timeline.frontier.failures.count {
      return (failures.scannedTo, timeline.frontier.failures.count)
    }
    guard let work else { return nil }
    switch work.goal {
    case .step(let step): return (min(knownSteps, step), step)
    case .match: return (search?.progress(of: knownSteps) ?? 0, isEndKnown ? knownSteps : nil)
    case .filtered: return (filter?.progress(of: knownSteps) ?? 0, isEndKnown ? knownSteps : nil)
    case .last, .line: return (work.scanned, knownSteps)
    default: return (knownSteps, nil)
    }
  }
}
