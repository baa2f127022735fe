import Foundation
import Testing

@testable import trapline

/// Several files that are named together.
@Suite struct SeveralTests {
  @Test func `several traces are opened together, and scenarios are not`() throws {
    let texts = [4711, 4712].map {
      "{\"trapline\":1,\"program\":\"p\",\"pid\":\($0)}\n{\"t\":\($0),\"e\":\"clock\"}\n"
    }
    let files = try texts.map { try TemporaryFile($0, named: "a.trace.jsonl") }
    let run = try Program.run(["run"] + files.map(\.path))
    #expect(run.status == 0 && run.lines.first == "p and 1 more")
    #expect(run.output.contains("Process 4712 begins: p"))
    #expect(
      try Program.run(["run", files[0].path, "06"]).errors.contains("only traces can be opened together"))
    let stats = try Program.run(["stats"] + files.map(\.path))
    #expect(stats.status == 0 && stats.lines.contains { $0.hasSuffix("  process 4712") })
  }

  @Test func `where one of several was recorded in part, that is said of all`() throws {
    let files = try [#""filter":["shop","!x"]"#, #""pid":2"#, #""filter":["shop","lib/"]"#].map {
      try TemporaryFile(
        "{\"trapline\":1,\"program\":\"p\",\($0)}\n{\"t\":1,\"e\":\"clock\"}\n", named: "a.trace.jsonl")
    }
    let stats = try Program.run(["stats"] + files.map(\.path))
    #expect(stats.lines.contains("in part: recorded with --filter shop !x lib/"))
  }

  @Test func `a file of an earlier run that lies beside those of the last one is named`() throws {
    let runs = [
      (1, "app.4711", #""run":"a","#), (3, "app.7-0a1b2c", #""run":"b","#), (2, "app", #""run":"b","#),
      (0, "app.1", ""), (1, "client", #""run":"c","#),
    ]
    let files = try runs.map { second, name, run in
      let started = #""started":"2026-11-23T03:45:0\#(second).000000Z""#
      return try TemporaryFile(
        #"{"trapline":1,"program":"p","pid":1,\#(run)\#(started)}"# + "\n{\"t\":1,\"e\":\"clock\"}\n",
        named: "\(name).trace.jsonl")
    }
    let paths = files.map(\.path)
    let said = try Program.run(["stats"] + paths).errors
    #expect(said == "trapline: \(paths[0]) is of another run than \(paths[2])\n")
    #expect(try Program.run(["stats"] + paths[1...]).errors == "")
  }

  private static func trace(
    _ pid: Int, _ events: Int, named name: String = "a.trace.jsonl", from first: Int = 0
  ) throws -> TemporaryFile {
    let clocks = (first..<first + events).map { "{\"t\":\($0),\"e\":\"clock\"}\n" }.joined()
    return try TemporaryFile(
      "{\"trapline\":1,\"program\":\"p\",\"pid\":\(pid),\"started\":\"2026-11-23T03:45:24.120000Z\"}\n\(clocks)",
      named: name)
  }

  private static func events(_ files: [String]) throws -> (Int?, String) {
    let ended = try Program.run(["stats", "--format", "json"] + files)
    #expect(ended.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
    return (object?["events"] as? Int, ended.errors)
  }

  @Test func `a file that is given twice is read once, under whatever names, and that is said`() throws {
    let file = try Self.trace(1, 5)
    let link = file.folder + "/link.trace.jsonl"
    let hard = file.folder + "/hard.trace.jsonl"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file.path)
    try FileManager.default.linkItem(atPath: file.path, toPath: hard)
    let (events, said) = try Self.events([file.path, file.path, link, hard])
    #expect(events == 5)
    let lines = said.split(separator: "\n")
    #expect(lines.first == "trapline: \(file.path) was given twice: it is read once")
    #expect(lines.count == 3 && lines[2].hasSuffix(" is the same file as \(file.path): it is left out"))
    let checked = try Program.run("check", file.path, link, "06", "06")
    #expect(checked.lines.filter { $0.contains("no faults") }.count == 2)
    #expect(checked.errors.split(separator: "\n").count == 2)
    let twice = try Program.run("why", "shop", "shop.trace.jsonl")
    #expect(try twice.status == 0 && twice.output == Program.run("why", "shop").output)
    #expect(try Program.run("run", file.path, link).lines.first == "p")
  }

  @Test func `a copy of a recording is left out, the shorter one where one is older, packed or not`() throws {
    let (whole, copy, old) = (try Self.trace(1, 900), try Self.trace(1, 900), try Self.trace(1, 300))
    #expect(try Self.events([whole.path, copy.path]).0 == 900)
    let (events, said) = try Self.events([old.path, whole.path])
    #expect(events == 900)
    #expect(said == "trapline: \(old.path) is the same recording as \(whole.path): it is left out\n")
    let packed = try TemporaryFile(named: "a.trace.jsonl.gz")
    var bytes = Array(try whole.text().utf8)
    try Data(Deflater().take(&bytes, isLast: true)).write(to: URL(fileURLWithPath: packed.path))
    #expect(try Self.events([whole.path, packed.path]).0 == 900)
  }

  @Test func `two halves of a recording, and two processes, are both read`() throws {
    let (first, second) = (try Self.trace(1, 900), try Self.trace(1, 900, from: 900))
    let other = try Self.trace(2, 900)
    let (events, said) = try Self.events([first.path, second.path, other.path])
    // Each begins with a record that says so.
    #expect(events == 2703 && said.isEmpty)
  }

  @Test(arguments: [400, 8000])
  func `halves of a recording that begin alike are both read, packed or just begun`(count: Int) throws {
    let texts = (0..<count).map { "{\"s\":\($0),\"text\":\"a text that has the number \($0)\"}\n" }.joined()
    let header = "{\"trapline\":1,\"program\":\"p\",\"pid\":1,\"started\":\"2026-11-23T03:45:24.120000Z\"}\n"
    func half(_ times: Range<Int>, packed: Bool) throws -> TemporaryFile {
      let file = try TemporaryFile(named: packed ? "a.trace.jsonl.gz" : "a.trace.jsonl")
      var bytes = Array((header + texts + times.map { "{\"t\":\($0),\"e\":\"clock\"}\n" }.joined()).utf8)
      if packed { bytes = Deflater().take(&bytes, isLast: true) }
      try Data(bytes).write(to: URL(fileURLWithPath: file.path))
      return file
    }
    for packed in [true, false] {
      let (first, second) = (try half(0..<900, packed: packed), try half(900..<1800, packed: packed))
      let (events, said) = try Self.events([first.path, second.path])
      #expect(events == 1802 && said.isEmpty)
    }
    let (first, copy) = (try half(0..<900, packed: false), try half(0..<900, packed: true))
    #expect(try Self.events([first.path, copy.path]).0 == 900)
    // The recorder has just begun the second half: what it is a half of shows later.
    let begun = try half(0..<0, packed: false)
    #expect(try Self.events([first.path, begun.path]).1.isEmpty)
  }
}
