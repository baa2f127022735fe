import Traces

/// What is the same in all recordings of a program, whatever Python and Twisted it runs on.
extension Recorded {
  /// Who waits for whom and which groups there are, by kind and place, without numbers: versions make other Deferreds
  /// of their own in between.
  var links: [String] {
    events.compactMap { event in
      switch event {
      case .waits(let outer, _, _): "waits, made at line \(line(outer))"
      case .resumed(let outer, _, _, _): "resumed, made at line \(line(outer))"
      case .generatorBegan(_, let name): "began \(name)"
      case .generatorYielded(let id, let on): "yielded \(line(id)) on \(on.map { line($0) } ?? 0)"
      case .generatorEnded(let id, _): "ended \(line(id))"
      case .groupMade(_, let kind, let members): "\(kind) of \(members.count)"
      case .groupDecided(_, let index): "decided by \(index ?? -1)"
      case .cancelAsked(let id): "cancel \(line(id))"
      case .sharedChanged(_, let kind, _, let held, let waiting, _, _): "\(kind) \(held) \(waiting)"
      case .taskMade(_, let name, _): "task \(name)"
      case .loopTicked(_, let number, _): "tick \(number)"
      default: nil
      }
    }.sorted()
  }

  private func line(_ id: DeferredID) -> Int {
    line(world.deferreds.at(id)?.madePlace) ?? 0
  }

  /// A line of the program's own; those of Twisted are others in each version.
  private func line(_ place: Place?) -> Int? {
    place.flatMap { $0.file.contains("/site-packages/") ? nil : $0.line }
  }

  /// How each Failure ended, by type and the line where it was born.
  var fates: [String] {
    world.failures.map {
      "\($0.title) \($0.fate)".split(separator: "(")[0] + ", \(line($0.bornPlace) ?? 0)"
    }
    .sorted()
  }

  /// What each Deferred ended with, by the line that made it, without addresses.
  var results: [String] {
    world.deferreds.compactMap { state in
      guard let line = line(state.madePlace), case .value(let text)? = state.result else { return nil }
      return "\(line): \(text.text.split(separator: " at 0x")[0])"
    }.sorted()
  }

}
