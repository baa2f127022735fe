import Screen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What became of a recording, told from what its processes put down.
struct RecordingReport {
  /// The processes that are Pythons, if they still are.
  private var pythons: [Int32] = []
  private var hadPython = false
  private var files: [FileName] = []
  /// What came before, where the last of a long run is kept; those that are whole at the end are one file.
  private var earlierHalves: Set<FileName> = []
  /// Files that were made before there was anything to write.
  private var earlyFiles: Set<FileName> = []
  private var refusals: [String] = []
  private var hadTwisted = false
  private var hadTwistedAgain = false
  private var dropped = 0
  /// The version of a Python that is too old.
  private var old: String?

  init(_ lines: [ReportLine]) {
    for line in lines {
      switch line.word {
      case "python":
        hadPython = true
        pythons += line.process.map { [$0] } ?? []
      case "gone": pythons.removeAll { $0 == line.process }
      case "twisted": hadTwisted = true
      case "again": hadTwistedAgain = true
      case "old": old = line.text
      case "dropped": dropped += Int(line.text) ?? 0
      case "file": files.append(line.file)
      case "early": earlyFiles.insert(line.file)
      case "before": earlierHalves.insert(line.file)
      case "refused": refuse(line.text)
      case "stopped": refuse("a file could not be written any more: \(FileName(line.details).text)")
      case "failed":
        let (number, file) = line.failure
        refuse("can't write \(file.fromHere.text): \(String(cString: strerror(number)))")
      default: break
      }
    }
  }

  /// Many processes may be refused for one reason.
  private mutating func refuse(_ reason: String) {
    if !refusals.contains(reason) { refusals.append(reason) }
  }

  /// Takes away the files that were made early, and are as empty as they were.
  func removeUnusedFiles() {
    for file in earlyFiles.subtracting(files) where file.size == 0 { unlink(file.cString) }
  }

  /// Processes that go on after the command has ended, and write on.
  var running: [Int32] { Set(pythons).filter(isAlive).sorted() }

  /// Waits a moment for those that are about to end, too, as helpers of Python's own do.
  func waitForStragglers() {
    for _ in 0..<25 where !running.isEmpty { usleep(20_000) }
  }

  /// What to tell a person, a line each.
  ///
  /// - Parameters:
  ///   - filter: what alone was to be recorded, if not all.
  ///   - wasKilled: whether the command could not end as it wanted to.
  func lines(of command: [String], filter: [String] = [], wasKilled: Bool = false) -> [String] {
    var lines = files.map { recorded($0) }
    lines += earlierHalves.filter(\.isFile).map { "\(recorded($0)), of what came before" }.sorted()
    if dropped > 0 {
      lines.append(
        "NOT ALL IS THERE: \(dropped) \(dropped == 1 ? "event was" : "events were") dropped for the size that was asked for"
      )
    }
    if hadTwistedAgain {
      lines.append(
        "NOT ALL IS THERE: twisted.internet.defer was loaded again; what its new Deferreds did is not recorded"
      )
    }
    lines += refusals.map { "not recorded: \(cleaned($0))" }
    let running = running
    if files.isEmpty, refusals.isEmpty, !running.isEmpty {
      lines.append("nothing was recorded so far")
    } else if files.isEmpty, refusals.isEmpty {
      let (what, hint) = reason(command, filter)
      lines.append("nothing was recorded: \(what)")
      if let hint { lines.append("hint: \(hint)") }
    }
    if wasKilled, let file = files.last, file.isFile {
      lines.append("hint: `trapline why \(cleaned(file.fromHere.text))` tells what it was in the middle of")
    }
    lines += running.map { "process \($0) still runs, and goes on being recorded" }
    return lines
  }

  private func recorded(_ path: FileName) -> String {
    guard let size = TraceSize(path) else { return "\(cleaned(path.text)) is gone" }
    let text = path.hasSuffix(".gz") ? "\(size.text), packed" : size.text
    let name = cleaned(path.fromHere.text)
    guard let events = size.events else { return "recorded \(name) (\(text))" }
    let what = events == 1 ? "1 event" : "\(events) events"
    return "recorded \(what) in \(name) (\(text))"
  }

  /// Why there is no file, and what may help.
  private func reason(_ command: [String], _ filter: [String]) -> (what: String, hint: String?) {
    if hadTwisted, !filter.isEmpty {
      let words = filter.map(cleaned).joined(separator: " ")
      return (
        "Twisted was imported, but no code that --filter \(words) means made a Deferred or set a timer",
        "the script that is run is called by its name without .py, a file needs a slash or ends in .py"
      )
    }
    if hadTwisted { return ("Twisted was imported, but no Deferred was made and no timer set", nil) }
    if hadPython { return ("Python ran, but Twisted's Deferreds were not imported", nil) }
    if let old { return ("Python \(cleaned(old)) is too old", "the recorder needs Python 3.8 or newer") }
    if let (flags, isHopeless) = isolatingFlags(command) {
      let what = "Python was started with \(cleaned(flags)), which keeps out what is not the program's own"
      return (what, isHopeless ? "without -S it could be" : "--pth PYTHON records it all the same")
    }
    return (
      "no Python started that looks for sitecustomize in PYTHONPATH. Is it a Python program?",
      "one that starts Python with -E, -I or a bare environment, or has a sitecustomize of its own stand first in "
        + "PYTHONPATH, is recorded with --pth PYTHON"
    )
  }
}

/// Flags after `python` by which it does not look into the environment; and whether it does not look for .pth files.
private func isolatingFlags(_ command: [String]) -> (flags: String, isHopeless: Bool)? {
  guard let python = command.firstIndex(where: { $0.split(separator: "/").last?.hasPrefix("python") == true })
  else { return nil }
  let flags = command[(python + 1)...].prefix { $0.hasPrefix("-") && $0 != "-m" && $0 != "-c" }
    .filter { !["--", "-W", "-X"].contains($0.prefix(2)) && $0.contains { "SIE".contains($0) } }
  guard let first = flags.first else { return nil }
  return (first, flags.contains { $0.contains("S") })
}
