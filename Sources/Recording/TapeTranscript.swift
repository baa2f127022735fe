internal import Deferreds
internal import Traces

/// Makes lines of a trace of what stands on a tape: on the thread that reads the tape, out of the program's way.
struct TapeTranscript {
  private var lines = TapeLines()
  private let writer = TraceWriter()
  private var clock: TapeClock
  /// The last record, which the next may still change: a Deferred that was made may be given a name.
  private var last: Record?

  init(header: TraceHeader, clock: TapeClock) {
    self.clock = clock
    lines.append(writer.line(for: header))
  }

  /// To be called before entries are added that were put down since.
  mutating func adjustClock() { clock.adjust() }

  /// How many bytes have been written and not been taken yet.
  var byteCount: Int { lines.bytes.count }

  mutating func takeBytes() -> [UInt8] { lines.takeBytes() }

  mutating func end() {
    flush()
    lines.append(writer.end())
  }

  /// Writes the last record too, which then can be changed no more.
  mutating func flush() {
    if let last { lines.append(writer.line(for: last)) }
    last = nil
  }

  mutating func add(_ entry: TapeEntry) {
    if entry.kind == .site { return learn(entry) }
    let time = clock.microseconds(at: entry.time)
    if last != nil, entry.kind != .settled, entry.kind != .other { flush() }
    if lines.add(entry, time: time) { return }
    let (event, place) = written(entry)
    guard let event else { return }
    if case .named(let id, let name) = event, names(id, name) { return }
    if case .settled = event, last?.event == event { return }
    if case .sharedChanged = event, last?.event == event { return }
    flush()
    last = Record(time: time, depth: Int(entry.depth), place: place, event: event)
  }

  private mutating func learn(_ entry: TapeEntry) {
    guard let site = entry.takeObject() as? TapeSite else { return }
    let place = site.place.line > 0 ? Traces.Place(file: site.place.file, line: site.place.line) : nil
    let event = Event.stageAdded(0, index: 0, .handlers, callback: site.callback, errback: site.errback)
    lines.learn(entry.site, Record(time: 0, place: place, event: event))
  }

  private mutating func names(_ id: DeferredID, _ name: String) -> Bool {
    guard case .made(id, let origin, nil, let hasCanceller)? = last?.event else { return false }
    last?.event = .made(id, origin: origin, name: name, hasCanceller: hasCanceller)
    return true
  }

  // MARK: Entries as events

  private func written(_ entry: TapeEntry) -> (Event?, Traces.Place?) {
    let (id, index) = (Int(entry.id), Int(entry.index))
    let side = entry.side == .callback ? Traces.Side.callback : .errback
    switch entry.kind {
    case .made:
      let name = entry.load == .string ? entry.takeText() : nil
      return (.made(id, origin: entry.origin.rawValue, name: name, hasCanceller: entry.flag), nil)
    case .fired: return (.fired(id, outcome(entry)), nil)
    case .entered: return (.entered(id, stage: index, side, input: outcome(entry)), nil)
    case .left: return (.left(id, stage: index, side, end(entry)), nil)
    case .passed: return (.passedThrough(id, stage: index, side), nil)
    case .settled: return (.settled(id, outcome(entry)), nil)
    case .collected: return (.collected(id), nil)
    case .other:
      let box = entry.takeObject() as? TapeObserver.Box
      return (box?.event, box?.place)
    case .site, .stage: return (nil, nil)
    }
  }

  private func outcome(_ entry: TapeEntry) -> Traces.Outcome {
    switch entry.load {
    case .failure: .failure(Int(entry.word))
    case .deferred: .deferred(Int(truncatingIfNeeded: entry.word))
    default: .value(text(entry))
    }
  }

  private func end(_ entry: TapeEntry) -> HandlerEnd {
    switch entry.load {
    case .failure: entry.flag ? .raised(Int(entry.word)) : .returnedFailure(Int(entry.word))
    case .deferred: .returnedDeferred(Int(truncatingIfNeeded: entry.word))
    default: .returned(text(entry))
    }
  }

  private func text(_ entry: TapeEntry) -> ValueText {
    switch entry.load {
    case .int: ValueText("\(Int64(bitPattern: entry.word))")
    case .bool: ValueText(entry.word & 1 == 0 ? "false" : "true")
    case .double: describe(Double(bitPattern: entry.word))
    case .string: describe(entry.takeText())
    case .words: ValueText(entry.takeText())
    case .cutWords: ValueText(entry.takeText(), isCut: true)
    case .moved: describe(Moved())
    case .nothing, .object, .failure, .deferred: .none
    }
  }
}
