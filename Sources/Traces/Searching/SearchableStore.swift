/// A store whose records are read from lines, in which one can look for bytes far faster than for sentences.
protocol SearchableStore: RecordStore {
  /// Whether numbers of things are in the records as they are in the lines.
  var keepsNumbers: Bool { get }
  /// Looks at all texts that have been given numbers by now.
  func learn(_ search: LineSearch)
  /// Hands on the records after the first `start`, up to the one that leads to `end`, that may tell a needle.
  func forEachHit(
    after start: Int, through end: Int, _ search: LineSearch,
    _ body: (_ entry: Entry, _ step: Int, LineSearch.Mask) -> Void)
}

extension TraceFile: SearchableStore {
  var keepsNumbers: Bool { recordings.isPlain }
  func learn(_ search: LineSearch) { search.learn(decoder.texts) }

  func forEachHit(
    after start: Int, through end: Int, _ search: LineSearch, _ body: (Entry, Int, LineSearch.Mask) -> Void
  ) {
    guard start < end else { return }
    guard search.isPlain else { return look(after: start, through: end, search, body) }
    var step = start
    while true {
      step = max(step, hit(after: step, before: end, search))
      guard step < end else { return }
      let last = min(end, (step / Self.blockLength + 1) * Self.blockLength)
      look(after: step, through: last, search, body)
      step = last
    }
  }

  private func look(
    after start: Int, through end: Int, _ search: LineSearch, _ body: (Entry, Int, LineSearch.Mask) -> Void
  ) {
    let block = start / Self.blockLength
    var way = TraceLooking.Way(
      number: block * Self.blockLength, place: blocks[block], start: start, end: end)
    var step = start
    while let found = looking.next(&way, search) {
      for (entry, mask) in found {
        step += 1
        if mask != 0 { body(recordings.isPlain ? entry : renumbered(entry, at: step), step, mask) }
      }
    }
  }

  /// How many records lie before the first block, from that of the record after the first `start` on, whose bytes may
  /// spell a needle; `end`, where none before it does.
  ///
  /// - Complexity: O(bytes), some gigabytes a second.
  private func hit(after start: Int, before end: Int, _ search: LineSearch) -> Int {
    var block = start / Self.blockLength
    let last = min(blocks.count, (end - 1) / Self.blockLength + 1)
    func mayTell(_ from: Int, _ to: Int) -> Bool {
      search.mayTell(bytes, from: blocks[from], to: to < blocks.count ? blocks[to] : readTo)
    }
    while block < last {
      let next = min(block + Self.blocksAtOnce, last)
      if mayTell(block, next), let found = (block..<next).first(where: { mayTell($0, $0 + 1) }) {
        return found * Self.blockLength
      }
      block = next
    }
    return end
  }

  private static let blocksAtOnce = 128
}

extension JoinedTraces: SearchableStore {
  var keepsNumbers: Bool { false }
  func learn(_ search: LineSearch) { for file in files { file.learn(search) } }

  func forEachHit(
    after start: Int, through end: Int, _ search: LineSearch, _ body: (Entry, Int, LineSearch.Mask) -> Void
  ) {
    var step = start
    forEachPiece(after: start, through: end) { part, place, last in
      if place < 0 { body(beginning(of: part), step + 1, search.everything) }
      let before = step - place
      part.file.forEachHit(after: max(0, place), through: last, search) { entry, own, mask in
        body(renumbered(entry, at: own - 1, of: part), before + own, mask)
      }
      step += last - place
    }
  }
}
