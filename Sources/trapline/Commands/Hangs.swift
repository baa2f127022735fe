import Screen
import Traces

/// Where to look on where no Failure has a story to tell: what hangs fails nowhere.
struct Hangs {
  private let stories: Stories
  private let world: World

  init(of stories: Stories) {
    self.stories = stories
    world = stories.world
  }

  /// What others wait for to the end, and who has that; below what failed.
  var brief: [String] {
    let lines = listed(stalls.map(line(of:)) + world.actors.filter(isHeld).compactMap(line(of:)))
    return lines.isEmpty ? [] : ["What others wait for to the end:"] + lines
  }

  private var stalls: [Stall] { stories.stalls.filter { isCertain($0.deferred) } }

  /// What never fired, what others wait for to the end, and who has that.
  var lines: [String] {
    let count = stories.unfiredCount
    guard count > 0 else { return [] }
    let who = count == 1 ? "1 Deferred never fired" : "\(count) Deferreds never fired"
    let stalls = self.stalls
    let shared = listed(world.actors.compactMap(line(of:)))
    guard !stalls.isEmpty else {
      let (them, they) = count == 1 ? ("it", "it was") : ("them", "they were")
      return ["\(who), and nothing waits for \(them): trapline stats tells where \(they) made."] + shared
    }
    return ["\(who). What others wait for to the end:"] + listed(stalls.map(line(of:))) + shared
  }

  private func isCertain(_ id: DeferredID) -> Bool { !world.isUncertain(after: world.deferreds[id].madeAt) }

  private static let most = 6

  private func listed(_ lines: [String]) -> [String] {
    let more = lines.count - Self.most
    return lines.prefix(Self.most).map { cleaned("   \($0)") } + (more > 0 ? ["   and \(more) more"] : [])
  }

  /// `deferToThread 17 (shop.py:17): work 7 waits for it, and 2 more`
  private func line(of stall: Stall) -> String {
    let more = stall.waiters > 1 ? ", and \(stall.waiters - 1) more" : ""
    return "\(made(stall.deferred)): \(name(stall.waiter)) waits for it\(more)"
  }

  /// `lock 0 is held, and 2 wait: acquire 5 (shop.py:6), inside writer 4, had it last, from step 64 on`
  private func line(of actor: ActorState) -> String? {
    guard case .shared(let kind, let held, let waiting, let total) = actor.kind, waiting > 0,
      !world.isUncertain(after: actor.toldAt)
    else { return nil }
    let waits = waiting == 1 ? "1 waits" : "\(waiting) wait"
    let state = sharedState(kind, held: held, total: total)
    return "\(actor.name) \(state), and \(waits)\(lastTurn(of: actor, kind).map { ": \($0)" } ?? "")"
  }

  private func isHeld(_ actor: ActorState) -> Bool {
    if case .shared(let kind, let held, _, _) = actor.kind { kind != "queue" && held > 0 } else { false }
  }

  /// Nil where it was given back since, or where the trace does not tell.
  private func lastTurn(of actor: ActorState, _ kind: String) -> String? {
    guard let id = actor.deferred, let step = actor.givenAt, !world.isUncertain(after: step) else {
      return nil
    }
    let inside = Narrator().maker(of: id, in: world).map { ", inside \($0)" } ?? ""
    let had = kind == "queue" ? "got the last one, at step \(step)" : "had it last, from step \(step) on"
    return "\(made(id))\(inside), \(had)"
  }

  /// `acquire 5 (shop.py:6)`
  private func made(_ id: DeferredID) -> String {
    let place = world.deferreds[id].madePlace.map { " (\(placeText($0)))" } ?? ""
    return "\(name(id))\(place)"
  }

  private func name(_ id: DeferredID) -> String { world.deferreds[id].name }
}
