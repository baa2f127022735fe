import ArgumentParser
import Screen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// `trapline record`: runs a Python program and writes down what its Twisted does.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Run a Python program with Twisted, and record what its Deferreds, Failures and timers do.",
    discussion: """
      Nothing is changed or installed: the recorder comes by PYTHONPATH, in all Python processes that the command \
      starts, and waits for Twisted to be imported. The command has the terminal and gets the signals; trapline \
      ends as it does. Each process writes a file of its own, which only its owner can read. At the end, standard \
      error tells what was recorded, or why nothing was.

      Values may be secret: with --values types of what goes along a chain only the types are written, but what \
      errors and logs say and the arguments of the command as they are; with --values none neither of these.

      With --filter shop, a Deferred is recorded from when code of the module or package shop makes it, adds a \
      handler to it, waits for it or fails in it; and with it those that it waits for and that wait for it, \
      and all their Failures. Several are added up; --filter '!shop.health' leaves out. The script that is run is \
      called by its name without .py; what has a slash or ends in .py is a file or folder.

      A Python that was started with -E or -I, or without its environment, does not look into PYTHONPATH: with \
      --pth python3 (or a path), a .pth file stands among the packages of that Python while the command runs. Who \
      does not descend from this trapline is not recorded by it. What a killed trapline left there goes away with \
      the next start of that Python. With -S nothing is found.

      A file whose name ends in .gz is packed, to about an eighth. Of a file that has \
      reached its largest size, and of a long run whose last is kept, the end tells how many events are missing. \
      What ends by itself or by SIGTERM loses nothing. What is killed by SIGKILL, or crashes, loses at most what it \
      did in its last 0.4 s. Where a program hangs while this trapline runs, it writes what was told just before, up to the \
      handler in which it hangs: trapline why tells which that is. (If the trace is packed, once the program is killed.)

      trapline record -- python app.py
      trapline record -o crawl.trace.jsonl -- scrapy crawl quotes
      """)

  enum Values: String, CaseIterable, ExpressibleByArgument { case none, types, repr }

  @Option(name: .shortAndLong, help: "The file to write; by default the program's name with .trace.jsonl.")
  var output: String?
  @Option(help: "How values are written.") var values = Values.repr
  @Flag(help: "Tell who called who made a Deferred or added a handler, up to 8 callers.") var stacks = false
  @Option(
    help: "Stop at a file of this size (20M, 1G), and count what is missing.", transform: ByteCount.read)
  var maxSize: ByteCount?
  @Option(
    help: "Keep the last of a long run: a file of at most this size, mostly more than half.",
    transform: ByteCount.read)
  var keepLast: ByteCount?
  @Option(
    help: ArgumentHelp(
      "Record only what code of this module, package, file or folder does; with ! before it, what others do.",
      valueName: "module"))
  var filter: [String] = []
  @Option(
    help: ArgumentHelp(
      "The Python of programs that start it with -E or -I, or with a bare environment: a .pth file in its packages.",
      valueName: "python"))
  var pth: String?
  @Argument(parsing: .postTerminator, help: "The command, after --.") var command: [String] = []

  func validate() throws {
    if command.isEmpty {
      throw ValidationError("the command comes after --: trapline record -- python app.py")
    }
    if output?.isEmpty == true { throw ValidationError("-o takes the name of a file") }
    if filter.contains(where: { $0.isEmpty || $0 == "!" || $0.contains(where: \.isNewline) }) {
      throw ValidationError(
        "--filter takes a module, package, file or folder: shop, shop.clients, '!shop.health', lib/")
    }
    if maxSize != nil, keepLast != nil {
      throw ValidationError("--max-size keeps the beginning and --keep-last the end: one of them")
    }
  }

  func run() throws {
    let path = file.absolute
    let folder: RecorderFolder
    let older: OlderTrace
    do throws(RecorderFolder.Failure) {
      older = try OlderTrace(at: path)
      folder = try RecorderFolder()
    } catch { throw end(.inputOutput, cleaned(error.reason)) }
    let process: RecordedProcess
    var recorded = RecordedProcesses(report: folder.report, limit: maxSize?.bytes)
    do {
      let settings = settings(folder, path)
      let pthFile = try makePthFile(folder, settings)
      defer { pthFile?.remove() }
      try older.moveAside()
      // Not at the end, which we might not see.
      process = try started(
        programEnvironment(folder, settings), then: { older.remove() }, look: { recorded.look() })
    } catch {
      older.putBack()
      folder.remove()
      throw error
    }
    var report = RecordingReport(folder.reports())
    report.waitForStragglers()
    recorded.end()
    report = RecordingReport(folder.reports())
    for line in report.lines(of: command, filter: filter, wasKilled: process.wasKilled) {
      writeError(line.hasPrefix("hint: ") ? "\(line)\n" : "trapline: \(line)\n")
    }
    if report.running.isEmpty {
      report.removeUnusedFiles()
      folder.remove()
    }
    process.endLikewise()
  }

  /// The file to write: as it was given, or after what a person calls the program, its script, its module or command.
  private var file: FileName {
    if let output { return optionAsGiven(output, after: ["-o", "--output="]) }
    let words = wordsAsGiven(command).map { FileName($0.dropLast().map { UInt8(bitPattern: $0) }) }
    var name = words[0]
    if let script = words.first(where: { $0.hasSuffix(".py") }) {
      name = FileName(script.bytes.dropLast(3))
    } else if let flag = command.firstIndex(of: "-m"), flag + 1 < command.count {
      name = words[flag + 1]
    }
    return (name.lastComponent ?? FileName("program")).adding(".trace.jsonl")
  }

  /// What `filter` says, with the whole path where it names a file or folder: the program may work elsewhere.
  private var filterWords: [[UInt8]] {
    filter.map { word in
      let (sign, name) = word.hasPrefix("!") ? ("!", String(word.dropFirst())) : ("", word)
      let file = FileName(name)
      return Array(sign.utf8) + (name.contains("/") || name.hasSuffix(".py") ? file.absolute : file).bytes
    }
  }

  private func started(
    _ environment: [[CChar]], then hasStarted: () -> Void, look: () -> Void
  ) throws -> RecordedProcess {
    do throws(RecordedProcess.StartFailure) {
      return try RecordedProcess(
        wordsAsGiven(command), environment: environment, hasStarted: hasStarted, look: look)
    } catch {
      throw end(.noSuchFile, "can't run \(cleaned(command[0])): \(error.reason)")
    }
  }

  private func makePthFile(_ folder: RecorderFolder, _ settings: [[UInt8]]) throws -> PthFile? {
    guard let pth else { return nil }
    do throws(PthFile.Failure) {
      return try PthFile(python: pth, folder, settings: settings)
    } catch {
      throw end(error.ending, cleaned(error.reason))
    }
  }

  /// Our own environment, byte for byte, and what the recorder looks for in it.
  private func programEnvironment(_ folder: RecorderFolder, _ added: [[UInt8]]) -> [[CChar]] {
    var settings: [[CChar]] = []
    var pythonPath = Array("PYTHONPATH=\(folder.injected)".utf8CString)
    var place = environ
    while let entry = place.pointee {
      place += 1
      let own = "PYTHONPATH="
      if strncmp(entry, own, own.utf8.count) == 0 {
        let before = entry + own.utf8.count
        guard before.pointee != 0 else { continue }
        pythonPath.removeLast()
        pythonPath += [CChar(bitPattern: UInt8(ascii: ":"))] + bytes(of: before)
      } else if strncmp(entry, "TRAPLINE_", 9) != 0 {
        settings.append(bytes(of: entry))
      }
    }
    return settings + [pythonPath] + added.map { FileName($0).cString }
  }

  /// What is asked for, as the recorder reads it.
  private func settings(_ folder: RecorderFolder, _ path: FileName) -> [[UInt8]] {
    let texts = [
      "TRAPLINE_HOME=\(folder.path)", "TRAPLINE_RUN=\(folder.run)", "TRAPLINE_VALUES=\(values.rawValue)",
      "TRAPLINE_REPORT=\(folder.report)", "TRAPLINE_STACKS=\(stacks ? 1 : 0)",
      "TRAPLINE_MAX_SIZE=\(maxSize?.bytes ?? 0)", "TRAPLINE_KEEP_LAST=\(keepLast?.bytes ?? 0)",
    ]
    let names = [
      ("TRAPLINE_TRACE=", path.bytes), ("TRAPLINE_FILTER=", Array(filterWords.joined(separator: [0x0A]))),
    ]
    return texts.map { Array($0.utf8) } + names.map { Array($0.0.utf8) + $0.1 }
  }
}

/// What follows an option in our command line, byte for byte: it need not be UTF-8.
private func optionAsGiven(_ word: String, after options: [String]) -> FileName {
  for place in 1..<max(1, Int(CommandLine.argc)) {
    guard let given = CommandLine.unsafeArgv[place] else { continue }
    let text = String(cString: given)
    if text == "--" { break }
    for option in [""] + options where text == option + word {
      return FileName(bytes(of: given + option.utf8.count).dropLast().map { UInt8(bitPattern: $0) })
    }
  }
  return FileName(word)
}

/// The last words of our command line, byte for byte: they need not be UTF-8.
private func wordsAsGiven(_ words: [String]) -> [[CChar]] {
  let first = Int(CommandLine.argc) - words.count
  return words.enumerated().map { place, word in
    guard first > 0, let given = CommandLine.unsafeArgv[first + place], String(cString: given) == word else {
      return Array(word.utf8CString)
    }
    return bytes(of: given)
  }
}

/// A C string, with the zero that ends it.
private func bytes(of text: UnsafePointer<CChar>) -> [CChar] {
  Array(UnsafeBufferPointer(start: text, count: strlen(text) + 1))
}
