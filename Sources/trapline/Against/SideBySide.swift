import Screen

/// The first difference of two runs as text: what was the same before it, then both runs in columns.
struct SideBySide {
  /// Entries in front of the difference, the same in both runs.
  private static let entriesBefore = 4
  /// Entries from the difference on, in each column.
  private static let entriesFrom = 3
  /// Lines that one detail takes in a column.
  private static let linesOfDetail = 6

  let glyphs: Glyphs
  /// Of the whole text.
  let columns: Int

  /// - Parameter columns: how wide the text may be; it is never narrower than 40 columns.
  init(columns: Int, glyphs: Glyphs) {
    self.columns = max(40, columns)
    self.glyphs = glyphs
  }

  func lines(of difference: FirstDifference, here: ObservedRun, there: ObservedRun, twisted: String)
    -> [String]
  {
    let mine = here[difference.subject]
    let theirs = there[difference.subject]
    let start = max(0, difference.index - Self.entriesBefore)
    var lines: [String] = []
    if start > 0 { lines.append(line("\(indent)\(glyphs[.ellipsis]) \(start) before these are the same")) }
    for index in start..<difference.index {
      lines.append(line("\(number(index))  \(mine[index].line)"))
    }
    if !lines.isEmpty { lines.append("") }
    lines.append(row("here", "on Twisted \(twisted)", isSame: true))
    lines.append(
      String(repeating: rule, count: half + 1) + crossing + String(repeating: rule, count: half + 1))
    // What one of them has more stands beside nothing, so that what follows stands beside its like.
    let (lackHere, lackThere) = difference.lacks
    for offset in 0..<Self.entriesFrom {
      let one = entry(of: mine, difference.index + offset - lackHere, isLacking: offset < lackHere)
      let other = entry(of: theirs, difference.index + offset - lackThere, isLacking: offset < lackThere)
      guard one != nil || other != nil else { break }
      if offset > 0 { lines.append(row("", "", isSame: true)) }
      lines += rows(one, other)
    }
    let left = mine.count - (difference.index + Self.entriesFrom - lackHere)
    let right = theirs.count - (difference.index + Self.entriesFrom - lackThere)
    if left > 0 || right > 0 { lines.append(row(more(left), more(right), isSame: true)) }
    return lines
  }

  private typealias Numbered = (index: Int, entry: ObservedEntry)

  private func entry(of entries: [ObservedEntry], _ index: Int, isLacking: Bool) -> Numbered? {
    isLacking || index >= entries.count ? nil : (index, entries[index])
  }

  private func more(_ count: Int) -> String {
    count > 0 ? "\(indent)\(glyphs[.ellipsis]) \(count) more" : ""
  }

  // MARK: Rows

  /// One entry of each run, or of one of them, beside each other.
  private func rows(_ one: Numbered?, _ other: Numbered?) -> [String] {
    let details = one?.entry.details ?? []
    let others = other?.entry.details ?? []
    let labelWidth = (details + others).map(\.name.count).max() ?? 0
    var rows = [row(head(one), head(other), isSame: one?.entry.heading == other?.entry.heading)]
    for place in 0..<max(details.count, others.count) {
      let mine = place < details.count ? details[place] : nil
      let theirs = place < others.count ? others[place] : nil
      rows += self.rows(of: mine, theirs, labelWidth: labelWidth)
    }
    return rows
  }

  private func head(_ numbered: Numbered?) -> String {
    guard let (index, entry) = numbered else { return indent + "nothing" }
    return "\(number(index))  \(entry.heading)"
  }

  /// One detail of both entries, over as many lines as it takes.
  private func rows(
    of mine: ObservedEntry.Detail?, _ theirs: ObservedEntry.Detail?, labelWidth: Int
  ) -> [String] {
    let (one, other) = sameBeginningCut(mine?.text ?? "", theirs?.text ?? "")
    let left = cell(mine?.name ?? "", one, labelWidth: labelWidth)
    let right = cell(theirs?.name ?? "", other, labelWidth: labelWidth)
    return (0..<max(left.count, right.count)).map { line in
      row(
        line < left.count ? left[line] : "", line < right.count ? right[line] : "",
        isSame: line > 0 || mine == theirs || mine == nil || theirs == nil)
    }
  }

  /// A name, and a text beside it that is broken into lines.
  private func cell(_ name: String, _ text: String, labelWidth: Int) -> [String] {
    let label = indent + name + String(repeating: " ", count: labelWidth - name.count + 2)
    let texts = wrapped(
      shown(text), to: max(8, half - label.count), limit: Self.linesOfDetail, glyphs: glyphs)
    return texts.enumerated().map { index, text in
      (index == 0 ? label : String(repeating: " ", count: label.count)) + text
    }
  }

  /// Two long texts without what is the same at their beginning, where the difference would else not be seen.
  private func sameBeginningCut(_ one: String, _ other: String) -> (String, String) {
    guard one != other else { return (one, other) }
    let same = zip(one.unicodeScalars, other.unicodeScalars).prefix { $0 == $1 }.count
    let context = 20
    guard same > half + context else { return (one, other) }
    func end(_ text: String) -> String {
      "…" + String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(same - context)))
    }
    return (end(one), end(other))
  }

  // MARK: Lines

  /// How wide a column is: what is left beside the line in the middle, halved.
  private var half: Int { (columns - 3) / 2 }

  /// Two texts in their columns, with a sign between them where they are not the same.
  private func row(_ left: String, _ right: String, isSame: Bool) -> String {
    let text = fitted(shown(left), to: half, glyphs: glyphs)
    let gap = String(repeating: " ", count: max(0, half - width(of: text)))
    let sign = isSame ? (glyphs == .unicode ? "│" : "|") : (glyphs == .unicode ? "≠" : "#")
    return trimmed("\(text)\(gap) \(sign) \(fitted(shown(right), to: half, glyphs: glyphs))")
  }

  private func line(_ text: String) -> String { fitted(shown(text), to: columns, glyphs: glyphs) }

  private var rule: String { glyphs == .unicode ? "─" : "-" }
  private var crossing: String { glyphs == .unicode ? "┼" : "+" }

  /// A number as people count, right-aligned.
  private func number(_ index: Int) -> String {
    let text = "\(index + 1)"
    return String(repeating: " ", count: max(0, 4 - text.count)) + text
  }

  private let indent = "      "

  private func shown(_ text: String) -> String { glyphs.shown(text) }

  private func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension FirstDifference {
  /// How many entries are lacking at the place, here and on Twisted.
  fileprivate var lacks: (here: Int, there: Int) {
    switch way {
    case .missing: (1, 0)
    case .extra: (0, 1)
    case .order, .other, .details: (0, 0)
    }
  }
}
