/// Counts what a run does, so that one that never ends is stopped, and told by name.
struct Meter {
  private struct Place {
    var who: String
    var kind: CallKind
    var count: Int
  }

  private let bounds: Bounds
  private var timerCalls = 0
  private var handlerCalls = 0
  private var scriptLines = 0
  private var objects = 0
  private var combinations = 0
  private var openScripts = 0
  private var builtTextBytes = 0
  /// How often each place in the file was called: as many entries as the file has handlers.
  private var places: [Mark: Place] = [:]

  /// The loops of interval 0.
  private let instantLoops: Set<String>
  /// What would end a loop that nobody stops.
  private let endOfLoops: String

  init(_ bounds: Bounds, for scenario: Scenario) {
    self.bounds = bounds
    instantLoops = Set(scenario.loops.lazy.filter { $0.every == 0 }.map(\.name))
    endOfLoops =
      switch scenario.drive {
      case .pump: "stop it"
      case .each: scenario.until == nil ? "add `until`, or stop it" : "stop it, or set `until` earlier"
      }
  }

  /// - Returns: what ends the run, if this call is one too many.
  mutating func countCall(_ kind: CallKind, who: String, at mark: Mark) -> RunFault? {
    if places[mark]?.count == nil {
      places[mark] = Place(who: who, kind: kind, count: 1)
    } else {
      places[mark]?.count += 1
    }
    handlerCalls += 1
    guard handlerCalls > bounds.handlerCalls else { return nil }
    return fault(what: "\(bounds.handlerCalls) handler calls")
  }

  mutating func countTimer() -> RunFault? {
    timerCalls += 1
    guard timerCalls > bounds.timerCalls else { return nil }
    return fault(what: "\(bounds.timerCalls) timer calls")
  }

  mutating func countLine(of script: String, at mark: Mark) -> RunFault? {
    scriptLines += 1
    guard scriptLines > bounds.scriptLines else { return nil }
    return RunFault(message: "\(script) never ends: \(bounds.scriptLines) lines of scripts ran", mark: mark)
  }

  /// Counts a Deferred or a stage that `owner` makes: each takes memory until the end of the run.
  mutating func countObject(of owner: String) -> RunFault? {
    objects += 1
    guard objects > bounds.objects else { return nil }
    return RunFault(message: "\(owner) makes too much: there are \(bounds.objects) Deferreds and stages")
  }

  /// Counts a list, a gather or a race: a row of them nests as deep as there are.
  mutating func countCombination(_ name: String, at mark: Mark) -> RunFault? {
    combinations += 1
    guard combinations > Bounds.combinations else { return nil }
    return RunFault(
      message: "\(name) is one too many: a run makes at most \(Bounds.combinations) lists, gathers and races",
      mark: mark)
  }

  /// Counts a script that begins: in a row of them each goes on, or is cancelled, inside the one before it.
  mutating func countScript(_ name: String, at mark: Mark) -> RunFault? {
    openScripts += 1
    guard openScripts > Bounds.openScripts else { return nil }
    return RunFault(
      message: "\(name) is one too many: at most \(Bounds.openScripts) scripts may be open at a time",
      mark: mark)
  }

  mutating func scriptEnded() { openScripts -= 1 }

  /// Counts the bytes of a text that `who` builds from a template: somebody may keep them all.
  mutating func countText(_ bytes: Int, by who: String) -> RunFault? {
    builtTextBytes += bytes
    guard builtTextBytes > bounds.builtTextBytes else { return nil }
    return RunFault(
      message: "the texts that \(who) and others build come to more than \(bounds.builtTextBytes) bytes")
  }

  /// Blames the place that was called most.
  private func fault(what: String) -> RunFault {
    guard let (mark, place) = places.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }) else {
      return RunFault(message: "this never ends: \(what) were made")
    }
    let name = Self.withoutNumbers(place.who)
    switch place.kind {
    case .tick:
      let cure =
        instantLoops.contains(name)
        ? "with `every: 0` all its ticks come at one time; stop it, or give it an interval" : endOfLoops
      return RunFault(message: "\(name) never stops: \(cure) (\(what) were made)", mark: mark)
    case .timer:
      return RunFault(message: "\(name) calls for itself without end (\(what) were made)", mark: mark)
    default: return RunFault(message: "\(name) is called without end (\(what) were made)", mark: mark)
    }
  }

  /// `x#17.again` is one of many: what never ends is `x.again`.
  private static func withoutNumbers(_ name: String) -> String {
    var result = ""
    var isNumber = false
    for character in name {
      if character == "#" { isNumber = true } else if !character.isNumber { isNumber = false }
      if !isNumber { result.append(character) }
    }
    return result
  }
}
