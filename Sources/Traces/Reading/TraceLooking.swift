/// Reads records of a trace again, from where their block begins.
final class TraceLooking {
  /// For single records, and for long ways.
  private let decoder: LineDecoder
  private let near: LineWindow
  private let far: LineWindow
  /// Records that were looked at lately, each at a place of its own by its step.
  private var kept: [(step: Int, record: Record)?]

  private static let keptCount = 1024

  init(_ bytes: any TraceBytes, _ decoder: LineDecoder, mayGrow: Bool) {
    self.decoder = decoder
    let isKnown = bytes.isComplete && !mayGrow
    let size = isKnown ? max(1 << 10, bytes.expectedSize ?? 1 << 18) : 1 << 18
    near = LineWindow(bytes, capacity: min(size, 1 << 14))
    far = LineWindow(bytes, capacity: min(size, 1 << 18))
    kept = Array(repeating: nil, count: Self.keptCount)
  }

  /// The record that leads to `step`, in the block that begins at `offset`.
  ///
  /// - Complexity: O(bytes of a block).
  func record(at step: Int, from offset: Int) -> Record {
    let slot = step % Self.keptCount
    if let (there, record) = kept[slot], there == step { return record }
    let record = read(step, from: offset)
    kept[slot] = (step, record)
    return record
  }

  private func read(_ step: Int, from offset: Int) -> Record {
    var number = (step - 1) / TraceFile.blockLength * TraceFile.blockLength
    var place = offset
    while let line = line(at: place, in: near) {
      var here = line.start
      if number == step - 1 {
        if let record = decoder.record(near, &here, at: step) { return record }
      } else if decoder.again(near, &here, end: line.end, at: number + 1) != nil {
        number += 1
      }
      place = near.offset + here
    }
    return Self.lost
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
    if end == window.length, window.isFull {
      // It goes on behind the window.
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
