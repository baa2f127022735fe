import Traces

/// The scene of the chain panel's picture: a parser raises, an errback two lines on traps it, a third stage
/// waits on `cache`, which fires one second later.
enum PoemScene {
  static let poem: DeferredID = 0
  static let cache: DeferredID = 1

  static let source = [
    "trapline: 1", "title: Where did my exception go?", "deferreds:",
    "  poem:", "    chain:",
    "      - callback: {name: parse, raise: GibberishError bad line 3}",
    "      - errback:  {name: fall_back, trap: GibberishError, return: original}",
    "      - callback: {name: use_cache, await: cache}",
    "  cache: {}", "timeline:",
    "  - {at: 1, fire: poem, with: roses}",
    "  - {at: 2, fire: cache, with: x}",
  ]

  static func records() -> [Record] {
    var script = RecordScript()
    setUp(&script)
    script.at(1, timer: 0) { script in
      script.line(11)
      script.fire(poem, .text("'roses'"), run: runPoem)
    }
    script.at(2, timer: 1) { script in
      script.line(12)
      script.fire(cache, .text("'x'")) { script in
        script.say(.resumed(outer: poem, inner: cache, innerStage: 0, .text("'x'")))
        script.settle(poem, .text("'x'"))
        script.settle(cache, .text("none"))
      }
    }
    return script.records
  }

  private static func setUp(_ script: inout RecordScript) {
    script.line(4)
    script.make("poem")
    script.line(6)
    script.stage(poem, callback: "parse")
    script.line(7)
    script.stage(poem, errback: "fall_back")
    script.line(8)
    script.stage(poem, callback: "use_cache")
    script.line(9)
    script.make("cache")
    script.line(11)
    script.timer("fire poem", due: 1)
    script.line(12)
    script.timer("fire cache", due: 2)
  }

  private static func runPoem(_ script: inout RecordScript) {
    var gibberish = 0
    script.line(6)
    script.handler(poem, 0, .callback, .text("'roses'")) { script in
      gibberish = script.failure("GibberishError", "bad line 3", parents: ["ValueError", "Exception"])
      return .raised(gibberish)
    }
    script.line(7)
    script.handler(poem, 1, .errback, .failure(gibberish)) { script in
      script.say(.trapAsked(gibberish, types: ["GibberishError"], matched: "GibberishError"))
      return .returned(ValueText("'original'"))
    }
    script.line(8)
    script.handler(poem, 2, .callback, .text("'original'")) { _ in .returnedDeferred(cache) }
    script.stage(cache, .resumes(poem))
    script.say(.waits(outer: poem, inner: cache, innerStage: 0))
  }

  /// The scene as a source, with the text of its scenario.
  static func open(isLazy: Bool = false) -> ScriptedSource {
    let source = ScriptedSource(records(), isLazy: isLazy, title: "Where did my exception go?")
    source.sourceText = (file: "scene.yaml", lines: Self.source)
    return source
  }
}

/// A timer that ticks every second, each tick logging one line: as many steps as one likes.
enum TickScene {
  static func records(ticks: Int) -> [Record] {
    var script = RecordScript()
    script.make("poll")
    for tick in 0..<ticks {
      let timer = script.timer("poll", due: Double(tick + 1))
      script.at(Double(tick + 1), timer: timer) { $0.note("log", "tick \(tick + 1)", who: "poll") }
    }
    return script.records
  }
}
