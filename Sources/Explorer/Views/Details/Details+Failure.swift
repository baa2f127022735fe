import Screen
import Traces

// A Failure in full, with its story.
extension Details {
  func addFailure(_ id: FailureID, to lines: inout DetailLines) {
    guard let failure = scene.failure(id) ?? scene.known.failures.at(id) else { return }
    lines.add("Failure", failure.type, Style(.failure, .bold))
    lines.add("message", failure.message.isEmpty ? "(none)" : failure.message, Style(.value))
    lines.add("is a", failure.parents.isEmpty ? nil : failure.parents.joined(separator: ", "))
    let born = failure.bornIn.map { " in \(scene.name(of: $0))" } ?? ""
    lines.add("born", "\(step(failure.bornAt, failure.bornTime))\(born)")
    lines.add("place", place(failure.bornPlace))
    lines.add("from", failure.from.map { scene.knownText(ofFailure: $0) }, Style(.failure))
    lines.addEach("story", failure.journey, count: failure.journey.count) { stop in
      let (text, style) = words(for: stop)
      return ("step \(stop.step): \(text)", style)
    }
    let fate = FateWords(failure, in: scene)
    lines.add("fate", "\(scene.glyphs[fate.glyph]) \(fate.text)", Style(fate.role, .bold))
  }

  private func words(for stop: FailureStop) -> (String, Style) {
    let name = scene.name(of: stop.ref)
    switch stop.what {
    case .passedThrough:
      let stage = "stage \(stop.ref.stage) of \(scene.name(of: stop.ref.deferred))"
      return ("passed through \(stage)", .dim)
    case .handling: return ("is handled by \(name)", Style(.current))
    case .notTrapped(let types): return ("\(name) traps only \(types.joined(separator: ", "))", Style(.errbackLine))
    case .letThrough: return ("\(name) let it on", Style(.errbackLine))
    case .trapped(let type): return ("trapped by \(name)\(type.map { " as \($0)" } ?? "")", Style(.trapped))
    case .swallowed: return ("\(name) gave none and asked for no type", Style(.swallowed))
    case .became(let next): return ("\(name) made it \(scene.knownText(ofFailure: next))", Style(.failure))
    case .movedTo(let outer): return ("moved to \(scene.name(of: outer))", Style(.waiting))
    }
  }
}
