import Foundation
import TestSupport
import Testing
import Traces

/// Whatever way a program is started, it is recorded, and its file says how it ended.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct LaunchTests {
  private static let twistd = "from twisted.scripts.twistd import run; run()"

  @Test(arguments: ["-m launched", "launched.zip", "launched"])
  func `a module, a zip file and a folder are recorded as a script is`(_ words: String) throws {
    let python = try RealTwisted.found.get().python
    let script = """
      mkdir launched && cp '\(Recorded.programs.path)/trapped.py' launched/__main__.py
      '\(python)' -c 'import shutil; shutil.make_archive("launched", "zip", "launched")'
      exec '\(python)' \(words)
      """
    let run = try Recorded(command: ["sh", "-c", script])
    #expect(run.world.failures.map(\.type) == ["GibberishError"], "\(run.errors)")
    #expect(run.traces.first?.isClosed == true)
    #expect(run.traces.first?.header.program == words)
  }

  @Test(arguments: ["with:colon", "relative"])
  func `wherever temporary files are to go, the recorder is found`(_ name: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
    try FileManager.default.createDirectory(
      at: folder.appending(path: name), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let place = name == "relative" ? name : folder.appending(path: name).path
    let python = try RealTwisted.found.get().python
    let program = Recorded.programs.appending(path: "trapped.py").path
    // The program works in another folder.
    let ended = try run(
      "/usr/bin/env",
      [
        "TMPDIR=\(place)", BuiltProgram.path, "record", "-o", "a.trace.jsonl", "--", "sh", "-c",
        "cd / && exec \"$0\" \"$1\"", python, program,
      ], in: folder)
    #expect(ended.errors.contains("events in a.trace.jsonl"), "\(ended.errors)")
  }

  @Test func `names of files are bytes, of whatever kind`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = #"""
      folder=$(printf 'd\377'); program=$(printf 'a\nb\\n\374.py'); named=$(printf 'c\376.jsonl')
      mkdir "$folder" && cd "$folder" && cp "$2" "$program" || exit 3
      "$0" record -- "$1" "$program" && "$0" record --keep-last=20K -o "$named" -- "$1" "$program" || exit 4
      cd .. && LC_ALL=C od -An -tx1 <"$folder/${program%.py}.trace.jsonl" >/dev/null && [ -s "$folder/$named" ]
      """#
    let python = try RealTwisted.found.get().python
    let program = Recorded.programs.appending(path: "trapped.py").path
    let ended = try run("/bin/sh", ["-c", script, BuiltProgram.path, python, program], in: folder)
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.errors.contains("events in a\u{240A}b\\n\u{FFFD}.trace.jsonl ("), "\(ended.errors)")
    #expect(ended.errors.contains("events in c\u{FFFD}.jsonl ("), "\(ended.errors)")
  }

  @Test func `Twisted that comes from a zip file keeps its loader`() throws {
    let run = try Recorded("zipped.py")
    #expect(run.output == "zipimporter zipimporter 1\n", "\(run.errors)")
    #expect(run.world.deferreds.at(0)?.result == .value(ValueText("3")))
  }

  @Test func `twistd that ^C stops kills itself, and its file is closed`() throws {
    let python = try RealTwisted.found.get().python
    let service = Recorded.programs.appending(path: "service.tac").path
    let run = try Recorded(
      command: [
        "timeout", "-s", "KILL", "60", "env", "STOP=1", python, "-c", Self.twistd, "--pidfile=", "-ny",
        service,
      ])
    #expect(run.status == SIGINT)
    #expect(run.traces.count == 1 && run.traces.first?.isClosed == true, "\(run.errors)")
    #expect(run.text.contains(#""why":"signal 2""#))
  }

  @Test func `a daemon is told of as still running, and closes its file when it ends`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let service = Recorded.programs.appending(path: "service.tac").path
    let script = """
      "$0" record -o a.trace.jsonl -- "$1" -c "$2" -y "$3" || exit 3
      tries=0
      until [ -s twistd.pid ] || [ $((tries += 1)) -gt 1000 ]; do sleep 0.02; done
      kill -TERM $(cat twistd.pid)
      until grep -q '"e":"closed"' a.trace.jsonl || [ $((tries += 1)) -gt 2000 ]; do sleep 0.02; done
      grep -q '"e":"closed"' a.trace.jsonl
      """
    let python = try RealTwisted.found.get().python
    let ended = try run(
      "/usr/bin/env",
      ["TMPDIR=\(folder.path)", "sh", "-c", script, BuiltProgram.path, python, Self.twistd, service],
      in: folder)
    #expect(
      ended.status == 0 && ended.errors.contains(" still runs, and goes on being recorded"), "\(ended.errors)"
    )
    // What was left for it goes away with the next recording.
    _ = try run(
      "/usr/bin/env",
      ["TMPDIR=\(folder.path)", BuiltProgram.path, "record", "-o", "b.trace.jsonl", "--", "true"],
      in: folder)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left.filter { $0.hasPrefix("trapline-record-") }.count <= 1, "\(left)")
  }
}
