import Foundation
import TestSupport
import Testing

@testable import trapline

/// What `trapline record` does around the program that it runs, whatever that is.
@Suite struct RecordCommandTests {
  private static func trace(named name: String = "a.trace.jsonl") throws -> TemporaryFile {
    try TemporaryFile("{\"trapline\":1,\"program\":\"old\"}\n", named: name)
  }

  @Test func `the program has its words, its environment and its limits as they were given`() throws {
    let trace = try Self.trace()
    let script = #"ulimit -s; printf %s "$ODD" "$1" | od -An -tx1"#
    let run = try Program.run(
      ["record", "-o", trace.path, "--", "sh", "-c", script, "sh"],
      after: #"ulimit -S -s 4096 && export ODD="$(printf 'a\351')" && set -- "$@" "$(printf '\377')""#)
    #expect(run.lines == ["4096", " 61 e9 ff", ""])
  }

  @Test func `an older trace gives way once the program runs, plain or packed`() throws {
    let file = try Self.trace()
    let typo = try Program.run("record", "-o", file.path, "--", "./no-such-program")
    #expect(typo.status == 66 && typo.errors.contains("can't run ./no-such-program"))
    #expect(try file.text().contains("old"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: file.folder).count == 1)
    #expect(try Program.run("record", "-o", file.path, "--", "true").status == 0)
    #expect(!FileManager.default.fileExists(atPath: file.path))
    let running = try Self.trace()
    let waits = #"for i in $(seq 200); do [ -z "$(ls "$1")" ] && exit 5; sleep 0.05; done"#
    let words = ["record", "-o", running.path, "--", "sh", "-c", waits, "sh", running.folder]
    #expect(try Program.run(words).status == 5)
    let packed = try Self.trace(named: "a.trace.jsonl.gz")
    var bytes = Array(try packed.text().utf8)
    try Data(Deflater().take(&bytes, isLast: true)).write(to: URL(fileURLWithPath: packed.path))
    #expect(try Program.run("record", "-o", packed.path, "--", "true").status == 0)
    #expect(!FileManager.default.fileExists(atPath: packed.path))
  }

  @Test func `how many events there are is counted in what is packed, too, as far as it goes`() throws {
    let event = #"{"t":1,"e":"fired","d":1}"# + "\n"
    let text = String(repeating: event, count: 7000) + #"{"s":0,"text":"{"}"# + "\n"
    let plain = try TemporaryFile(text, named: "a.trace.jsonl")
    #expect(TraceSize(FileName(plain.path))?.events == 7000)
    var bytes = Array(text.utf8)
    let whole = Deflater().take(&bytes, isLast: true)
    for (packed, events) in [(whole, 7000...7000), (whole.dropLast(20), 1...7000), ([0x1F, 0x8B, 9], 0...0)] {
      try Data(packed).write(to: URL(fileURLWithPath: plain.path))
      let size = try #require(TraceSize(FileName(plain.path)))
      #expect(size.events.map { events.contains($0) } ?? false && size.bytes == packed.count)
    }
  }

  @Test func `where no trace can be written, the program is not started, and nothing gives way`() throws {
    let text = try TemporaryFile("my thesis", named: "thesis.txt")
    let pipe = text.folder + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for (path, why) in [
      (text.path, "is no trace, and is not written over"), (text.folder, "is a directory"),
      (pipe, "is no file, and is not written over"), ("/dev/null", "is no file, and is not written over"),
      (text.folder + "/none/a", "No such file or directory"), (text.path + "/a", "Not a directory"),
    ] {
      let run = try Program.run("record", "-o", path, "--", "echo", "started")
      #expect(run.status == 74 && run.output.isEmpty && run.errors.contains(why), "\(path): \(run.errors)")
    }
    #expect(try text.text() == "my thesis")
    #expect(try FileManager.default.contentsOfDirectory(atPath: text.folder).count == 2)
    #expect(try Program.run("record", "-o", "", "--", "echo", "started").status == 64)
  }

  @Test(arguments: ["INT", "QUIT", "TERM", "HUP", "USR1", "USR2"])
  func `a signal that is sent to trapline goes on to the program`(_ signal: String) throws {
    let trace = try Self.trace()
    // Somebody else than the program itself sends it.
    let script = "trap 'kill $nap; exit 3' \(signal); sleep 60 & nap=$!; (kill -\(signal) $PPID); wait"
    let words = ["record", "-o", trace.path, "--", "sh", "-c", script]
    #expect(try Self.status(of: [BuiltProgram.path] + words) == 3)
  }

  /// How a program exits in which no signal is held back, as the threads of tests hold most.
  private static func status(of words: [String]) throws -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let arguments = words.map { strdup($0) } + [nil]
    defer { for word in arguments { free(word) } }
    var process = pid_t()
    try #require(posix_spawn(&process, words[0], &actions, &attributes, arguments, environ) == 0)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status >> 8 & 0xFF
  }

  @Test func `how the program ended is known where the end of children is ignored`() throws {
    let trace = try Self.trace()
    let words = ["record", "-o", trace.path, "--", "sh", "-c", "exit 7"]
    #expect(try Program.run(words, after: "trap '' CHLD").status == 7)
  }

  @Test func `what can be told nowhere harms nothing`() throws {
    let trace = try Self.trace()
    #expect(try Program.run(["no-such-file"], after: "exec 2>&-").status == 66)
    #expect(try Program.run(["record", "-o", trace.path, "--", "true"], after: "exec 0<&- 2>&-").status == 0)
  }

  @Test(arguments: ["0", "-5", "9999", "20m", "1e6", "99999999999999999999G", "G"])
  func `what is no size is refused with what one is`(_ size: String) throws {
    let run = try Program.run("record", "--max-size=\(size)", "--", "true")
    #expect(run.status == 64 && run.errors.contains("10000 at least"), "\(run.errors)")
  }
}
