/// A store whose records are read from lines, in which one can look for bytes far faster than for sentences.
protocol SearchableStore: RecordStore {
  /// Whether numbers of things are in the records as they are in the lines.
  var keepsNumbers: Bool { get }
  /// Looks at all texts that have been given numbers by now.
  func learn(_ search: LineSearch)
  /// Hands on the entries after the first `start` up to the one that leads to `end`, with the needles each may tell.
  func forEachEntry(
    after start: Int, through end: Int, _ search: LineSearch, _ body: (Entry, LineSearch.Mask) -> Void)
}

extension TraceFile: SearchableStore {
  var keepsNumbers: Bool { later.isEmpty }
  func learn(_ search: LineSearch) { search.learn(decoder.texts) }

  func forEachEntry(
    after start: Int, through end: Int, _ search: LineSearch, _ body: (Entry, LineSearch.Mask) -> Void
  ) {
    guard start < end else { return }
    let block = start / Self.blockLength
    var way = TraceLooking.Way(
      number: block * Self.blockLength, place: blocks[block], start: start, end: end)
    var step = start
    while let found = looking.next(&way, search) {
      for (entry, mask) in found {
        step += 1
        body(later.isEmpty ? entry : renumbered(entry, at: step), mask)
      }
    }
  }
}

extension JoinedTraces: SearchableStore {
  var keepsNumbers: Bool { false }
  func learn(_ search: LineSearch) { for file in files { file.learn(search) } }

  func forEachEntry(
    after start: Int, through end: Int, _ search: LineSearch, _ body: (Entry, LineSearch.Mask) -> Void
  ) {
    forEachPiece(after: start, through: end) { part, place, last in
      var place = place
      if place < 0 {
        body(beginning(of: part), search.everything)
        place = 0
      }
      guard place < last else { return }
      part.file.forEachEntry(after: place, through: last, search) { entry, mask in
        body(renumbered(entry, at: place, of: part), mask)
        place += 1
      }
    }
  }
}
