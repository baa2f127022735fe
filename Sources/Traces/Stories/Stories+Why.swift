extension Stories {
  /// The story of a Failure in plain sentences: where it was born, what it met, how it ended.
  ///
  /// Other Failures are named by their numbers too, counted from 1 in the order of their births.
  ///
  /// - Complexity: O(stages it met); the middle of a long way is left out, so that there are at most about
  ///   `limit` sentences.
  public func why(_ id: FailureID, limit: Int = 100) -> [String] {
    guard let failure = world.failures.at(id) else { return [] }
    let telling = Telling(narrator: Narrator(), world: world)
    var lines = [birth(of: failure, telling)]
    if let from = failure.from {
      lines.append("It was made while \(number(from)), \(telling.failure(from)), was being handled.")
    }
    if let calls = calls(of: failure, telling) { lines.append(calls) }
    lines += way(of: failure, limit: limit, telling)
    lines += end(of: failure, telling)
    return lines
  }

  /// `Failure 3`, as `why` takes it.
  func number(_ id: FailureID) -> String { "Failure \(id + 1)" }

  private func birth(of failure: FailureState, _ telling: Telling) -> String {
    if failure.bornAt == 0 {
      return world.dropped > 0 ? "Its birth is not told." : "It was there before the trace began."
    }
    let process = process(of: failure).map { ", in \($0)" } ?? ""
    let when = "Born at step \(failure.bornAt), at \(secondsText(failure.bornTime))\(process)"
    if let ref = failure.bornIn, case .slot(let group, let index) = telling.kind(of: ref) {
      return "\(when), in \(telling.name(group)), of what came into its slot \(index)."
    }
    let who = birthplace(of: failure, telling) ?? elsewhere(failure, telling)
    let line = failure.bornPlace.map { ", at \(placeText($0))" } ?? ""
    return "\(when), \(who)\(line)."
  }

  /// Which of the program's own functions called which when it was raised, where that was more than one.
  private func calls(of failure: FailureState, _ telling: Telling) -> String? {
    let own = failure.traceback.filter { !$0.contains("-packages/") && !$0.contains("/lib/python") }
    guard own.count > 1 else { return nil }
    let names = own.map { frameText($0) }
    let shown =
      names.count > 8 ? names.prefix(2) + ["\(names.count - 7) more"] + names.suffix(5) : names[...]
    return "Raised through \(shown.joined(separator: ", "))."
  }

  /// `fetch` for `/srv/shop/shop.py:59 fetch`.
  private func functionName(_ frame: String) -> Substring {
    frame[(frame.lastIndex(of: " ").map { frame.index(after: $0) } ?? frame.startIndex)...]
  }

  /// `fetch (shop/shop.py:59)` for `/srv/shop/shop.py:59 fetch`; what is written otherwise stays as it is.
  private func frameText(_ frame: String) -> String {
    guard let space = frame.lastIndex(of: " "), let colon = frame[..<space].lastIndex(of: ":"),
      let line = Int(frame[frame.index(after: colon)..<space])
    else { return frame }
    let place = Place(file: String(frame[..<colon]), line: line)
    return "\(frame[frame.index(after: space)...]) (\(placeText(place)))"
  }

  /// `in parse of poem`: whose code raised it; nil for nobody's that is known.
  private func birthplace(of failure: FailureState, _ telling: Telling) -> String? {
    switch failure.bornBy {
    case .handler(let id, let stage, let side)?:
      "in \(ownFunction(failure, calledBy: (id, stage)) ?? telling.code(at: StageRef(deferred: id, stage: stage, side: side)))"
    case .canceller(let id)?: "in the canceller of \(telling.name(id))"
    case .timer(let id)?: "in \(telling.timer(id))\(setting(of: id, failure))"
    case .call(_, let name)?: "in \(name)"
    case nil: nil
    }
  }

  /// The program's own function that raised it in a handler of the library, where its traceback names it.
  private func ownFunction(_ failure: FailureState, calledBy handler: (id: DeferredID, stage: Int)) -> String?
  {
    let passage = world.deferreds.at(handler.id)?.stages.at(handler.stage)?.passage
    guard let passage, world.records.record(at: passage.step).place?.isOfLibrary == true,
      let place = failure.bornPlace, !place.isOfLibrary,
      let frame = failure.traceback.last, frame.hasPrefix("\(place.file):\(place.line) ")
    else { return nil }
    return String(functionName(frame))
  }

  /// `in load, on a thread of the pool, for deferToThread 1`: where it was raised that no chain ran, as far as that is
  /// known.
  private func elsewhere(_ failure: FailureState, _ telling: Telling) -> String {
    let thread = thread(of: failure)
    let words = [
      failure.traceback.last.map { "in \(functionName($0))" }, thread.map { "on \($0)" },
      // Work for a thread is done for one Deferred, which it fires.
      thread.flatMap { _ in failure.givings.first?.to }.map { "for \(telling.name($0))" },
    ].compactMap { $0 }
    return words.isEmpty ? "outside of any chain" : words.joined(separator: ", ")
  }

  /// The thread on which it was raised, where that was not the main one: told by its traceback, or by its record.
  private func thread(of failure: FailureState) -> String? {
    if failure.isOfPool { return "a thread of the pool" }
    guard let born = recording(of: failure) else { return nil }
    // Without a name of its own it is the main one of another process.
    return (born.own == nil ? born.thread : born.own?.thread).map { "thread \($0)" }
  }

  /// The process in which it was raised, where several were recorded: `process 4711`.
  private func process(of failure: FailureState) -> String? {
    process(at: failure.bornAt)
  }

  /// The process that told of a step, where several were recorded.
  package func process(at step: Int) -> String? {
    guard step > 0, let name = world.records.record(at: step).thread,
      let source = world.records as? any RecordSource, let own = source.recording(ofThread: name)
    else { return nil }
    return source.words(forThread: own.label)
  }

  /// The thread that its birth's record names, and of several recordings the one that it is of.
  private func recording(of failure: FailureState) -> (
    thread: String, own: (label: String, thread: String?)?
  )? {
    guard failure.bornAt > 0, let name = world.records.record(at: failure.bornAt).thread else { return nil }
    return (name, (world.records as? any RecordSource)?.recording(ofThread: name))
  }

  /// Where a timer was set that brought a Failure ready-made (`callLater(1, d.errback, error)`), of which no line tells.
  private func setting(of timer: TimerID, _ failure: FailureState) -> String {
    guard failure.bornPlace == nil, let place = world.timers.at(timer)?.place else { return "" }
    return ", which was set at \(placeText(place))"
  }

  /// The step of the line of the log that tells of a Failure, from when it ended on.
  private func noted(_ failure: FailureState) -> Int? {
    world.logCores.first { $0.failure == Int32(clamping: failure.id) && $0.step >= failure.fateAt }
      .map { Int($0.step) }
  }

  private func lastWords(of failure: FailureState, _ telling: Telling) -> String {
    guard isComplete else { return "It is still on its way." }
    let loss = isDoubtful(failure) ? world.lossStep(ofRecordingAt: failure.fateAt) : nil
    let doubt = loss.map { ", as far as is told: at step \($0) events are missing." } ?? "."
    let holders =
      keepers(of: failure, telling).flatMap { isHandledElsewhere(failure, telling) ? " in \($0)" : nil } ?? ""
    return "At the end nobody has handled it\(holders), or noticed\(doubt)"
  }

  /// Whether a handler, or a coroutine, was done with it, on one of several ways.
  private func isHandledElsewhere(_ failure: FailureState, _ telling: Telling) -> Bool {
    if failure.isEndedElsewhere { return true }
    return failure.journey.contains { stop in
      guard case .handlers = telling.kind(of: stop.ref) else { return false }
      return switch stop.what {
      case .trapped, .became, .swallowed: true
      case .passedThrough, .handling, .notTrapped, .letThrough, .movedTo: false
      }
    }
  }

  private func end(of failure: FailureState, _ telling: Telling) -> [String] {
    let when = "at step \(failure.fateAt)"
    let kept = isComplete ? keepers(of: failure, telling) : nil
    switch failure.fate {
    case .travelling: return [lastWords(of: failure, telling)]
    case .trapped, .swallowed: return []
    case .became(let next): return ["What became of that: see \(number(next)), \(telling.type(next))."]
    case .logged:
      return [logged(failure, when)] + (kept.map { ["At the end nobody has handled it in \($0)."] } ?? [])
    case .consumed(let by):
      guard world.deferreds.at(by)?.generator != nil else { return [] }
      return ["\(telling.name(by))\(waiting(for: failure)) caught it, \(when)."]
    case .unhandled(let id):
      let losers = names(of: [id] + losers(of: failure).filter { $0 != id }, telling)
      return ["Nobody was left to handle it in \(losers): reported unhandled \(when)."]
        + (kept.map { ["At the end nobody has handled it in \($0) either."] } ?? [])
    }
  }

  private func logged(_ failure: FailureState, _ when: String) -> String {
    if case .timerEnded = world.records.record(at: failure.fateAt).event {
      let noted = noted(failure).map { ", where no Deferred was: logged at step \($0), and gone." }
      return "It was thrown out of the timer \(when)\(noted ?? ", to whoever made its time come.")"
    }
    let isElsewhere = failure.journey.isEmpty && failure.givings.isEmpty
    return isElsewhere
      ? "It was thrown where no Deferred was: logged \(when), and gone." : "It was logged \(when)."
  }
}
