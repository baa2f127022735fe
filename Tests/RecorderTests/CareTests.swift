import Foundation
import TestSupport
import Testing
import Traces

/// The recorder never changes what a program does.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct CareTests {
  @Test
  func `a text that raises, never ends, takes long or makes Deferreds is the recorder's own affair`() throws {
    let run = try Recorded("careful.py")
    #expect(run.status == 0)
    // On a machine that is very busy, fewer than three of the slow ones are far too slow already.
    let asked = /\['raises'(, 'raises')*(, 'slow'){1,3}, 'slower'\]/
    let attributes = "['_callbacks', '_canceller', '_chainedTo', '_runningCallbacks', 'called', 'result']"
    let lines = run.output.split(separator: "\n")
    #expect(
      lines.count == 2 && lines[0].wholeMatch(of: asked) != nil && lines[1] == attributes, "\(run.output)")
    #expect(run.world.deferreds.count == 15)
    #expect(run.text.utf8.count < 20_000)
  }

  @Test(arguments: [[], ["--filter", "nobody"]])
  func `tracebacks, warnings, references and what methods say of themselves are as without the recorder`(
    _ options: [String]
  ) throws {
    let python = try RealTwisted.found.get().python
    let program = Recorded.programs.appending(path: "looking.py").path
    let plain = try run(python, [program], in: Recorded.programs)
    let recorded = try Recorded("looking.py", options: options)
    #expect(plain.status == 0 && plain.output.contains("gone [True, True]"), "\(plain.errors)")
    #expect(recorded.output == plain.output)
    #expect(recorded.events.count > 50 || !options.isEmpty)
  }

  @Test func `a value whose text is long, slow or raises takes no text from others`() throws {
    let run = try Recorded("sloppy.py")
    let rows = run.events.compactMap { event -> String? in
      if case .fired(_, .value(let text)) = event, text.text.hasPrefix("<Row") { text.text } else { nil }
    }
    #expect(rows.count == 4 && rows[0] == "<Row 0 >" && rows[3] == "<Row 3 >", "\(rows)")
    #expect(rows[1] == "<Row, whose repr raised AttributeError>" && rows[2].hasPrefix("<Row 2 xxx"))
    for type in ["ValueError", "KeyError", "OSError"] {
      let said = run.world.failures.filter { $0.type == type }.map { $0.message }
      let quote = type == "KeyError" ? "'" : ""
      #expect(said.count == 7 && said.first == "\(quote)first\(quote)" && said.last == "\(quote)last\(quote)")
      #expect(said[1].hasPrefix("\(quote)zzz") && said[1].count <= 300)
      #expect(said[2].contains("raised TypeError"), "\(said)")
      #expect(said[4].contains("not asked any more, its repr took too long"), "\(said)")
    }
    let own = run.world.failures.filter { $0.type == "OwnError" }.map { $0.message }
    #expect(own == ["own 3", "<OwnError, whose __str__ raised AttributeError>", "own 4"])
    let always = run.text.split(separator: "\n").filter { $0.contains(#""fired""#) && $0.contains("<Always") }
    #expect(always.count == 60 && always[49].contains("<Always, whose repr raised ValueError>"))
    #expect(always[50].contains(": not asked any more, its repr raised ValueError again and again>"))
  }

  @Test func `what ended as deep as Python allows is told with its type, message and place`() throws {
    let python = try RealTwisted.found.get().python
    let program = Recorded.programs.appending(path: "deepest.py").path
    let plain = try run(python, [program], in: Recorded.programs)
    let recorded = try Recorded("deepest.py")
    #expect(plain.status == 0 && recorded.output == plain.output)
    #expect(recorded.world.failures.count == 6)
    for failure in recorded.world.failures {
      #expect(failure.type == "RecursionError" && failure.parents == ["RuntimeError", "Exception"])
      #expect(failure.message.hasPrefix("maximum recursion depth exceeded"))
      #expect(failure.bornPlace?.file.hasSuffix("deepest.py") == true && failure.traceback.count > 1)
    }
  }

  @Test(arguments: ["types", "none"]) func `values are left out where that is asked for`(_ values: String)
    throws
  {
    let run = try Recorded("trapped.py", options: ["--values", values])
    #expect(!run.text.contains("roses") && !run.text.contains("limerick"))
    #expect(run.text.contains("bad line 3") == (values == "types"))
    #expect(run.world.failures.map(\.type) == ["GibberishError"])
  }

  @Test func `what the first line can't be asked for is left out of it, and all else is there`() throws {
    let run = try Recorded("mocking.py", "odd")
    let header = try #require(run.traces.first?.header, "\(run.errors)")
    #expect(header.program == "mocking.py" && header.pid != nil && header.started == nil)
    #expect(run.output == "fine\n" && run.world.deferreds.count == 1)
  }

  @Test func `where no file can be begun, it is told why`() throws {
    let run = try Recorded("mocking.py", "broken")
    #expect(run.output == "fine\n" && run.traces.isEmpty)
    #expect(
      run.errors == "trapline: not recorded: no file could be begun: ValueError: there is␊no file\n")
  }

  @Test func `Twisted's own tests pass, also where only a part is recorded`() throws {
    let part = try Recorded("own_tests.py", options: ["--filter", "twisted.test"])
    #expect(part.status == 0, "\(part.output.suffix(2000))")
    #expect(part.events.count > 200)
    let run = try Recorded("own_tests.py", options: ["--max-size", "1M"])
    #expect(run.status == 0, "\(run.output.suffix(2000))")
    let skipped = run.errors.split(separator: "\n").filter { $0.hasPrefix("SKIPPED") }
    FileHandle.standardError.write(Data(skipped.map { "\($0)\n" }.joined().utf8))
    #expect(run.output.contains("test_defer") != !skipped.isEmpty)
    #expect(run.events.count > 5000)
  }
}
