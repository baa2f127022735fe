import Screen
import Traces

/// What a program waits for to the end, which fails nowhere.
struct Hangs {
  private let stories: Stories
  private let world: World

  init(of stories: Stories) {
    self.stories = stories
    world = stories.world
  }

  /// What others wait for to the end, and who has that; below what failed.
  var brief: [String] {
    let lines =
      listed(stories.stalls.lazy.map(line(of:))) + listed(world.actors.filter(isHeld).compactMap(line(of:)))
    return lines.isEmpty ? [] : [Self.title] + lines
  }

  private static let title = "What others wait for to the end:"

  /// What never fired, what others wait for to the end, and who has that.
  var lines: [String] {
    let count = stories.unfiredCount
    let stalls = listed(stories.stalls.lazy.map(line(of:)))
    // One that is paused may have fired.
    guard count > 0 else { return stalls.isEmpty ? [] : [Self.title] + stalls }
    let who = count == 1 ? "1 Deferred never fired" : "\(count) Deferreds never fired"
    let shared = listed(world.actors.compactMap(line(of:)))
    guard !stalls.isEmpty else {
      let (them, they) = count == 1 ? ("it", "it was") : ("them", "they were")
      let waits = stories.isAnyWaiting ? "" : ", and nothing waits for \(them)"
      return ["\(who)\(waits): trapline stats tells where \(they) made."] + shared
    }
    return ["\(who). \(Self.title)"] + stalls + shared
  }

  private static let most = 6

  /// The first of them, and how many more there are.
  private func listed(_ lines: some Collection<String>) -> [String] {
    let more = lines.count - Self.most
    return lines.prefix(Self.most).map { cleaned("   \($0)") } + (more > 0 ? ["   and \(more) more"] : [])
  }

  /// `deferToThread 17 (shop.py:17): work 7 waits for it, and 2 more`
  private func line(of stall: Stall) -> String {
    let (ids, more) = (stall.deferreds, stall.waiters.count - 1)
    if stall.cause == .circle { return circle(ids) }
    let paused = stall.cause == .paused ? "paused by the program; " : ""
    let first = name(stall.waiters[0])
    let wait =
      switch (ids.count, more) {
      case (1, 0): "\(first) waits for it"
      case (1, _): "\(first) waits for it, and \(more) more"
      case (_, 0): "\(first) waits for them"
      default: "\(first) and \(more) more wait for them"
      }
    let process = stories.process(at: world.deferreds[ids[0]].madeAt).map { ", in \($0)" } ?? ""
    return "\(names(of: ids))\(place(of: ids[0]))\(process): \(paused)\(wait)"
  }

  /// `ping 1 (p.py:5) and pong 2 (p.py:9) wait, each for the other`
  private func circle(_ ids: [DeferredID]) -> String {
    guard ids.count > 1 else { return "\(made(ids[0])) waits for itself" }
    let shown = ids.count > 4 ? ids.prefix(3).map(made) : ids.dropLast().map(made)
    let last = ids.count > 4 ? "\(ids.count - 3) more" : made(ids[ids.count - 1])
    let other = ids.count > 2 ? "the next, and the last for the first" : "the other"
    return "\(shown.joined(separator: ", ")) and \(last) wait, each for \(other)"
  }

  /// `page 0, page 1 and 998 more`
  private func names(of ids: [DeferredID]) -> String {
    guard ids.count > 1 else { return name(ids[0]) }
    let rest = ids.count - Self.namedAlike
    return "\(ids.prefix(Self.namedAlike).map(name).joined(separator: ", ")) and \(rest) more"
  }

  /// Fewer than are told together.
  private static let namedAlike = 2

  /// `lock 0 is held, and 2 wait: acquire 5 (shop.py:6), inside writer 4, had it last, from step 64 on`
  private func line(of actor: ActorState) -> String? {
    guard case .shared(let kind, let held, let waiting, let total) = actor.kind, waiting > 0,
      !world.isUncertain(after: actor.toldAt)
    else { return nil }
    let waits = waiting == 1 ? "1 waits" : "\(waiting) wait"
    let state = sharedState(kind, held: held, total: total)
    let process = stories.process(at: actor.toldAt).map { " of \($0)" } ?? ""
    let turn = lastTurn(of: actor, kind).map { ": \($0)" } ?? ""
    return "\(actor.name)\(process) \(state), and \(waits)\(turn)"
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
  private func made(_ id: DeferredID) -> String { name(id) + place(of: id) }

  private func place(of id: DeferredID) -> String {
    world.deferreds[id].madePlace.map { " (\(placeText($0)))" } ?? ""
  }

  private func name(_ id: DeferredID) -> String { world.deferreds[id].name }
}
