import Testing

/// Where `why` says that a program hangs: a cause a line, and each that is one.
@Suite struct HangsTests {
  /// What `why` tells from the line on that says what others wait for.
  private func told(_ lines: [String]) throws -> [String] {
    let all = [#"{"trapline":1,"program":"p","clock":"monotonic"}"#] + lines + [#"{"e":"closed"}"#]
    let file = try TemporaryFile(all.joined(separator: "\n") + "\n", named: "a.trace.jsonl")
    let run = try Program.run("why", file.path)
    #expect(run.status == 0)
    return Array(run.lines.drop { !$0.contains("What others wait for to the end:") }.dropLast())
  }

  private func made(_ id: Int, _ name: String, line: Int, origin: String? = nil) -> String {
    let kind = origin.map { #""origin":"\#($0)","# } ?? ""
    return #"{"t":0,"e":"made","d":\#(id),\#(kind)"name":"\#(name) \#(id)","file":"p.py","line":\#(line)}"#
  }

  private func group(_ id: Int, of members: [Int]) -> [String] {
    [
      made(id, "all", line: 90, origin: "gather"),
      #"{"t":1,"e":"group","d":\#(id),"kind":"gather","members":\#(members)}"#,
    ]
  }

  /// A Failure that somebody handles, so that what hangs stands below.
  private func failure(in id: Int) -> [String] {
    [
      made(id, "lost", line: 95), #"{"t":4,"e":"born","f":0,"type":"KeyError","message":"'k'"}"#,
      #"{"t":4,"e":"fired","d":\#(id),"vf":0}"#,
    ]
  }

  @Test func `a lock that is held is told below a Failure too, however many others hang`() throws {
    var lines = failure(in: 0)
    for id in 1...8 {
      lines += [
        made(2 * id - 1, "job", line: id), made(2 * id, "co", line: 50, origin: "generator"),
        #"{"t":1,"e":"generator","d":\#(2 * id),"name":"co"}"#,
        #"{"t":1,"e":"yielded","d":\#(2 * id),"on":\#(2 * id - 1)}"#,
      ]
    }
    lines += [
      made(17, "acquire", line: 60, origin: "lock"),
      #"{"t":2,"e":"shared","actor":0,"name":"lock 0","kind":"lock","held":1,"waiting":1}"#,
    ]
    let told = try told(lines)
    #expect(told.count == 9 && told[7] == "   and 2 more", "\(told)")
    #expect(told.last == "   lock 0 is held, and 1 waits")
  }

  /// Coroutines, each of which waits for the next, and the last for the first.
  @Test(arguments: [
    (1, "co 0 (p.py:1) waits for itself"),
    (2, "co 0 (p.py:1) and co 1 (p.py:2) wait, each for the other"),
    (3, "co 0 (p.py:1), co 1 (p.py:2) and co 2 (p.py:3) wait, each for the next, and the last for the first"),
    (
      9,
      "co 0 (p.py:1), co 1 (p.py:2), co 2 (p.py:3) and 6 more wait, each for the next, and the last for the first"
    ),
  ])
  func `those that wait for each other are told, and not who waits for them`(
    count: Int, line: String
  ) throws {
    var lines: [String] = []
    for id in 0..<count {
      lines += [
        made(id, "co", line: id + 1, origin: "generator"),
        #"{"t":1,"e":"generator","d":\#(id),"name":"co"}"#,
      ]
    }
    lines += (0..<count).map { #"{"t":2,"e":"yielded","d":\#($0),"on":\#(($0 + 1) % count)}"# }
    #expect(try told(lines + group(count, of: Array(0..<count))).dropFirst() == ["   \(line)"])
  }

  @Test func `alike hangs of two processes are two causes, and told with their process`() throws {
    let lines = (0..<3).flatMap { id in
      [made(id, "job", line: 4), made(id + 3, "all", line: 90, origin: "gather")]
        + [#"{"t":1,"e":"group","d":\#(id + 3),"kind":"gather","members":[\#(id)]}"#]
    }
    let files = try [1, 2].map { pid in
      let header = #"{"trapline":1,"program":"p","clock":"monotonic","pid":\#(pid)}"#
      let all = [header] + lines + [#"{"e":"closed"}"#]
      return try TemporaryFile(all.joined(separator: "\n") + "\n", named: "\(pid).trace.jsonl")
    }
    let told = try Program.run(["why"] + files.map(\.path)).lines.filter { $0.hasPrefix("   job") }
    #expect(told.count == 6)
    for pid in [1, 2] { #expect(told.count { $0.contains("(p.py:4), in process \(pid): ") } == 3, "\(told)") }
  }

  @Test func `who waits twice for one Deferred waits once`() throws {
    #expect(
      try told([made(0, "job", line: 4)] + group(1, of: [0, 0])).dropFirst() == [
        "   job 0 (p.py:4): all 1 waits for it"
      ])
  }

  @Test(arguments: [true, false])
  func `one that has fired and is paused is what its group waits for`(isFailed: Bool) throws {
    let lines =
      [made(0, "job", line: 4), #"{"t":1,"e":"paused","d":0,"count":1}"#] + group(1, of: [0]) + [
        #"{"t":2,"e":"fired","d":0,"v":"1"}"#
      ]
    let told = try told(lines + (isFailed ? failure(in: 2) : []))
    #expect(told.dropFirst() == ["   job 0 (p.py:4): paused by the program; all 1 waits for it"])
  }

  @Test func `a chain that waits for a paused one hangs, though all have fired`() throws {
    let lines = [
      made(0, "job", line: 4), #"{"t":1,"e":"paused","d":0,"count":1}"#,
      #"{"t":2,"e":"fired","d":0,"v":"1"}"#,
      made(1, "page", line: 5), #"{"t":3,"e":"stage","d":1,"i":0,"callback":"body"}"#,
      #"{"t":3,"e":"fired","d":1,"v":"1"}"#, #"{"t":3,"e":"entered","d":1,"i":0,"side":"callback","v":"1"}"#,
      #"{"t":4,"e":"left","d":1,"i":0,"side":"callback","end":"returned","v":"<Deferred>"}"#,
      #"{"t":4,"e":"waits","d":1,"on":0,"i":0}"#,
    ]
    #expect(
      try told(lines) == [
        "What others wait for to the end:", "   job 0 (p.py:4): paused by the program; page 1 waits for it",
      ])
  }

  @Test func `many members of a group that were made at one place are one line`() throws {
    let jobs = (0..<1000).map { made($0, "job", line: 4) }
    let told = try told(
      jobs + group(1000, of: Array(0..<1000)) + [made(1001, "late", line: 7)]
        + group(1002, of: [1001]))
    #expect(
      told.dropFirst() == [
        "   job 0, job 1 and 998 more (p.py:4): all 1000 waits for them",
        "   late 1001 (p.py:7): all 1002 waits for it",
      ])
  }

  @Test func `so are those of many groups, with how many these are`() throws {
    var lines: [String] = []
    for id in 0..<4 {
      lines +=
        [made(3 * id, "a", line: 4), made(3 * id + 1, "b", line: 5)]
        + group(3 * id + 2, of: [3 * id, 3 * id + 1])
    }
    #expect(
      try told(lines).dropFirst() == [
        "   a 0, a 3 and 2 more (p.py:4): all 2 and 3 more wait for them",
        "   b 1, b 4 and 2 more (p.py:5): all 2 and 3 more wait for them",
      ])
  }

  @Test func `few that are alike have a line each`() throws {
    let told = try told((0..<3).map { made($0, "job", line: 4) } + group(3, of: [0, 1, 2]))
    #expect(told.count == 4 && told.last == "   job 2 (p.py:4): all 3 waits for it")
  }
}
