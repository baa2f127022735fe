extension Stories {
  /// How a Failure, and what took its place, ended, in half a sentence.
  func end(of chain: [FailureID], _ telling: Telling) -> String {
    guard let last = chain.last, let state = world.failures.at(last) else { return "" }
    let end = end(of: state, telling)
    let steps = chain.dropFirst().map { "became \(telling.type($0))" }
    return (steps + [end]).joined(separator: ", ")
  }

  private func end(of failure: FailureState, _ telling: Telling) -> String {
    func by(_ ref: StageRef) -> String {
      let place = world.deferreds.at(ref.deferred)?.stages.at(ref.stage)?.place
      return "\(telling.handler(ref))\(place.map { ", added at \(placeText($0))" } ?? "")"
    }
    switch failure.fate {
    case .travelling: return "still on its way"
    case .trapped(let ref, let type?):
      return "trapped\(type == failure.type ? "" : " as \(type)") by \(by(ref))"
    case .trapped(let ref, nil): return "taken by \(by(ref)), which asked for no type"
    case .swallowed(let ref): return "ended silently in \(by(ref))"
    case .became(let next): return "became \(telling.type(next))"
    case .logged: return "logged"
    case .consumed(let id):
      let isCaught = world.deferreds.at(id)?.generator != nil
      let name = withoutNumber(telling.name(id))
      return isCaught ? "caught by \(name)" : "taken into the result of \(name)"
    case .unhandled: return "never handled"
    }
  }

  /// `Shop.price` for the Deferred `Shop.price 46`.
  private func withoutNumber(_ name: String) -> String {
    guard let space = name.lastIndex(of: " "), name[name.index(after: space)...].allSatisfy(\.isNumber) else {
      return name
    }
    return String(name[..<space])
  }
}
