import Foundation
import TestSupport
import Testing
import Traces

/// However a process ends, its file says what happened before.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct EndTests {
  @Test(arguments: [("plain", 0), ("term", 15), ("exit", 3)])
  func `nothing is lost at an end that the process hears of`(_ way: String, _ status: Int32) throws {
    let run = try Recorded("ending.py", way)
    #expect(run.status == status)
    #expect(run.world.deferreds.at(0)?.result == .value(ValueText("3")))
    #expect(run.traces.first?.isClosed == true && !run.errors.contains("hint: "))
    #expect(run.text.components(separatedBy: #""e":"closed""#).count == 2, "it is said once")
    #expect(!run.text.contains("ended while Python went down"))
  }

  @Test(
    arguments: ["with another thread", "with the main thread", "in a signal", "as Python goes down"],
    [[], ["--max-size", "1M"]])
  func `nothing is lost or torn at an end in the middle of a write`(way: String, options: [String]) throws {
    let run = try Recorded("midway.py", way, options: options)
    #expect(run.traces.first?.isClosed == true && run.traces.first?.faults.isEmpty == true, "\(run.errors)")
    #expect(run.world.deferreds.count == 202)
    #expect(run.world.deferreds.last?.result == .value(ValueText("'the last'")))
  }

  @Test func `what another thread writes is whole where the process becomes another`() throws {
    let run = try Recorded("midway.py", "execute")
    #expect(run.output == "another\n" && run.traces.first?.faults.isEmpty == true, "\(run.errors)")
    #expect(run.world.deferreds.contains { $0.result == .value(ValueText("'the last'")) })
  }

  @Test func `a signal while Python goes down leaves no file open`() throws {
    let run = try Recorded("ending.py", "down")
    #expect(run.status == 15)
    #expect(run.traces.first?.isClosed == true && run.traces.first?.faults.isEmpty == true, "\(run.errors)")
    #expect(run.text.hasSuffix("\"why\":\"ended while Python went down\"}\n"))
  }

  @Test(arguments: [("exit", 3), ("kill", 15), ("raise", 15), ("later", 3)])
  func `nothing is lost where a program took what ends it before Twisted came`(
    _ way: String, _ status: Int32
  ) throws {
    let run = try Recorded("early.py", way)
    #expect(run.status == status)
    #expect(run.world.deferreds.at(0)?.result == .value(ValueText("3")))
    #expect(run.traces.first?.isClosed == true, "\(run.errors)")
    #expect(!run.text.contains("trapline_recorder"), "no place is in the recorder")
  }

  @Test func `what stands for a function that ends a process is told from it in nothing`() throws {
    let run = try Recorded("early.py", "look")
    let python = try RealTwisted.found.get().python
    let program = Recorded.programs.appending(path: "early.py")
    let plain = try RecorderTests.run(python, [program.path, "look"], in: Recorded.programs)
    #expect(run.output == plain.output && run.output.hasPrefix("True True True\nTrue True "))
    // What was refused ended nothing.
    #expect(run.world.deferreds.map(\.result) == [.value(ValueText("3")), .value(ValueText("4"))])
  }

  @Test
  func `a process that is forked before Twisted comes is recorded, and one that becomes another is none`()
    throws
  {
    let run = try Recorded("forking.py")
    let processes = run.output.split { $0.isWhitespace }.compactMap { Int($0) }
    defer { if processes.count == 3 { kill(pid_t(processes[2]), SIGKILL) } }
    #expect(run.traces.count == 1 && run.traces.first?.isClosed == true, "\(run.errors)")
    let header = try #require(run.traces.first?.header)
    #expect([header.parent, header.pid] == processes.prefix(2).map(Optional.some))
    #expect(processes.count == 3 && !run.errors.contains("still runs"), "\(run.errors)")
  }

  @Test func `a kill takes only what happened right before it`() throws {
    let run = try Recorded("ending.py", "kill")
    #expect(run.world.deferreds.at(0)?.result == .value(ValueText("3")))
    #expect(run.traces.first?.isClosed == false)
    #expect(run.errors.contains("hint: `trapline why "), "\(run.errors)")
  }

  @Test func `what a chain told long ago is in the file before the chain is over`() throws {
    let run = try Recorded("ending.py", "slow")
    #expect(run.output.contains(#""e":"left","d":1,"i":0"#))
  }

  @Test(arguments: ["fork", "exec"]) func `each process image has a file of its own`(_ way: String) throws {
    let run = try Recorded("ending.py", way)
    #expect(run.traces.count == 2)
    #expect(Set(run.traces.map(\.header.run)).count == 1 && run.traces.first?.header.run?.isEmpty == false)
    for trace in run.traces {
      let made = trace.allRecords.filter { if case .made = $0.event { true } else { false } }
      #expect(made.count == 1, "what was gathered before a fork is the parent's alone")
    }
  }

  @Test func `a process whose parent has ended names it all the same`() throws {
    let run = try Recorded("ending.py", "orphan")
    let middle = try #require(Int(run.output.dropLast()))
    #expect(run.traces.map(\.header.parent) == [nil, middle])
  }

  @Test func `whatever a program takes by its umask, its file can be read`() throws {
    #expect(try Recorded("rights.py", "umask").modes == [0o600])
  }

  @Test func `what happens off the main thread names its thread`() throws {
    let run = try Recorded("ending.py", "thread")
    #expect(run.text.split(separator: "\n").count { $0.contains(#""th":"worker-1""#) } == 7)
  }
}
