/// Finds the few records of a long trace whose sentences may have some words in them, so that only these are told.
///
/// A sentence has words of its own (``NarrationWords``), texts and numbers of its record's line, and texts that other
/// lines told of the things it is about. So it goes over the trace twice without making a text: first it marks in which
/// records, and of which things, the words are told (``Tracks``); then it picks the records that are so marked or
/// about such a thing. It errs on one side only: a record that has the words in its sentence is always picked.
///
/// - Complexity: O(bytes), some millions of records a second.
package struct Sieve {
  private let store: any SearchableStore
  private let search: LineSearch
  private var tracks: [Tracks]
  /// Up to this step it is known where the words are told.
  package private(set) var markedTo = 0
  /// By the numbers of threads, the needles in their names; those of all beyond are not known yet.
  private var threads: [LineSearch.Mask] = []

  /// Names of more threads than this are not kept apart.
  private static let threadLimit = 10_000

  /// - Parameters:
  ///   - words: all of them are asked for; in lower case, where capitals do not count.
  /// - Returns: nil where nothing in them can be looked for faster than in sentences, or not in this store.
  package init?(_ words: [[UInt8]], isCaseSensitive: Bool, in store: any RecordStore) {
    let needles = Needle.pieces(of: words, isCaseSensitive: isCaseSensitive)
    guard !needles.isEmpty, let store = store as? any SearchableStore else { return nil }
    self.store = store
    search = LineSearch(needles)
    tracks = Array(repeating: Tracks(), count: needles.count)
  }

  /// Where only bytes are looked at, so many times as many records take the same time.
  private static let plainSpeed = 8

  /// Marks where the words are told in up to `budget` more records that `world` knows, or more where that is quick.
  package mutating func mark(_ world: World, budget: Int) {
    store.learn(search)
    let (many, isTooMany) = budget.multipliedReportingOverflow(by: search.isPlain ? Self.plainSpeed : 1)
    let end = isTooMany ? world.step : min(world.step, markedTo + many)
    store.forEachHit(after: markedTo, through: end, search) { entry, step, mask in
      for place in tracks.indices where mask >> LineSearch.Mask(place) & 1 == 1 {
        tracks[place].note(entry, at: step, in: world)
      }
    }
    markedTo = end
  }

  /// The steps after `start`, up to `end`, whose sentences may have all of the words in them; `world`, in which they
  /// are told, must have been marked.
  package mutating func candidates(after start: Int, through end: Int, in world: World) -> [Int] {
    let common = maskOfCommon(in: world)
    if let place = onlyInRecords(common) { return tracks[place].steps.numbers(after: start, through: end) }
    var (steps, step): ([Int], Int) = ([], start)
    store.forEachEntry(after: start, through: end) { entry in
      step += 1
      let known = common | maskOfThread(entry.thread) | maskOfNumbers(entry, world) & search.numeric
      for place in tracks.indices where known >> LineSearch.Mask(place) & 1 == 0 {
        if tracks[place].steps.contains(Int32(truncatingIfNeeded: step)) { continue }
        guard tracks[place].reach(entry, world, isNumeric: search.needles[place].isNumeric) else { return }
      }
      steps.append(step)
    }
    return steps
  }

  /// A needle that no sentence tells but those of the records that are marked with it, if there is one.
  private mutating func onlyInRecords(_ common: LineSearch.Mask) -> Int? {
    var elsewhere = common | search.numeric
    var number: Int32 = 0
    while number < Self.threadLimit, store.threadName(number + 1) != nil {
      number += 1
      elsewhere |= maskOfThread(number)
    }
    if number >= Self.threadLimit - 1 { return nil }
    return tracks.indices.first {
      tracks[$0].hasNoThings && elsewhere >> LineSearch.Mask($0) & 1 == 0
    }
  }

  /// The needles that any sentence may tell in this world: of what runs now, or by numbers that no line has.
  private func maskOfCommon(in world: World) -> LineSearch.Mask {
    let doer = Telling(narrator: Narrator(valueLimit: .max), world: world).doerName ?? ""
    return search.mask(of: doer) | (store.keepsNumbers ? 0 : search.numeric)
  }

  private mutating func maskOfThread(_ number: Int32) -> LineSearch.Mask {
    guard number > 0 else { return 0 }
    guard number < Self.threadLimit else { return search.everything }
    while threads.count <= number {
      threads.append(store.threadName(Int32(threads.count)).map { search.mask(of: $0) } ?? 0)
    }
    return threads[Int(number)]
  }

  /// The needles among the numbers that a sentence tells otherwise than the line does.
  private func maskOfNumbers(_ entry: Entry, _ world: World) -> LineSearch.Mask {
    guard search.numeric != 0 else { return 0 }
    switch entry.kind {
    case .timerMade, .timerMoved: return search.mask(of: secondsText(entry.number))
    case .clockAdvanced: return search.mask(of: secondsText(world.time))
    case .loopStarted, .calledAgain: return search.everything
    case .stageAdded: return entry.stage == .timeout ? search.everything : 0
    default: return 0
    }
  }
}

@available(*, unavailable) extension Sieve: Sendable {}
