import Screen

/// A verdict as text for people.
struct VerdictText {
  /// What the scenario is called.
  var file: String
  var paper: Paper

  /// What goes to standard output; empty where there is nothing to say but that it failed.
  func lines(of verdict: Verdict) -> [String] {
    switch verdict {
    case .same(let run, let python):
      return paragraph(
        "\(file): the same as on Twisted \(python.twisted): \(Self.counts(of: run)).")
        + footer(python)
    case .different(let difference, let here, let there, let python):
      let view = SideBySide(columns: paper.columns, glyphs: paper.glyphs)
      let place = "the first difference is in \(difference.subject.title)"
      return paragraph("\(file): not the same as on Twisted \(python.twisted); \(place).")
        + paragraph(Self.sentence(difference.words)) + [""]
        + view.lines(of: difference, here: here, there: there, twisted: python.twisted) + [""]
        + Self.others(difference, here, there).flatMap(paragraph) + footer(python)
    case .endlessThere(let reason, let python):
      return paragraph("\(file): nothing was compared. It ends here, but Twisted has no answer: \(reason).")
        + footer(python)
    case .endlessHere, .unavailable: return []
    }
  }

  /// What goes to standard error; nil where all is said on standard output.
  func complaint(about verdict: Verdict) -> String? {
    switch verdict {
    case .same, .different, .endlessThere: return nil
    case .endlessHere(let reason, let there, let python):
      let other = there.map { "has no answer either: \($0)" } ?? "runs it to its end"
      return "\(reason)\nnothing was compared; Twisted \(python.twisted) \(other)"
    case .unavailable(let lack): return Self.complaint(lack)
    }
  }

  // MARK: Parts

  private func paragraph(_ text: String) -> [String] {
    wrapped(paper.glyphs.shown(text), to: max(40, paper.columns), glyphs: paper.glyphs)
  }

  private func footer(_ python: TwistedPython) -> [String] {
    let isProven = python.twisted == TwistedPython.proven
    let note = "Trapline is proven against Twisted \(TwistedPython.proven); this is \(python.twisted)."
    return paragraph("Python \(python.version): \(python.path)")
      + (isProven ? [] : paragraph(note))
  }

  private static func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst() + "."
  }

  /// What was compared, counted: `3 calls, 1 Deferred, no log lines and the time at the end`.
  static func counts(of run: ObservedRun) -> String {
    let counted = [Subject.calls, .deferreds, .log, .unhandled, .ticks, .timers].compactMap { subject in
      switch run[subject].count {
      case 0: [.calls, .deferreds, .log].contains(subject) ? "no \(subject.noun)s" : nil
      case 1: "1 \(subject.noun)"
      case let count: "\(count) \(subject.noun)s"
      }
    }
    return counted.joined(separator: ", ") + " and the time at the end"
  }

  /// Where else they differ, if anywhere.
  private static func others(_ difference: FirstDifference, _ here: ObservedRun, _ there: ObservedRun)
    -> [String]
  {
    let subjects = Subject.allCases.filter { $0 != difference.subject && here[$0] != there[$0] }
    guard !subjects.isEmpty else { return [] }
    return ["Also different: \(subjects.map(\.title).joined(separator: ", "))."]
  }
}

// MARK: Without a Python

extension VerdictText {
  private static let requirement = "twisted==\(TwistedPython.proven)"

  /// What was tried, and the commands that would help.
  private static func complaint(_ lack: TwistedLack) -> String {
    var lines = ["no Python with Twisted answered, so nothing was compared"]
    lines += lack.tried.map { "  \(cleaned($0.path)): \(cleaned($0.why))" }
    if lack.tried.isEmpty { lines.append("  there is no python3 and no python on the PATH") }
    if let name = lack.namedBy, let named = lack.tried.first, named.needsTwisted {
      lines.append("hint: \(name) names this Python; this gives it the Twisted that is needed:")
      lines.append("  \(cleaned(quoted(named.path))) -m pip install \(requirement)")
    } else {
      lines.append("hint: this makes a Python with Twisted, which trapline finds from this folder:")
      lines.append("  python3 -m venv .venv && .venv/bin/pip install \(requirement)")
      lines.append("hint: where there is no python3, or it has no venv, on Debian and Ubuntu:")
      lines.append("  apt-get install python3 python3-venv")
    }
    if lack.namedBy == nil {
      lines.append(
        "hint: any other Python that has Twisted is named by --python PATH or TRAPLINE_PYTHON=PATH")
    }
    return lines.joined(separator: "\n")
  }

  /// A path as a shell takes it.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      "/._-+".utf8.contains(byte) || Character(Unicode.Scalar(byte)).isLetter
        || Character(Unicode.Scalar(byte)).isNumber
    }
    return isPlain ? path : "'" + path.replacing("'", with: #"'\''"#) + "'"
  }
}
