import Foundation
import Scenarios
import Testing
import Traces

@testable import trapline

/// What `why` tells of traces and scenarios: the stories of Failures, and where a program hangs.
@Suite struct WhyTests {
  /// A Failure that a coroutine waits for goes on into it, and is not swallowed where it waited.
  @Test(arguments: [
    (
      "[{try: [{await: user}], except: {LookupError: []}}]",
      ".", "login (FILE:4) caught it, at step 15."
    ),
    (
      "[{await: user}]", " and did not catch it.",
      "Nobody was left to handle it in login: reported unhandled at step 22."
    ),
  ])
  func `why follows a Failure into the coroutine that waited for it`(
    lines: String, how: String, end: String
  ) throws {
    let file = try TemporaryFile(
      "trapline: 1\ndeferreds:\n  user: {later: 1, raise: LookupError bob}\n  login: {async: \(lines)}\n")
    let story = try Program.run("why", file.path, "1").lines
    #expect(
      story.dropFirst(2).first?.hasSuffix("it was thrown into login, which waited for user\(how)") == true)
    // Places name a file with its folder.
    let name = file.path.split(separator: "/").suffix(2).joined(separator: "/")
    #expect(story.dropFirst(3).first == "   \(end.replacing("FILE", with: name))")
    #expect(!story.joined().contains("silently"))
  }

  @Test func `why tells the stories of Failures, those without an end where none is named`() throws {
    let handled = try Program.run("why", "06")
    #expect(
      handled.lines == [
        "There is 1 Failure, and it was handled.", "",
        "   GibberishError: bad line 3: trapped by fall_back (06-trapped-later.yaml:14) (1)", "",
      ])
    let named = try Program.run("why", "06", "ValueError")
    #expect(named.lines.first == "1. GibberishError: bad line 3")
    #expect(named.output.contains("   Step 15: fall_back of poem ("))
    #expect(named.output.contains(" trapped it, asking for GibberishError, and gave "))
    #expect(try Program.run("why", "06", "1").output == named.output)
    let none = try Program.run("why", "06", "OSError")
    #expect(none.output == "There is 1 Failure, and it is no OSError.\n" && none.status == 1)
    #expect(try Program.run("why", "09").output.contains("it was swallowed"))
    let unhandled = try Program.run("why", "08")
    #expect(unhandled.output.contains("reported unhandled"))
  }

  @Test(arguments: [
    (0, 0, "There is no Failure."), (1, 0, "There is 1 Failure, and it was handled."),
    (3, 0, "There are 3 Failures, and each was handled."),
    (1, 1, "There is 1 Failure, and it was swallowed by an installed package."),
    (2, 2, "There are 2 Failures, and each was swallowed by an installed package."),
    (2, 1, "There are 2 Failures: 1 was swallowed by an installed package, the other was handled."),
    (5, 2, "There are 5 Failures: 2 were swallowed by installed packages, the others were handled."),
  ])
  func `where no story has to be told, why says how many were handled, and how many a package swallowed`(
    count: Int, silent: Int, text: String
  ) {
    #expect(WhyCommand.nothingToTell(of: count, silentInPackages: silent) == text)
  }

  @Test(arguments: [
    (["fired"], ""),
    (["made"], "1 Deferred never fired, and nothing waits for it: trapline stats tells where it was made.\n"),
    (
      ["made", "fired", "made"],
      "2 Deferreds never fired, and nothing waits for them: trapline stats tells where they were made.\n"
    ),
  ])
  func `where nothing failed, why says what never fired`(ends: [String], hint: String) throws {
    var lines = [#"{"trapline":1,"program":"p","clock":"monotonic"}"#]
    for (id, end) in ends.enumerated() {
      lines.append(#"{"t":\#(id),"e":"made","d":\#(id),"name":"call \#(id)"}"#)
      if end == "fired" { lines.append(#"{"t":\#(id),"e":"fired","d":\#(id),"v":"1"}"#) }
    }
    lines.append(#"{"e":"closed"}"#)
    let file = try TemporaryFile(lines.joined(separator: "\n") + "\n", named: "a.trace.jsonl")
    let run = try Program.run("why", file.path)
    #expect(run.output == "There is no Failure.\n" + hint && run.status == 0)
    // Whoever asks for one in particular is told the same.
    let missed = try Program.run("why", file.path, "KeyError")
    #expect(missed.output == run.output && missed.status == 1)
  }

  /// Coroutines take a lock in turn; what the first does meanwhile never ends. A chain waits for the first.
  @Test func `where a program stalls, why says what others wait for, and not those that wait themselves`()
    throws
  {
    let trace = """
      {"trapline":1,"program":"p","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"origin":"lock","name":"acquire 0","file":"p.py","line":4}
      {"t":1,"e":"made","d":1,"origin":"generator","name":"work 1"}
      {"t":1,"e":"generator","d":1,"name":"work"}
      {"t":2,"e":"made","d":2,"name":"square 2","file":"p.py","line":9}
      {"t":2,"e":"yielded","d":1,"on":2}
      {"t":3,"e":"made","d":3,"origin":"generator","name":"work 3"}
      {"t":3,"e":"generator","d":3,"name":"work"}
      {"t":3,"e":"yielded","d":3,"on":0}
      {"t":4,"e":"made","d":4,"name":"page 4"}
      {"t":4,"e":"stage","d":4,"i":0,"callback":"body"}
      {"t":4,"e":"fired","d":4,"v":"1"}
      {"t":4,"e":"entered","d":4,"i":0,"side":"callback","v":"1"}
      {"t":5,"e":"left","d":4,"i":0,"side":"callback","end":"returned","v":"<Deferred>"}
      {"t":5,"e":"waits","d":4,"on":2,"i":0}
      {"t":6,"e":"made","d":5,"name":"nobody's 5"}
      {"e":"closed"}

      """
    let file = try TemporaryFile(trace, named: "a.trace.jsonl")
    let run = try Program.run("why", file.path)
    #expect(
      run.lines == [
        "There is no Failure.", "5 Deferreds never fired. What others wait for to the end:",
        "   square 2 (p.py:9): page 4 waits for it, and 1 more", "   acquire 0 (p.py:4): work 3 waits for it",
        "",
      ])
  }

  @Test func `below what failed stands what others wait for, down to the member that a group lacks`() throws {
    let trace = """
      {"trapline":1,"program":"p","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"name":"job 0","file":"p.py","line":4}
      {"t":0,"e":"made","d":1,"name":"job 1","file":"p.py","line":4}
      {"t":1,"e":"made","d":2,"origin":"gather","name":"both 2","file":"p.py","line":6}
      {"t":1,"e":"group","d":2,"kind":"gather","members":[0,1]}
      {"t":2,"e":"made","d":3,"origin":"generator","name":"main 3"}
      {"t":2,"e":"generator","d":3,"name":"main"}
      {"t":2,"e":"yielded","d":3,"on":2}
      {"t":3,"e":"fired","d":0,"v":"1"}
      {"t":3,"e":"slot","d":2,"i":0,"v":"1"}
      {"t":4,"e":"made","d":4,"name":"lost 4"}
      {"t":4,"e":"born","f":0,"type":"KeyError","message":"'k'"}
      {"t":4,"e":"fired","d":4,"vf":0}
      {"t":5,"e":"unhandled","d":4,"f":0}
      {"e":"closed"}

      """
    let file = try TemporaryFile(trace, named: "a.trace.jsonl")
    let lines = try Program.run("why", file.path).lines
    #expect(lines.first == "1. KeyError: 'k'")
    #expect(
      lines.suffix(3) == [
        "What others wait for to the end:", "   job 1 (p.py:4): both 2 waits for it", "",
      ])
  }

  @Test func `of what holds nothing that is said`() throws {
    let file = try TemporaryFile("", named: "a.trace.jsonl")
    let run = try Program.run("why", file.path)
    #expect(run.lines == ["There is nothing in it.", ""] && run.errors.contains("the file is empty"))
  }

  @Test func `what the recorder did not keep is told of first, and nothing is claimed that may be in it`()
    throws
  {
    let trace = """
      {"trapline":1,"program":"p","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"name":"call 0"}
      {"t":1,"e":"made","d":1,"name":"call 1"}
      {"t":1,"e":"stage","d":1,"i":0,"callback":"parse"}
      {"t":1,"e":"fired","d":1,"v":"1"}
      {"t":1,"e":"entered","d":1,"i":0,"side":"callback","v":"1"}
      {"t":2,"e":"dropped","count":7}
      {"t":3,"e":"made","d":2,"name":"call 2"}
      {"e":"closed"}

      """
    let file = try TemporaryFile(trace, named: "a.trace.jsonl")
    #expect(
      try Program.run("why", file.path).lines == [
        "NOT ALL IS THERE: 7 events are missing, which the recorder did not keep.", "",
        "In what is left there is no Failure.",
        "1 Deferred never fired, and nothing waits for it: trapline stats tells where it was made.", "",
      ])
    let stats = try Program.run("stats", file.path).lines
    #expect(stats.contains("closed by its recorder"))
    #expect(stats.contains("        2  not fired, as far as is told"))
    #expect(!stats.contains("Not over at the end"))
    let check = try Program.run("check", file.path)
    #expect(
      check.output.contains("warning: the recorder did not keep all: 7 events missing") && check.status == 0)
  }

  @Test func `who had a lock before events are missing is not told to have it`() throws {
    let trace = """
      {"trapline":1,"program":"p","clock":"monotonic"}
      {"t":1,"e":"made","d":0,"origin":"lock","name":"acquire 0"}
      {"t":1,"e":"shared","actor":0,"kind":"lock","name":"lock 0","held":1,"waiting":0,"total":1,"to":0}
      {"t":2,"e":"dropped","count":9}
      {"t":3,"e":"made","d":1,"origin":"lock","name":"acquire 1"}
      {"t":3,"e":"shared","actor":0,"kind":"lock","name":"lock 0","held":1,"waiting":1,"total":1,"d":1}

      """
    let file = try TemporaryFile(trace, named: "a.trace.jsonl")
    let lines = try Program.run("why", file.path).lines
    #expect(lines.contains("   lock 0 is held, and 1 waits"))
    let none = try TemporaryFile(trace.replacing("\"count\":9", with: "\"count\":0"), named: "a.trace.jsonl")
    #expect(try Program.run("why", none.path).output.contains("acquire 0, had it last, from step 2 on"))
  }

  @Test func `a loop that stopped is told where its Failure went on`() throws {
    let trace = """
      {"trapline":1,"program":"p","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"origin":"loop","name":"start 0"}
      {"t":0,"e":"loop","actor":0,"name":"poll","d":0,"interval":1000}
      {"t":1,"e":"made","d":1,"name":"tick 1"}
      {"t":1,"e":"stage","d":1,"i":0,"callback":"cb","errback":"eb"}
      {"t":2,"e":"born","f":0,"type":"OSError"}
      {"t":2,"e":"fired","d":1,"vf":0}
      {"t":2,"e":"entered","d":1,"i":0,"side":"errback","vf":0}
      {"t":2,"e":"loop_stopped","actor":0,"f":0}
      {"t":2,"e":"fired","d":0,"vf":0}
      {"t":3,"e":"left","d":1,"i":0,"side":"errback","end":"returned","v":"none"}
      {"t":4,"e":"unhandled","d":0,"f":0}
      {"e":"closed"}

      """
    let file = try TemporaryFile(trace, named: "a.trace.jsonl")
    #expect(
      try Program.run("why", file.path).lines.dropFirst(2) == [
        "   Step 7: eb of tick 1 was done with it, and gave none; it went on elsewhere.",
        "   Step 9: start 0 was fired with it, as the loop poll stopped with it.",
        "   Nobody was left to handle it in start 0: reported unhandled at step 11.", "",
      ])
  }

  @Test func `what still runs where only the recording was stopped is no end in the middle`() throws {
    func told(_ why: String) throws -> Bool {
      let trace = """
        {"trapline":1,"program":"p","clock":"monotonic"}
        {"t":1,"e":"made","d":0,"name":"main"}
        {"t":1,"e":"generator","d":0,"name":"main"}
        {"e":"closed","why":"\(why)"}

        """
      let file = try TemporaryFile(trace, named: "a.trace.jsonl")
      let outputs = try ["why", "stats"].map {
        try Program.run($0, file.path).output.contains("Not over at the end")
      }
      #expect(outputs[0] == outputs[1])
      return outputs[0]
    }
    #expect(try !told("stopped"))
    #expect(try told("signal 15"))
  }

  @Test func `of several processes each is over as its own recorder says`() throws {
    func trace(_ pid: Int, _ name: String, _ why: String) throws -> TemporaryFile {
      try TemporaryFile(
        """
        {"trapline":1,"program":"p","clock":"monotonic","pid":\(pid)}
        {"t":1,"e":"made","d":0,"name":"\(name)"}
        {"t":1,"e":"generator","d":0,"name":"\(name)"}
        {"e":"closed","why":"\(why)"}

        """, named: "p\(pid).trace.jsonl")
    }
    let (stopped, hung) = (try trace(1, "calm", "stopped"), try trace(2, "stuck", "signal 15"))
    let ends = try Program.run("why", stopped.path, hung.path).lines.filter { $0.hasPrefix("Not over") }
    #expect(ends.count == 1 && ends.first?.contains("stuck") == true)
  }

  @Test func `of what several wait for, why says who had it last`() throws {
    let trace = """
      {"trapline":1,"program":"p","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"origin":"generator","name":"writer 0"}
      {"t":0,"e":"generator","d":0,"name":"writer"}
      {"t":1,"e":"made","d":1,"origin":"lock","name":"acquire 1","file":"p.py","line":4}
      {"t":1,"e":"shared","actor":0,"kind":"lock","name":"lock 0","held":1,"waiting":0,"total":1,"to":1}
      {"t":1,"e":"fired","d":1,"v":"lock"}
      {"t":2,"e":"generator_ended","d":0,"end":"returned","v":"none"}
      {"t":2,"e":"fired","d":0,"v":"none"}
      {"t":3,"e":"made","d":2,"origin":"lock","name":"acquire 2","file":"p.py","line":4}
      {"t":3,"e":"shared","actor":0,"kind":"lock","name":"lock 0","held":1,"waiting":1,"total":1,"d":2}
      {"t":4,"e":"made","d":3,"origin":"queue","name":"get 3"}
      {"t":4,"e":"shared","actor":1,"kind":"queue","name":"queue 1","held":0,"waiting":1,"d":3}
      {"t":5,"e":"shared","actor":2,"kind":"semaphore","name":"free","held":1,"waiting":0,"total":3}
      {"e":"closed"}

      """
    let file = try TemporaryFile(trace, named: "a.trace.jsonl")
    let run = try Program.run("why", file.path)
    let told = [
      "There is no Failure.",
      "2 Deferreds never fired, and nothing waits for them: trapline stats tells where they were made.",
      "   lock 0 is held, and 1 waits: acquire 1 (p.py:4), inside writer 0, had it last, from step 4 on",
      "   queue 1 has 0 inside, and 1 waits",
    ]
    #expect(run.lines == told + [""])
    // Where something failed, that stands below it; what waits for a queue is more often just its way.
    let handled = """
      {"t":6,"e":"born","f":0,"type":"KeyError"}
      {"t":6,"e":"made","d":4,"name":"call 4"}
      {"t":6,"e":"stage","d":4,"i":0,"errback":"trap"}
      {"t":6,"e":"fired","d":4,"vf":0}
      {"t":6,"e":"entered","d":4,"i":0,"side":"errback","vf":0}
      {"t":6,"e":"trap","f":0,"types":["KeyError"],"matched":"KeyError"}
      {"t":6,"e":"left","d":4,"i":0,"side":"errback","end":"returned","v":"1"}

      """
    let failed = try TemporaryFile(
      trace.replacing(#"{"e":"closed"}"#, with: handled + #"{"e":"closed"}"#), named: "b.trace.jsonl")
    let lines = try Program.run("why", failed.path).lines
    #expect(lines.first == "There is 1 Failure, and it was handled.")
    #expect(lines.suffix(3) == ["What others wait for to the end:", told[2], ""])
  }

  @Test func `why reads the traces of several processes as one, and a Failure is named after them`() throws {
    let (first, second) = (try failingProcess(1, "KeyError"), try failingProcess(2, "OSError"))
    let all = try Program.run("why", first.path, second.path)
    #expect(all.status == 0)
    #expect(all.lines.filter { $0.contains(" in ") }.count >= 2)
    #expect(all.output.contains("1. KeyError: in 1") && all.output.contains("2. OSError: in 2"))
    for name in ["2", "OSError"] {
      let one = try Program.run("why", first.path, second.path, name)
      #expect(one.lines.first == "2. OSError: in 2" && !one.output.contains("KeyError"))
    }
    let missing = try Program.run("why", first.path, "no-such.trace.jsonl")
    #expect(missing.status == 66 && missing.errors.contains("no such file"))
    #expect(try Program.run("why", first.path, "NoSuchError").status == 1)
    #expect(try Program.run("why").status == 64)
    let mixed = try Program.run("why", first.path, "06", "1")
    #expect(mixed.status == 65 && mixed.errors.contains("only traces can be opened together"))
  }

  @Test func `of Failures that went the same way why tells one, and names the others`() throws {
    let fails = (0..<4).map { id in
      """
      {"t":\(id),"e":"made","d":\(id),"name":"page \(id)"}
      {"t":\(id),"e":"born","f":\(id),"type":"KeyError","message":"eggs","file":"p.py","line":\(id < 3 ? 5 : 8)}
      {"t":\(id),"e":"fired","d":\(id),"vf":\(id)}
      {"t":\(id),"e":"unhandled","d":\(id),"f":\(id)}

      """
    }
    let file = try TemporaryFile(
      "{\"trapline\":1,\"program\":\"p\"}\n" + fails.joined() + "{\"e\":\"closed\"}\n",
      named: "a.trace.jsonl")
    let told = try Program.run("why", file.path).lines.filter { !$0.isEmpty }
    #expect(told.filter { !$0.hasPrefix(" ") } == ["1. KeyError: eggs", "4. KeyError: eggs"])
    #expect(told.filter { $0.contains("same way") } == ["   The same way went 2 more: 2, 3."])
  }
}
