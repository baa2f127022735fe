import Scenarios
import Screen

/// A scenario to run on real Twisted.
struct TwistedRequest {
  /// The scenario file's contents, which are valid.
  var bytes: [UInt8]
  var bounds: Bounds
  /// How long one Python may take.
  var patience_s: Int

  /// Asks one Python after the other, until one has Twisted.
  func answer(from search: PythonSearch) -> TwistedAnswer {
    var lack = TwistedLack(tried: [], namedBy: search.namedBy)
    let input = Array(text.utf8)
    for path in search.candidates {
      switch answer(of: path, input: input) {
      case .success(let answer): return answer
      case .failure(let useless): lack.tried.append(useless)
      }
    }
    return .unavailable(lack)
  }

  private func answer(of path: String, input: [UInt8]) -> Result<TwistedAnswer, UselessPython> {
    do throws(ChildProcess.StartFailure) {
      let ended = try ChildProcess(path, ["-c", Self.program], input: input, seconds: patience_s)
      return answer(of: path, ended)
    } catch {
      return .failure(UselessPython(path: path, why: "it can't be started: \(error.reason)"))
    }
  }

  /// Reads what a Python said: a line about itself, then what was observed.
  private func answer(of path: String, _ ended: ChildProcess) -> Result<TwistedAnswer, UselessPython> {
    let firstLine = ended.output.prefix { $0 != UInt8(ascii: "\n") }
    guard firstLine.count < 10_000, let facts = JSONTree(firstLine), let version = facts["python"]?.string
    else {
      return .failure(UselessPython(path: path, why: noPython(ended)))
    }
    if let lacks = facts["lacks"]?.string {
      let why = "Python \(version) \(Self.words(for: lacks, facts: facts)): \(facts["why"]?.string ?? "")"
      return .failure(UselessPython(path: path, why: why, needsTwisted: lacks != "python"))
    }
    guard let twisted = facts["twisted"]?.string else {
      return .failure(UselessPython(path: path, why: noPython(ended)))
    }
    let python = TwistedPython(path: path, version: version, twisted: twisted)
    switch ended.ending {
    case .exited(0): return .success(.observed(Array(ended.output[firstLine.endIndex...]), on: python))
    case .exited(3): return .success(.endless(lastLine(of: ended) ?? "it works for ever", on: python))
    case .tookTooLong: return .success(.endless("it goes on for more than \(patience_s) s", on: python))
    default: return .failure(UselessPython(path: path, why: "it gave up in the middle: \(end(of: ended))"))
    }
  }

  private static func words(for lack: String, facts: JSONTree) -> String {
    switch lack {
    case "python": "is too old"
    case "newer twisted": "has Twisted \(facts["twisted"]?.string ?? ""), which is too old"
    default: "has no Twisted that can be imported"
    }
  }

  /// Whatever it is that answered, or did not.
  private func noPython(_ ended: ChildProcess) -> String {
    ended.ending == .tookTooLong
      ? "it did not answer within \(patience_s) s"
      : "it did not answer as a Python does: \(end(of: ended, saidTo: Self.wordsOfStrangers))"
  }

  /// Other programs complain of what they were given, which is the text of a whole program of ours.
  private static let wordsOfStrangers = 60

  private func end(of ended: ChildProcess, saidTo limit: Int = 300) -> String {
    let said = lastLine(of: ended, to: limit).map { ", saying: \($0)" } ?? ", without a word"
    return switch ended.ending {
    case .exited(let status): "it ended with status \(status)\(said)"
    case .killed(let signal): "it was killed by signal \(signal)\(said)"
    case .tookTooLong: "it took longer than \(patience_s) s"
    }
  }

  /// The last thing that it wrote to standard error, where Python says what went wrong.
  private func lastLine(of ended: ChildProcess, to limit: Int = 300) -> String? {
    let lines = ended.errors.split(separator: UInt8(ascii: "\n"))
    let prefix = "run_on_twisted: "
    return lines.last.map { line in
      let text = String(decoding: line, as: UTF8.self)
      return fitted(text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text, to: limit)
    }
  }
}

// MARK: What is handed over

extension TwistedRequest {
  /// What Python gets with `-c`: it takes the rest from standard input.
  private static let program = embeddedTwistedRunner.first { $0.name == "answer_trapline.py" }?.text ?? ""

  /// The request as JSON.
  private var text: String {
    let modules = embeddedTwistedRunner.map { file in
      JSONTree.Member(key: String(file.name.prefix { $0 != "." }), value: .string(file.text))
    }
    return JSONTree.object([
      .init(key: "modules", value: .object(modules)),
      .init(key: "tree", value: .string(scenarioTree(bytes) ?? "null")),
      .init(key: "timer_calls", value: .number("\(bounds.timerCalls)")),
      .init(key: "handler_calls", value: .number("\(bounds.handlerCalls)")),
      // Of work: less than all of the time, so that a run in circles ends there with a word.
      .init(key: "seconds", value: .number("\(Double(patience_s) / 2)")),
    ]).text
  }
}
