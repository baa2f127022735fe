/// Words for things: names, values, Failures, times, lists.
extension Telling {
  func name(_ id: DeferredID) -> String { world.deferreds.at(id)?.name ?? "deferred \(id)" }

  func value(_ text: ValueText) -> String {
    let short = cut(text.text)
    return text.isCut && !short.hasSuffix("…") ? short + "…" : short
  }

  /// `text`, bounded as values are.
  func cut(_ text: String) -> String { cut(text, to: narrator.valueLimit) }

  /// What a lesson says, which no lesson makes longer.
  func told(_ text: String) -> String { cut(text, to: max(narrator.valueLimit, 10_000)) }

  private func cut(_ text: String, to limit: Int) -> String {
    // Characters are never more than bytes.
    if text.utf8.count <= limit { return text }
    guard let end = text.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex),
      end != text.endIndex
    else { return text }
    return text[..<end] + "…"
  }

  /// `GibberishError: bad line 3`.
  func failure(_ id: FailureID) -> String {
    guard let state = world.failures.at(id) else { return "a Failure" }
    return state.message.isEmpty ? state.type : "\(state.type): \(cut(state.message).withoutPeriod)"
  }

  /// `GibberishError`.
  func type(_ id: FailureID) -> String { world.failures.at(id)?.type ?? "a Failure" }

  func outcome(_ outcome: Outcome) -> String {
    switch outcome {
    case .value(let text): value(text)
    case .failure(let id): failure(id)
    case .deferred(let id): "the Deferred \(name(id))"
    }
  }

  /// The name of one side of a stage: `fall_back`, or `callback 2`.
  func handler(_ ref: StageRef) -> String {
    guard let stage = world.deferreds.at(ref.deferred)?.stages.at(ref.stage) else {
      return "\(ref.side.rawValue) \(ref.stage)"
    }
    return stage.name(of: ref.side, at: ref.stage)
  }

  func kind(of ref: StageRef) -> StageKind {
    world.deferreds.at(ref.deferred)?.stages.at(ref.stage)?.kind ?? .handlers
  }

  func passage(at ref: StageRef) -> Passage? {
    world.deferreds.at(ref.deferred)?.stages.at(ref.stage)?.passage
  }

  func timer(_ id: TimerID) -> String {
    guard let name = world.timers.at(id)?.name else { return "timer \(id)" }
    // An entry of a timeline is no thing of the program's own.
    return name.hasPrefix("timeline ") ? name : "the timer \(name)"
  }

  /// A name at the beginning of a sentence: the program's own names stay as they are written.
  func subject(_ name: String) -> String {
    name.hasPrefix("timeline ") || name.hasPrefix("the ") ? name.asBeginning : name
  }

  /// `, by fall_back of poem`: whose code runs now; empty at the top.
  var doer: String { doerName.map { ", by \($0)" } ?? "" }

  /// `fall_back of poem`: whose code runs now; nil at the top.
  var doerName: String? { world.frames.last.map(doer) }

  func doer(_ frame: Frame) -> String {
    switch frame {
    case .timer(let id): timer(id)
    case .handler(let id, let stage, let side): code(at: StageRef(deferred: id, stage: stage, side: side))
    case .canceller(let id): "the canceller of \(name(id))"
    case .call(_, let name): name
    }
  }

  /// `fall_back of poem`; at a stage of the library's own, whose result it works on.
  func code(at ref: StageRef) -> String {
    switch kind(of: ref) {
    case .handlers, .timeout: "\(handler(ref)) of \(name(ref.deferred))"
    case .chainTo, .slot, .resumes, .library: name(ref.deferred)
    }
  }

  func list(_ words: some Collection<String>, _ conjunction: String = "and", limit: Int = 5) -> String {
    if words.count > limit {
      return words.prefix(limit).joined(separator: ", ") + " \(conjunction) \(words.count - limit) more"
    }
    guard let last = words.dropFirst(max(0, words.count - 1)).first, words.count > 1 else {
      return words.first ?? "nothing"
    }
    return words.dropLast(1).joined(separator: ", ") + " \(conjunction) \(last)"
  }
}

/// `shop.py:47`, `klein/_resource.py:230`: a line as people name it; of a long path what tells files apart.
///
/// A path into installed packages is told from there; of any other that is absolute the last two names are.
///
/// - Parameter isShort: where there is little room: the last name alone, and before an `__init__.py` its package.
public func placeText(_ place: Place, isShort: Bool = false) -> String {
  guard !place.file.isEmpty else { return "line \(place.line)" }
  var names = place.file.split(separator: "/")
  if isShort {
    names.removeFirst(max(0, names.count - (names.last == "__init__.py" ? 2 : 1)))
    return "\(names.joined(separator: "/")):\(place.line)"
  }
  if let inPackages = pathInPackages(place.file) { return "\(inPackages):\(place.line)" }
  let path = place.file.hasPrefix("/") ? names.suffix(2).joined(separator: "/") : place.file
  return "\(path):\(place.line)"
}

/// `klein/_resource.py` of a path into installed packages; nil for another one.
public func pathInPackages(_ path: String) -> String? {
  let names = path.split(separator: "/")
  guard let packages = names.lastIndex(where: { $0.hasSuffix("-packages") }), packages + 1 < names.count
  else { return nil }
  return names[(packages + 1)...].joined(separator: "/")
}

extension StageKind {
  /// Whether a function of the program's own runs here, and not the library's.
  var isHandler: Bool {
    switch self {
    case .handlers, .timeout: true
    case .library(let work): work == "later"
    case .chainTo, .slot, .resumes: false
    }
  }
}

/// `2.5 s`: seconds as short as they are exact, from microseconds.
public func secondsText(_ time: Int64) -> String {
  let magnitude = time.magnitude
  let sign = time < 0 ? "-" : ""
  let rest = magnitude % 1_000_000
  guard rest > 0 else { return "\(sign)\(magnitude / 1_000_000) s" }
  var digits = String(rest)
  digits = String(repeating: "0", count: 6 - digits.count) + digits
  while digits.hasSuffix("0") { digits.removeLast() }
  return "\(sign)\(magnitude / 1_000_000).\(digits) s"
}

extension String {
  /// With a capital first letter, to begin a sentence.
  var asBeginning: String {
    guard let first else { return self }
    let capital = first.uppercased()
    // Some letters have capitals of other alphabets (ß, ı), in which a search would not find the name again.
    let isSameAlphabet = first.isASCII || capital.utf8.allSatisfy { $0 >= 0x80 }
    return isSameAlphabet ? capital + dropFirst() : self
  }

  /// Without the period that would end the sentence in which it stands.
  var withoutPeriod: String {
    hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self
  }
}
