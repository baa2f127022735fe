extension Stories {
  /// How a Failure, and what took its place, ended, in half a sentence.
  ///
  /// - Parameter leftOut: how many are left out of the chain before its last.
  func end(of chain: [FailureID], leftOut: Int, _ telling: Telling) -> String {
    guard let last = chain.last, let state = world.failures.at(last) else { return "" }
    let end = end(of: state, telling)
    let count = chain.count - 1 + leftOut
    if count > Self.namedSteps { return "became another \(count) times, at last \(state.type), \(end)" }
    let steps = chain.dropFirst().map { "became \(telling.type($0))" }
    return (steps + [end]).joined(separator: ", ")
  }

  /// More Failures that took each other's place are counted, and not named.
  private static let namedSteps = 4

  private func end(of failure: FailureState, _ telling: Telling) -> String {
    func by(_ ref: StageRef) -> String { "\(telling.handler(ref))\(found(ref))" }
    switch failure.fate {
    case .travelling: return "still on its way"
    case .trapped(let ref, let type?):
      return "trapped\(type == failure.type ? "" : " as \(type)") by \(by(ref))"
    case .trapped(let ref, nil):
      let asked = telling.passage(at: ref)?.asked.map { "\(telling.list($0, "or")) only" }
      return "taken by \(by(ref)), which asked for \(asked ?? "no type")"
    case .swallowed(let ref): return "swallowed by \(by(ref))"
    case .became(let next): return "became \(telling.type(next))"
    case .logged: return "logged"
    case .consumed(let id):
      let isCaught = world.deferreds.at(id)?.generator != nil
      let name = withoutNumber(telling.name(id))
      return isCaught
        ? "caught by \(name)\(waiting(for: failure))" : "taken into the result of \(name)"
    case .unhandled: return "never handled"
    }
  }

  /// `Shop.price` for the Deferred `Shop.price 46`.
  func withoutNumber(_ name: String) -> String {
    guard let space = name.lastIndex(of: " "), name[name.index(after: space)...].allSatisfy(\.isNumber) else {
      return name
    }
    return String(name[..<space])
  }

  /// ` (shop/shop.py:58)`: the line at which a coroutine waited that caught a Failure; empty where the trace does not
  /// tell.
  func waiting(for failure: FailureState) -> String {
    guard let stop = failure.journey.last, case .movedTo = stop.what else { return "" }
    let place = world.deferreds.at(stop.ref.deferred)?.stages.at(stop.ref.stage)?.place
    return place.map { " (\(placeText($0)))" } ?? ""
  }

  /// ` (shop/shop.py:71)`: where a handler's text begins, or else where it was added to its chain; empty where the
  /// trace tells of neither.
  func found(_ ref: StageRef) -> String {
    if let place = home(of: ref) { return " (\(placeText(place)))" }
    let place = world.deferreds.at(ref.deferred)?.stages.at(ref.stage)?.place
    return place.map { " (added at \(placeText($0)))" } ?? ""
  }

  /// Where the text of the handler begins that ran at a stage.
  private func home(of ref: StageRef) -> Place? {
    guard let step = world.deferreds.at(ref.deferred)?.stages.at(ref.stage)?.passage?.step, step > 0 else {
      return nil
    }
    let record = world.records.record(at: step)
    guard case .entered(ref.deferred, ref.stage, _, _) = record.event else { return nil }
    return record.place
  }

  /// Whether the handler at a stage is an installed package's, or else whether one added it.
  func isInPackage(_ ref: StageRef) -> Bool {
    let place = home(of: ref) ?? world.deferreds.at(ref.deferred)?.stages.at(ref.stage)?.place
    return place?.isOfLibrary ?? false
  }
}
