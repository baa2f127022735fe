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
    lines.add("born", failure.bornAt == 0 ? nil : "\(step(failure.bornAt, failure.bornTime))\(born)")
    if failure.bornAt == 0 { addUntold("born", to: &lines) }
    add("place", failure.bornPlace, to: &lines)
    lines.addEach("traceback", failure.traceback, count: failure.traceback.count) { ($0, .plain) }
    lines.add("from", failure.from.map { scene.knownText(ofFailure: $0) }, Style(.failure))
    let story = Stories(world: scene.world, isComplete: false).why(id, limit: DetailLines.listLimit)
    lines.addEach("story", story, count: story.count) { ($0, .plain) }
    let fate = FateWords(failure, in: scene)
    lines.add("fate", "\(scene.glyphs[fate.glyph]) \(fate.text)", Style(fate.role, .bold))
  }
}
