import Foundation
import TestSupport
import Testing
import Traces

/// `--pth`: Pythons that do not look into PYTHONPATH, in an environment of the test's own.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct PthTests {
  private static let code = "from twisted.internet import defer; defer.succeed(17)"

  @Test(arguments: [["-I"], ["-E"], ["-s"]])
  func `what starts Python apart from its environment is recorded`(_ flags: [String]) throws {
    let place = try VirtualEnvironment()
    defer { place.remove() }
    let run = try Recorded(
      command: [place.python] + flags + ["-c", Self.code], options: ["--pth", place.python])
    #expect(run.status == 0 && run.traces.count == 1, "\(run.errors)")
    #expect(run.world.deferreds.at(0)?.result == .value(ValueText("17")))
    #expect(run.traces.first?.isClosed == true)
    #expect(try place.pthFiles() == ["twisted.pth"], "it is gone with the command")
  }

  @Test func `a bare environment stays as bare as it was`() throws {
    let place = try VirtualEnvironment()
    defer { place.remove() }
    let code = "\(Self.code); import os; print([name for name in os.environ if name != 'LC_CTYPE'])"
    let run = try Recorded(
      command: ["env", "-i", place.python, "-c", code], options: ["--pth", place.python])
    #expect(run.output == "[]\n" && run.traces.count == 1, "\(run.errors)")
  }

  @Test func `who does not descend from the recording is not recorded by it`() throws {
    let place = try VirtualEnvironment()
    defer { place.remove() }
    let script = """
      "$0" record -o a.trace.jsonl --pth "$1" -- sh -c ': > began; until [ -e done ]; do sleep 0.02; done' &
      until [ -e began ]; do sleep 0.02; done
      env -i "$1" -c "$2"
      : > done
      wait
      """
    let ended = try run(
      "/bin/sh", ["-c", script, BuiltProgram.path, place.python, Self.code], in: place.folder)
    #expect(ended.errors.contains("nothing was recorded"), "\(ended.errors)")
    #expect(try !FileManager.default.contentsOfDirectory(atPath: place.folder.path).contains("a.trace.jsonl"))
  }

  @Test func `what a killed trapline leaves goes away with the next start`() throws {
    let place = try VirtualEnvironment()
    defer { place.remove() }
    let words = ["record", "--pth", place.python, "--", "sh", "-c", "kill -KILL $PPID"]
    let killed = try run(
      "/usr/bin/env", ["TMPDIR=\(place.folder.path)", BuiltProgram.path] + words, in: place.folder)
    #expect(killed.status == 9)
    #expect(try place.pthFiles().count == 2)
    let next = try run(place.python, ["-c", "print(1)"], in: place.folder)
    #expect(next.status == 0 && next.output == "1\n" && next.errors.isEmpty)
    #expect(try place.pthFiles() == ["twisted.pth"])
  }

  @Test func `what is no Python is told before anything runs`() throws {
    let run = try Recorded(command: ["sh", "-c", "echo ran"], options: ["--pth", "/bin/false"])
    #expect(run.status == 69 && run.output.isEmpty)
    #expect(run.errors.contains("/bin/false does not say where its packages are"), "\(run.errors)")
  }
}

/// A virtual environment without packages of its own that has those of the usual one.
private struct VirtualEnvironment {
  let folder: URL
  var python: String { folder.appending(path: "venv/bin/python").path }
  private let packages: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let usual = try RealTwisted.found.get().python
    let made = try run(usual, ["-m", "venv", "--without-pip", "venv"], in: folder)
    #expect(made.status == 0, "\(made.errors)")
    packages = URL(filePath: try folderOf("purelib", folder.appending(path: "venv/bin/python").path, folder))
    let line = try folderOf("purelib", usual, folder) + "\n" + folderOf("platlib", usual, folder) + "\n"
    try line.write(to: packages.appending(path: "twisted.pth"), atomically: true, encoding: .utf8)
  }

  func pthFiles() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: packages.path).filter { $0.hasSuffix(".pth") }
      .sorted()
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

/// Where a Python has its packages.
private func folderOf(_ key: String, _ python: String, _ folder: URL) throws -> String {
  try run(python, ["-c", "import sysconfig; print(sysconfig.get_path('\(key)'), end='')"], in: folder).output
}
