import Screen

/// The first place where two observed runs are not the same, and in which way they are not.
struct FirstDifference: Equatable {
  /// In which way two runs differ at one place.
  enum Way: Equatable {
    /// Twisted has an entry that is not here.
    case missing(ObservedEntry)
    /// Here is an entry that Twisted has not.
    case extra(ObservedEntry)
    /// Both have both entries, the other way round.
    case order(here: ObservedEntry, there: ObservedEntry)
    /// Neither has the other's entry.
    case other(here: ObservedEntry, there: ObservedEntry)
    /// The same thing, but for these details of it.
    case details([Detail], here: ObservedEntry, there: ObservedEntry)
  }

  /// What is told of an entry, on both sides.
  struct Detail: Equatable {
    var name: String
    var here: String
    var there: String
  }

  var subject: Subject
  /// Counted from 0; all entries before it are the same.
  var index: Int
  var way: Way

  /// The first in time of the calls and the log, or else the first of what stands at the end.
  init?(here: ObservedRun, there: ObservedRun) {
    let found = Subject.allCases.compactMap { Self(here: here[$0], there: there[$0], of: $0) }
    guard let first = found.first else { return nil }
    self = found.filter { $0.time_us != nil }.min { $0.time_us ?? 0 < $1.time_us ?? 0 } ?? first
  }

  private init?(here: [ObservedEntry], there: [ObservedEntry], of subject: Subject) {
    var index = 0
    while index < min(here.count, there.count), here[index] == there[index] { index += 1 }
    guard let way = Self.way(here: here[index...], there: there[index...]) else { return nil }
    self.subject = subject
    self.index = index
    self.way = way
  }

  /// How two rows of entries differ that begin differently; nil when both are empty.
  private static func way(here: ArraySlice<ObservedEntry>, there: ArraySlice<ObservedEntry>) -> Way? {
    guard let mine = here.first else { return there.first.map(Way.missing) }
    guard let theirs = there.first else { return .extra(mine) }
    if let way = displaced(mine, theirs, comesHere: here.contains(theirs), comesThere: there.contains(mine)) {
      return way
    }
    if mine.identity == theirs.identity {
      return .details(differing(mine, theirs), here: mine, there: theirs)
    }
    // What comes later, though not quite the same, is out of place all the same.
    return displaced(
      mine, theirs, comesHere: here.contains { $0.identity == theirs.identity },
      comesThere: there.contains { $0.identity == mine.identity }) ?? .other(here: mine, there: theirs)
  }

  private static func displaced(
    _ mine: ObservedEntry, _ theirs: ObservedEntry, comesHere: Bool, comesThere: Bool
  ) -> Way? {
    switch (comesHere, comesThere) {
    case (true, true): .order(here: mine, there: theirs)
    case (true, false): .extra(mine)
    case (false, true): .missing(theirs)
    case (false, false): nil
    }
  }

  private static func differing(_ mine: ObservedEntry, _ theirs: ObservedEntry) -> [Detail] {
    let names = mine.allDetails.map(\.name)
    let others = theirs.allDetails.map(\.name).filter { !names.contains($0) }
    let found = (names + others).compactMap { name in
      let detail = Detail(name: name, here: mine[name], there: theirs[name])
      return detail.here == detail.there ? nil : detail
    }
    // Two values can look alike to a person that are not.
    return found.isEmpty ? [Detail(name: "form", here: mine.source.text, there: theirs.source.text)] : found
  }

  /// When the earlier of the two entries happened; nil for what stands at the end.
  private var time_us: Int64? {
    switch way {
    case .missing(let entry), .extra(let entry): entry.time_us
    case .order(let here, let there), .other(let here, let there), .details(_, let here, let there):
      [here.time_us, there.time_us].compactMap { $0 }.min()
    }
  }
}

extension ObservedEntry {
  /// The text of the detail of that name.
  fileprivate subscript(name: String) -> String {
    allDetails.first { $0.name == name }?.text ?? "none at all"
  }
}

// MARK: In words

extension FirstDifference {
  /// Longer values are cut off in a sentence; the columns below it have more of them.
  private static let longestValue = 60

  /// In which way they differ, as a sentence without its beginning and its end.
  var words: String {
    switch way {
    case .missing(let entry): "Twisted has \(Self.naming(entry)), which is missing here"
    case .extra(let entry): "here is \(Self.naming(entry)), which Twisted has not"
    case .order(let here, let there):
      "another order: \(Self.naming(here)) comes before \(Self.naming(there)) here, after it on Twisted"
    case .other(let here, let there): "here is \(Self.naming(here)), on Twisted \(Self.naming(there))"
    case .details(let details, here: let entry, there: _):
      "\(Self.naming(entry)) has \(details.map(Self.telling).joined(separator: "; "))"
    }
  }

  private static func naming(_ entry: ObservedEntry) -> String {
    let title = fitted(entry.title, to: longestValue)
    return switch entry.subject {
    case .calls: "the call of \(title) (\(entry.source["kind"]?.string ?? ""))"
    case .log: "the log line \(fitted(entry.details[0].text, to: longestValue)) of \(title)"
    case .unhandled: "the unhandled error of \(title)"
    case .timers: "a timer \(title)"
    case .time: "the end"
    case .deferreds, .ticks: "the \(entry.subject.noun) \(title)"
    }
  }

  private static func telling(_ detail: Detail) -> String {
    let here = fitted(detail.here, to: longestValue)
    let there = fitted(detail.there, to: longestValue)
    return "another \(detail.name): \(here) here, \(there) on Twisted"
  }
}
