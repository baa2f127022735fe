/// Reads records of a trace again, from where their block begins.
final class TraceLooking {
  /// For single records, and for long ways.
  private let decoder: LineDecoder
  private let near: LineWindow
  private let far: LineWindow
  /// Records that were looked at lately, each at a place of its own by its step.
  private var kept: [(step: Int, record: Record)?]
  /// About how many bytes of texts they have.
  private var keptBytes = 0
  /// Blocks that were looked at lately, each at a place of its own by its number.
  private var keptBlocks: [LookedAtBlock?]

  private static let keptCount = 1024
  private static let keptBlockCount = 256
  /// A line that is longer is not read again to find what stands behind it.
  static let longLine = 1 << 16
  private var longLines: [Int: LongLine] = [:]

  /// The entry of a long line, and where it begins and the next one does.
  private struct LongLine {
    let entry: Entry
    let start: Int
    let end: Int
  }

  /// So many entries are kept at most.
  static let keptEntryCount = keptBlockCount * TraceFile.blockLength
  /// Records with more than this together are let go of.
  private static let keptBytesLimit = 256 << 20

  /// Where a block is, and how many of its records are known.
  struct BlockPlace {
    let number: Int
    let offset: Int
    let count: Int
  }

  /// What is known of a block: its first entries, where their lines begin, and where the next line does.
  private struct LookedAtBlock {
    let number: Int
    var next: Int
    var entries: [Entry] = []
    var places: [Int] = []
  }

  init(_ bytes: any TraceBytes, _ decoder: LineDecoder, mayGrow: Bool) {
    self.decoder = decoder
    let isKnown = bytes.isComplete && !mayGrow
    let size = isKnown ? max(1 << 10, bytes.expectedSize ?? 1 << 18) : 1 << 18
    near = LineWindow(bytes, capacity: min(size, 1 << 14))
    far = LineWindow(bytes, capacity: min(size, 1 << 18))
    kept = Array(repeating: nil, count: Self.keptCount)
    keptBlocks = Array(repeating: nil, count: Self.keptBlockCount)
  }

  /// Takes what was found of a long line when it was read first.
  func note(_ entry: Entry, at step: Int, from start: Int, to end: Int) {
    longLines[step] = LongLine(entry: entry, start: start, end: end)
  }

  /// The record that leads to `step`, which is in this block.
  ///
  /// - Complexity: O(bytes of the line, and of the short ones of its block).
  func record(at step: Int, in place: BlockPlace) -> Record {
    let slot = step % Self.keptCount
    if let (there, record) = kept[slot], there == step { return record }
    let index = step - 1 - place.number * TraceFile.blockLength
    let places = block(place, count: index + 1).places
    let (record, length) = index < places.count ? read(step, from: places[index]) : (Self.lost, 0)
    keep(record, at: slot, step, length: length)
    return record
  }

  private func keep(_ record: Record, at slot: Int, _ step: Int, length: Int) {
    keptBytes += length
    if keptBytes > Self.keptBytesLimit {
      kept = Array(repeating: nil, count: Self.keptCount)
      keptBytes = length
    }
    kept[slot] = (step, record)
  }

  /// The entries of a block; fewer where the file is shorter than it was.
  func entries(of place: BlockPlace) -> [Entry] { block(place, count: place.count).entries }

  /// - Parameter count: how many of its entries are asked for, at least.
  private func block(_ wanted: BlockPlace, count: Int) -> LookedAtBlock {
    let slot = wanted.number % Self.keptBlockCount
    var block = LookedAtBlock(number: wanted.number, next: wanted.offset)
    if let known = keptBlocks[slot], known.number == wanted.number {
      if known.entries.count >= count { return known }
      block = known
    }
    // Held here alone, so that it grows in place.
    keptBlocks[slot] = nil
    var step = wanted.number * TraceFile.blockLength + block.entries.count + 1
    var place = block.next
    while block.entries.count < count {
      if let long = longLines[step] {
        block.entries.append(long.entry)
        block.places.append(long.start)
        place = long.end
        step += 1
        continue
      }
      guard let line = line(at: place, in: near) else { break }
      var here = line.start
      if let entry = decoder.again(near, &here, end: line.end, at: step) {
        block.entries.append(entry)
        block.places.append(place)
        step += 1
      }
      place = near.offset + here
    }
    block.next = place
    keptBlocks[slot] = block
    return block
  }

  /// - Returns: The record, and how many bytes its line has.
  private func read(_ step: Int, from place: Int) -> (record: Record, length: Int) {
    guard let line = line(at: place, in: near) else { return (Self.lost, 0) }
    var here = line.start
    guard let record = decoder.record(near, &here, at: step) else { return (Self.lost, 0) }
    return (record, here - line.start)
  }

  /// A way along the trace: `number` records lie before `place`; the entries after `start` up to `end` are wanted.
  struct Way {
    var number: Int
    var place: Int
    let start: Int
    let end: Int
  }

  /// The next entries on the way; nil at its end.
  func next(_ way: inout Way) -> [Entry]? {
    next(&way, lost: Entry(.dropped)) { decoder.again(far, &$0, end: $1, at: $2) }
  }

  /// The same, with the needles that each may tell.
  func next(_ way: inout Way, _ search: LineSearch) -> [(entry: Entry, mask: LineSearch.Mask)]? {
    next(&way, lost: (Entry(.dropped), search.everything)) {
      decoder.again(far, &$0, end: $1, at: $2, search)
    }
  }

  @inline(__always)
  private func next<Found>(
    _ way: inout Way, lost: Found, _ read: (_ place: inout Int, _ end: Int, _ step: Int) -> Found?
  ) -> [Found]? {
    guard way.number < way.end else { return nil }
    var entries: [Found] = []
    guard let first = line(at: way.place, in: far) else {
      // The file is shorter than it was: what is gone is shown as gone.
      entries = Array(repeating: lost, count: way.end - max(way.number, way.start))
      way.number = way.end
      return entries
    }
    var here = first.start
    let linesEnd = max(first.end, far.linesEnd)
    entries.reserveCapacity(min(way.end - way.number, 4096))
    while way.number < way.end, here < linesEnd {
      guard let entry = read(&here, linesEnd, way.number + 1) else { continue }
      way.number += 1
      if way.number > way.start { entries.append(entry) }
    }
    way.place = far.offset + here
    return entries
  }

  /// Where in `window` the line begins and ends that begins at `offset` of the trace; nil where there is none.
  private func line(at offset: Int, in window: LineWindow) -> (start: Int, end: Int)? {
    if !window.holds(offset) { window.move(to: offset) }
    guard window.holds(offset) else { return nil }
    var start = offset - window.offset
    var end = window.lineEnd(from: start)
    if end == window.length {
      // It goes on behind the window, or was there in part only when that was filled.
      window.move(to: offset)
      start = 0
      end = window.lineEnd(from: 0)
      while end == window.length, window.isFull, window.grow() { end = window.lineEnd(from: 0) }
    }
    return (start, min(end + 1, window.length))
  }

  private static let lost = Record(
    time: 0, event: .note(kind: "error", who: "trapline", text: "this record can't be read any more", nil))
}
