import Screen
import Traces

@testable import Explorer

/// Scenes that show what the poem does not: each kind of stage, of passage and of ending.
enum ViewScenes {
  /// `job` raises in its first stage, and no errback follows: nobody handles the Failure.
  static func unhandled() -> ScriptedSource {
    var script = RecordScript()
    let job = script.make("job")
    script.stage(job, callback: "start")
    script.stage(job, callback: "go_on")
    script.timer("fire job", due: 2)
    script.at(2, timer: 0) { script in
      script.fire(job, .text("1")) { script in
        var full = 0
        script.handler(job, 0, .callback, .text("1")) { script in
          full = script.failure("OSError", "disk full")
          return .raised(full)
        }
        script.pass(job, 1, .errback)
        script.settle(job, .failure(full))
      }
    }
    script.say(.collected(job))
    script.say(.unhandled(job, 0))
    return ScriptedSource(script.records, title: "Nobody listened")
  }

  /// `b` fails and goes through a timeout, a trap that does not match, a new Failure, `chainDeferred`, and
  /// swallows it; `a` is a member of a list.
  static func kinds() -> ScriptedSource {
    var script = RecordScript()
    let all = script.make("all", origin: "list")
    let a = script.make("a")
    let b = script.make("b", hasCanceller: true)
    script.stage(a, .slot(group: all, index: 0), callback: "slot", errback: "slot")
    script.stage(b, .timeout(3_000_000), callback: "timeout", errback: "timeout")
    script.stage(b, callback: "work", errback: "rescue")
    script.stage(b, errback: "other")
    script.stage(b, .chainTo(a), callback: "hand_on", errback: "hand_on")
    script.stage(b, callback: "close", errback: "close")
    script.say(.groupMade(all, kind: "list", members: [a, b]))
    script.timer("fire b", due: 1)
    script.timer("slow", due: 3)
    script.timer("a timer with a long name", due: 3.5)
    script.say(.loopStarted(0, name: "poll", deferred: all, interval: 500_000, now: false))
    script.say(.sharedChanged(1, kind: "lock", name: "door", held: 1, waiting: 2, total: 1))
    script.at(1, timer: 0) { runKinds(b, &$0) }
    script.note("log", "b is done", who: "b")
    script.note("say", "The Failure went a long way, and ended without a word.", who: "lesson")
    return ScriptedSource(script.records, title: "All kinds of stages")
  }

  private static func runKinds(_ b: DeferredID, _ script: inout RecordScript) {
    let key = script.failure("KeyError", "no such key in the table", parents: ["LookupError", "Exception"])
    script.fire(b, .failure(key)) { script in
      script.handler(b, 0, .errback, .failure(key)) { _ in .returnedFailure(key) }
      script.handler(b, 1, .errback, .failure(key)) { script in
        script.say(.trapAsked(key, types: ["ValueError"], matched: nil))
        return .raised(key)
      }
      var worse = 0
      script.handler(b, 2, .errback, .failure(key)) { script in
        worse = script.failure("RuntimeError", "worse", from: key)
        return .raised(worse)
      }
      script.handler(b, 3, .errback, .failure(worse)) { _ in .returned(ValueText("none")) }
      let odd = "'漢字 e\u{301} \u{1B}[31m\u{202E}'"
      script.handler(b, 4, .callback, .text("none")) { _ in .returned(ValueText(odd)) }
      script.settle(b, .text(odd))
    }
  }

  /// A chain of `count` stages, of which the first half has been run through.
  static func long(_ count: Int) -> ScriptedSource {
    var script = RecordScript()
    let long = script.make("long")
    for index in 0..<count { script.stage(long, callback: "step_\(index)") }
    script.fire(long, .text("0")) { script in
      for index in 0..<count / 2 {
        script.handler(long, index, .callback, .text("\(index)")) { _ in .returned(ValueText("\(index + 1)"))
        }
      }
    }
    return ScriptedSource(script.records, title: "A long chain")
  }

  /// `hub` is waited for by `count` Deferreds, one of which is waited for by another one.
  static func waiters(_ count: Int) -> ScriptedSource {
    var script = RecordScript()
    let hub = script.make("hub")
    for index in 0..<count { wait(script.make("w\(index)"), for: hub, innerStage: index, &script) }
    wait(script.make("deep"), for: 1, innerStage: 1, &script)
    return ScriptedSource(script.records, title: "A crowd")
  }

  private static func wait(
    _ outer: DeferredID, for inner: DeferredID, innerStage: Int, _ script: inout RecordScript
  ) {
    script.stage(outer, callback: "ask")
    script.fire(outer, .text("1")) { script in
      script.handler(outer, 0, .callback, .text("1")) { _ in .returnedDeferred(inner) }
      script.stage(inner, .resumes(outer))
      script.say(.waits(outer: outer, inner: inner, innerStage: innerStage))
    }
  }

  static let gallery = [
    GalleryEntry(
      fileName: "01-nothing-connected.yaml", title: "Nothing connects them",
      summary: "Two plain functions, one meant as an errback: nothing connects them to a Deferred.",
      tags: ["basics", "timers"]),
    GalleryEntry(
      fileName: "02-one-callback.yaml", title: "One callback",
      summary: "A Deferred with one callback, fired after five seconds.", tags: ["basics"]),
    GalleryEntry(
      fileName: "06-trapped-later.yaml", title: "Where did my exception go?",
      summary: "A parser raises; two stages later an errback traps it.", tags: ["failure", "trap"]),
  ]
}

extension Model {
  /// A model that looks at a source, at a step.
  ///
  /// - Parameter isEndKnown: whether everything that comes later has been taken in too.
  static func looking(
    at source: ScriptedSource, step: Int, size: Size, glyphs: Glyphs = .unicode, isEndKnown: Bool = false,
    focus: Panel = .chain
  ) -> Model {
    var model = Model(
      size: size, glyphs: glyphs, gallery: ViewScenes.gallery, opening: source, name: "scene.yaml")
    model.session?.timeline.extend(budget: isEndKnown ? source.records.count + 1 : step)
    model.session?.timeline.seek(to: step)
    model.session?.focus = focus
    return model
  }
}
