import TestSupport
import Testing
import Traces

/// What Twisted makes Deferreds for: each is linked to what it stands for, waits for or comes from.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct SharingTests {
  @Test func `a lock, a semaphore and a queue tell who holds and who waits`() throws {
    let run = try Recorded("sharing.py")
    func states(_ wanted: String) -> [[Int?]] {
      run.events.compactMap { event in
        if case .sharedChanged(_, wanted, _, let held, let waiting, let total, _) = event {
          [held, waiting, total]
        } else {
          nil
        }
      }
    }
    // Of each one gives up waiting.
    #expect(states("lock") == [[1, 0, 1], [1, 1, 1], [1, 0, 1], [1, 1, 1], [1, 0, 1]])
    // Two have it, a third waits, gets it from the first, and one after the other gives it back.
    let semaphore = states("semaphore")
    let waiting = [[2, 1, 2], [2, 2, 2], [2, 1, 2]]
    #expect(semaphore == [[1, 0, 2], [2, 0, 2]] + waiting + [[2, 0, 2], [1, 0, 2], [0, 0, 2]])
    #expect(states("queue") == [[0, 1, 5], [0, 0, 5], [1, 0, 5], [0, 1, nil], [0, 0, nil]])
    let origins = run.events.compactMap { event -> String? in
      if case .made(_, let origin, let name, _) = event, ["lock", "semaphore", "queue"].contains(origin) {
        name.map { String($0.prefix { $0 != " " }) }
      } else {
        nil
      }
    }
    #expect(origins == ["acquire", "acquire", "acquire", "run", "run", "run", "acquire", "get", "get"])
  }

  @Test func `whose turn it is, and who waits for one, is told`() throws {
    let run = try Recorded("sharing.py")
    func turns(_ wanted: String) -> [String] {
      run.events.compactMap { event in
        guard case .sharedChanged(_, wanted, _, _, _, _, let turn) = event else { return nil }
        let name = turn.flatMap { run.world.deferreds.at($0.deferred)?.origin } ?? ""
        return switch turn {
        case .asked?: "\(name) waits"
        case .given?: "\(name) has it"
        case .gaveUp?: "\(name) gives up"
        case nil: "-"
        }
      }
    }
    #expect(turns("lock") == ["has it", "waits", "has it", "waits", "gives up"].map { "lock \($0)" })
    let semaphore = ["has it", "has it", "waits", "waits", "gives up", "has it"].map { "semaphore \($0)" }
    #expect(turns("semaphore") == semaphore + ["-", "-"])
    #expect(turns("queue") == ["queue waits", "queue has it", "-", "queue waits", "queue gives up"])
    let lock = try #require(run.world.actors.first { $0.name.hasPrefix("lock") })
    guard case .shared(_, held: 1, waiting: 0, total: 1) = lock.kind else {
      Issue.record("\(lock.kind): who gave up waits no more, and the holder has it still")
      return
    }
    let holder = try #require(lock.deferred.flatMap { run.world.deferreds.at($0) })
    #expect(holder.isFired && holder.shared == lock.id && lock.givenAt != nil)
  }

  @Test func `the tasks of a cooperator wait for what they yield, and end for a reason`() throws {
    let run = try Recorded("sharing.py")
    let tasks = run.events.compactMap { event -> ActorID? in
      if case .taskMade(let id, "steps", let cooperator) = event, cooperator.hasPrefix("cooperator") {
        id
      } else {
        nil
      }
    }
    #expect(tasks.count == 2)
    let (first, second) = (tasks[0], tasks[1])
    #expect(
      run.events.count { $0 == .taskPaused(first, count: 1) } == 4, "by hand, and for each of three steps")
    #expect(run.events.count { $0 == .taskResumed(first, count: 0) } == 4)
    #expect(run.events.contains(.taskEnded(first, why: nil)))
    let why = run.events.compactMap { event -> FailureID? in
      if case .taskEnded(second, let why) = event { why } else { nil }
    }
    #expect(why.first.flatMap { run.world.failures.at($0)?.type } == "TaskStopped")
  }

  @Test func `a loop ticks, and is stopped by what its function raised`() throws {
    let run = try Recorded("sharing.py")
    let started = run.events.compactMap { event -> (ActorID, DeferredID)? in
      if case .loopStarted(let id, "tick", let deferred, 1_000_000, true) = event {
        (id, deferred)
      } else {
        nil
      }
    }
    let (loop, deferred) = try #require(started.first)
    let ticks = run.events.compactMap { event -> Int? in
      if case .loopTicked(loop, let number, _) = event { number } else { nil }
    }
    #expect(ticks == [1, 2, 3])
    let failure = try #require(
      run.events.compactMap { if case .loopStopped(loop, let failure) = $0 { failure } else { nil } }.first)
    #expect(run.world.failures.at(failure)?.type == "OSError")
    #expect(run.events.contains(.fired(deferred, .failure(failure))))
  }

  @Test func `a list and a race tell which member decided, and what became of the others`() throws {
    let run = try Recorded("sharing.py")
    func group(_ kind: String) throws -> (DeferredID, [DeferredID]) {
      try #require(
        run.events.compactMap { event -> (DeferredID, [DeferredID])? in
          if case .groupMade(let id, kind, let members) = event { (id, members) } else { nil }
        }.first)
    }
    let (list, members) = try group("list")
    #expect(run.events.contains(.groupDecided(list, index: 1)))
    let first = try #require(run.world.failures.first { $0.type == "FirstError" })
    let eggs = try #require(run.world.failures.first { $0.type == "KeyError" })
    #expect(first.message == "#1 KeyError: 'eggs'" && eggs.fate == .unhandled(members[1]))
    #expect(
      run.events.contains { if case .failureBorn(_, "FirstError", _, _, .some) = $0 { true } else { false } })
    let (race, racers) = try group("race")
    #expect(run.events.contains(.groupDecided(race, index: 1)))
    #expect(run.events.contains(.cancelAsked(racers[0])))
    #expect(
      run.world.deferreds.at(racers[1])?.origin == "later", "the one that won is that of deferLater")
  }

  @Test func `a timeout cancels, and its CancelledError becomes a TimeoutError`() throws {
    let run = try Recorded("sharing.py")
    let late = try #require(
      run.events.compactMap { event -> DeferredID? in
        if case .stageAdded(let id, 0, .timeout(2_000_000), _, _) = event { id } else { nil }
      }.first)
    #expect(run.events.contains(.cancelAsked(late)))
    let timeout = try #require(run.world.failures.first { $0.type == "TimeoutError" })
    #expect(timeout.bornIn == StageRef(deferred: late, stage: 0, side: .errback))
    guard case .trapped(let stage, by: "TimeoutError") = timeout.fate else {
      Issue.record("\(timeout.fate)")
      return
    }
    #expect(stage.deferred == late)
  }

  @Test func `a cancel goes on to what is waited for, whose canceller may give a value`() throws {
    let run = try Recorded("sharing.py")
    let passed = try #require(
      run.events.compactMap { event -> (DeferredID, DeferredID)? in
        if case .cancelPassedOn(let outer, let inner) = event { (outer, inner) } else { nil }
      }.first)
    #expect(run.events.contains(.cancellerEntered(passed.1)))
    #expect(run.events.contains(.cancellerLeft(passed.1, raised: nil)))
    #expect(run.world.deferreds.at(passed.0)?.result == .value(ValueText("'given up'")))
  }

  @Test func `what a thread gives or raises comes back to the reactor's`() throws {
    let run = try Recorded("threads.py")
    let given = run.world.deferreds.filter { $0.name.hasPrefix("deferToThread") }
    #expect(given.count == 2)
    let failure = try #require(run.world.failures.first { $0.type == "OSError" })
    #expect(failure.bornPlace?.line == 8)
    #expect(!run.text.contains(#""th":"#), "both fire on the thread of the reactor")
    let waited = run.events.count { event in
      if case .generatorYielded(_, .some(let id)) = event { given.contains { $0.id == id } } else { false }
    }
    #expect(waited == 2)
    #expect(run.events.contains { if case .made(_, "later", _, true) = $0 { true } else { false } })
    #expect(run.traces.first?.isClosed == true && run.status == 0)
  }

  @Test(arguments: ["none", "types", "repr"])
  func `a secret is nowhere in a file without values`(_ values: String) throws {
    let run = try Recorded("secrets.py", "sesame", options: ["--values", values])
    #expect(run.status == 0 && run.output == "True\n")
    #expect(run.world.failures.map(\.type).sorted() == ["FirstError", "KeyError", "ValueError"])
    #expect(run.text.contains("sesame") == (values != "none"))
    let words = run.text.split(separator: "\n").filter {
      $0.contains(#""e":"entered""#) && $0.contains("sesame")
    }
    #expect(words.isEmpty == (values != "repr"))
  }

  @Test(arguments: ["-c", "-Bc", "-uBc", "-Wignore|-c", "-Wignore|-Bc", "-X|dev|-c"])
  func `the text of a program is nowhere in a file without values`(_ flags: String) throws {
    let program = "sesame = 1\nfrom twisted.internet import defer; defer.succeed(sesame)"
    let python = try RealTwisted.found.get().python
    let command = [python] + flags.split(separator: "|").map(String.init) + [program]
    let run = try Recorded(command: command, options: ["--values", "none"])
    #expect(run.traces.first?.header.program == "python -c", "\(run.errors)")
    #expect(!run.text.contains("sesame"))
  }
}
