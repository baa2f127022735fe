import Screen
import Testing
import Traces

@testable import Explorer

@Suite struct FailureListTests {
  /// At the end of a run in which Failures end in every way, with their panel focused.
  private func driver(rounds: Int = 1, isRecording: Bool = false, keys: String = "") -> Driver {
    let driver = Driver(FateScene.open(rounds: rounds, isRecording: isRecording))
    driver.settle()
    driver.type("5")
    driver.type(keys)
    return driver
  }

  private func listed(_ driver: Driver) -> [String] {
    let rows = driver.session.failureRows
    return (0..<rows.count).compactMap { rows[$0] }.map {
      driver.session.timeline.frontier.failures[$0].message
    }
  }

  @Test func `a run lists the Failures so far, a recording all of them`() {
    #expect(listed(driver()) == [])
    #expect(listed(driver(keys: "e")) == ["trapped"])
    #expect(listed(driver(isRecording: true)).count == 7)
  }

  @Test(arguments: [
    ("fate:unhandled", ["unhandled"]), ("fate:alive", ["worse", "alive"]), ("fate:log", ["lost"]),
    ("fate:became", ["became"]), ("fate:trapped fate:swallowed", ["trapped", "swallowed"]),
    ("type:OSError", ["worse"]), ("type:KeyError trap", ["trapped"]),
    ("type:LookupError fate:alive", ["alive"]),
    ("!type:KeyError", ["worse", "lost"]), ("ALIVE", []),
  ])
  func `a filter lists by type, by fate and by words`(filter: String, messages: [String]) {
    let driver = driver(keys: "f\(filter)\n")
    #expect(listed(driver) == messages)
    driver.type("F")
    #expect(driver.session.failures.filter == nil)
  }

  @Test func `what is no fate is said, with those there are`() {
    let driver = driver(keys: "ffate:eaten\n")
    #expect(driver.message.hasPrefix("No fate is called eaten. There are: unhandled, logged, alive"))
    #expect(driver.session.failures.filter == nil)
  }

  @Test func `v goes to those that are alike, round the fates that occur, and to all again; V back`() {
    let driver = driver(isRecording: true)
    var seen: [String] = []
    repeat {
      driver.type("v")
      let isGrouped = driver.session.failuresView == .groups
      seen.append(driver.session.failures.filter?.text ?? (isGrouped ? "alike" : ""))
    } while seen.last != "alike" && seen.count < 20
    let words = ["unhandled", "logged", "alive", "swallowed", "became", "trapped"]
    #expect(seen == words.map { "fate:\($0)" } + ["", "alike"])
    driver.type("VV")
    #expect(listed(driver) == ["trapped"])
  }

  @Test func `Failures that are alike share a row, what matters most first`() {
    let driver = driver(rounds: 10, isRecording: true)
    let groups = driver.session.failures.groups
    #expect(groups.map(\.kind) == [.unhandled, .logged, .alive, .alive, .became, .swallowed, .trapped])
    #expect(groups.allSatisfy { $0.members.count == 10 })
    #expect(groups.first { $0.kind == .became }?.end == "OSError")
    driver.type("Gkk+")
    #expect(view(driver.model).picture.contains("→ 10 ⇒ KeyError"))
  }

  @Test func `Enter lists a group's Failures, x goes through them, Esc and F lead back`() {
    let driver = driver(rounds: 10, isRecording: true, keys: "G\n")
    #expect(listed(driver) == Array(repeating: "trapped", count: 10))
    driver.type("xx")
    #expect(driver.session.record?.event.failure == 7)
    driver.type("\u{1b}")
    #expect(driver.session.failuresView == .groups)
    driver.type("F")
    #expect(driver.session.failuresView == .list && listed(driver).count == 70)
  }

  @Test func `a group that a library ended comes behind those of the program`() throws {
    var script = RecordScript()
    for file in ["/usr/lib/python3/site-packages/treq/api.py", "/app/shop.py"] {
      let id = script.make("request \(script.records.count)")
      script.place = Place(file: file, line: 3)
      script.stage(id, errback: file.contains("app") ? "mine" : "theirs")
      script.place = nil
      let failure = script.failure("ResponseDone", "")
      script.fire(id, .failure(failure)) { script in
        script.handler(id, 0, .errback, .failure(failure)) { _ in .returned(ValueText("none")) }
        script.settle(id, .text("none"))
      }
    }
    let driver = Driver(ScriptedSource(script.records))
    driver.settle()
    #expect(driver.session.failures.groups.map(\.end) == ["mine", "theirs"])
  }

  @Test func `an errback that asks for no type is not said to trap`() {
    var script = RecordScript()
    for type in [nil, "ValueError", "KeyError"] {
      let id = script.make(type ?? "any")
      script.stage(id, errback: "rescue")
      let failure = script.failure("KeyError", "")
      script.fire(id, .failure(failure)) { script in
        script.handler(id, 0, .errback, .failure(failure)) { script in
          if let type {
            script.say(.trapAsked(failure, types: [type], matched: type == "KeyError" ? type : nil))
          }
          return .returned(ValueText("2"))
        }
        script.settle(id, .text("2"))
      }
    }
    let driver = Driver(ScriptedSource(script.records))
    driver.settle()
    driver.type("$5v")
    let scene = Scene(driver.session, glyphs: .unicode)
    #expect(
      scene.world.failures.map { FateWords($0, in: scene).text } == [
        "taken by rescue of any, which asked for no type",
        "taken by rescue of ValueError, which asked for ValueError",
        "trapped in rescue of KeyError as KeyError",
      ])
    #expect(driver.session.failures.groups.map(\.isUnasked).sorted { $0 && !$1 } == [true, false])
    #expect(scene.world.failures.map { FateKind($0.fate, in: scene.world) } == [.taken, .taken, .trapped])
    driver.model.session?.failuresView = .groups
    driver.type("+")
    let picture = view(driver.model).picture
    #expect(
      picture.contains("2 ▼ KeyError taken by rescue") && picture.contains("1 ▼ KeyError trapped by rescue"))
  }

  @Test func `x goes from birth to birth of those that are listed, X back`() {
    let driver = driver(rounds: 3, keys: "ffate:unhandled\nx")
    let first = driver.step
    #expect(driver.session.record?.event.failure == driver.session.shownFailure)
    driver.type("xx")
    let third = driver.step
    #expect(third > first)
    driver.type("x")
    #expect(driver.message == "No Failure of fate:unhandled is born after this step.")
    driver.type("XX")
    #expect(driver.step == first)
    driver.type("X")
    #expect(driver.message == "No Failure of fate:unhandled is born before this step.")
  }

  @Test func `many Failures are looked at in slices, and the way through them can be stopped`() {
    let driver = Driver(FateScene.open(rounds: 2000))
    driver.model.session?.timeline.extend(budget: .max)
    driver.type("5")
    driver.type("ftype:NoSuchError\n")
    driver.press("x")
    #expect(driver.session.work != nil)
    #expect(driver.session.progress?.total == 14_000)
    driver.press(.control("c"))
    #expect(driver.session.work == nil)
    driver.settle()
    #expect(driver.session.failures.scannedTo == 14_000)
    driver.type("Fx")
    #expect(driver.session.record?.event.failure == 0)
  }

  @Test func `fates that change while more is read are counted as they are in the end`() {
    let source = ScriptedSource(FateScene.records(rounds: 200), isLazy: true)
    let driver = Driver(source)
    driver.settle()
    let counts = FateKind.allCases.map { driver.session.failures.count(of: $0) }
    #expect(counts == [200, 200, 400, 200, 200, 200, 0, 0])
  }

  @Test func `a Failure that is yet to come is gone to with Enter, and told in full`() throws {
    let driver = driver(isRecording: true, keys: "ffate:alive\nG")
    let subject = try #require(driver.session.subject)
    let text = driver.session.detailsText(of: subject).joined(separator: "\n")
    #expect(text.contains("alive at the end: alive still holds it"))
    driver.type("\n")
    #expect(driver.session.record?.event.failure == driver.session.shownFailure)
    #expect(driver.step > 0)
  }

  @Test(arguments: [
    (60, "7: 1 unhandled, 1 logged, 2 alive, 1 swallowed, 1 became, 1 trapped"), (40, "7: ‼1 •1 ✗2 ∅1 ⇒1 ▼1"),
  ])
  func `the title counts the fates in words or signs, as there is room`(room: Int, text: String) {
    let driver = driver(isRecording: true)
    let counts = FailuresPanel.counts(
      driver.session.failures, total: 7, room: room + 8, glyphs: .unicode, isEndKnown: true)
    #expect(counts == text)
  }
}

@Test func `a Failure that was kept and given away is alive, and until then that is said to come`() {
  var script = RecordScript()
  let (id, other) = (script.make("src"), script.make("later"))
  script.stage(id, errback: "keep")
  let failure = script.failure("KeyError", "gone")
  script.fire(id, .failure(failure)) { script in
    script.handler(id, 0, .errback, .failure(failure)) { _ in .returned(.none) }
    script.settle(id, .value(.none))
  }
  script.fire(other, .failure(failure)) { $0.settle(other, .failure(failure)) }
  let driver = Driver(ScriptedSource(script.records))
  driver.settle()
  driver.type("5ffate:swallowed\n")
  #expect(driver.session.failures.ids.isEmpty)
  driver.type("ffate:alive\n")
  #expect(driver.session.failures.ids == [0])
  func told() -> String {
    let scene = Scene(driver.session, glyphs: .unicode)
    return FateWords(scene.world.failures[0], in: scene).text
  }
  driver.type("$")
  #expect(told() == "alive at the end: later still holds it")
  driver.type("SS")
  #expect(told() == "swallowed by keep of src, until step 9 gives it to later")
}

@Test func `a handler that took what it did not ask for is not said to have trapped it`() {
  var script = RecordScript()
  let id = script.make("spider")
  script.stage(id, errback: "missed")
  let failure = script.failure("DNSLookupError", "no such host")
  script.fire(id, .failure(failure)) { script in
    script.handler(id, 0, .errback, .failure(failure)) { script in
      script.say(.trapAsked(failure, types: ["HttpError"], matched: nil))
      return .returned(ValueText("none"))
    }
    script.settle(id, .text("none"))
  }
  let driver = Driver(ScriptedSource(script.records))
  driver.settle()
  driver.type("$")
  let text = driver.session.detailsText(of: .failure(0)).joined(separator: "\n")
  #expect(text.contains("taken by missed of spider, which asked for HttpError, and gave none"))
}
