/// What went along a chain, as an entry has it.
struct TapeLoad {
  var load: TapeEntry.Load
  var word: UInt64 = 0
  var otherWord: UInt64 = 0

  init(load: TapeEntry.Load, word: UInt64 = 0) {
    self.load = load
    self.word = word
  }

  init(load: TapeEntry.Load, text: String) {
    self.load = load
    (word, otherWord) = TapeText.give(text)
  }

  static var nothing: TapeLoad { TapeLoad(load: .nothing) }
}

extension Tape {
  @inline(__always)
  private func put(
    _ kind: TapeEntry.Kind, _ id: ChainID, index: Int = 0, site: UInt16 = 0, on side: Side = .callback,
    origin: ChainOrigin = .deferred, flag: Bool = false, _ load: TapeLoad
  ) {
    put(
      TapeEntry(
        time: time, word: load.word, otherWord: load.otherWord, id: UInt32(truncatingIfNeeded: id),
        index: UInt32(truncatingIfNeeded: index), site: site, depth: depth, kind: kind, load: load.load,
        side: side, origin: origin, flag: flag))
  }

  /// Says that the code that ran is over; where ends have no beginnings, nothing is below the top.
  @inline(__always)
  package func goUp() {
    if depth > 0 { depth &-= 1 }
  }

  /// Puts down what is an object of the reader's own.
  package func put(other object: AnyObject) {
    put(.other, 0, TapeLoad(object))
  }

  func made(_ id: ChainID, _ origin: ChainOrigin, hasCanceller: Bool, name: String?) {
    tick()
    put(
      .made, id, origin: origin, flag: hasCanceller,
      name.map { TapeLoad(load: .string, text: $0) } ?? .nothing)
  }

  @inline(__always)
  func added(_ stage: HandlerStage, to id: ChainID) {
    let site = sites.number(of: stage) { put(.site, 0, site: $0, TapeLoad($1)) }
    put(.stage, id, index: stage.index, site: site, .nothing)
  }

  func fired(_ id: ChainID, _ load: TapeLoad) {
    tick()
    put(.fired, id, load)
  }

  /// Between the end of one handler and the beginning of the next nothing but the library runs: no time goes by.
  @inline(__always)
  func entered(_ id: ChainID, stage: Int, _ side: Side, _ load: TapeLoad) {
    put(.entered, id, index: stage, on: side, load)
    depth &+= 1
  }

  @inline(__always)
  func left(_ id: ChainID, stage: Int, _ side: Side, raised: Bool, _ load: TapeLoad) {
    goUp()
    put(.left, id, index: stage, on: side, flag: raised, load)
  }

  func passed(_ id: ChainID, stage: Int, _ side: Side) { put(.passed, id, index: stage, on: side, .nothing) }
  func settled(_ id: ChainID, _ load: TapeLoad) { put(.settled, id, load) }
  func collected(_ id: ChainID) { put(.collected, id, .nothing) }
}

extension TapeLoad {
  init(_ object: AnyObject) {
    self.init(load: .object, word: UInt64(UInt(bitPattern: Unmanaged.passRetained(object).toOpaque())))
  }

  /// What an outcome is, in words only where it must be: a value that may change, or be let go of, before it is read.
  @inline(__always)
  init(_ outcome: Outcome, in chain: Chain, _ tag: ChainTag, on tape: Tape) {
    if case .bits(let bits) = outcome, bits.type == Int.self, tape.takesPlainValues {
      self.init(load: .int, word: UInt64(bits.words.0))
    } else {
      self = .slowly(outcome, in: chain, tag, on: tape)
    }
  }

  @inline(never)
  private static func slowly(_ outcome: Outcome, in chain: Chain, _ tag: ChainTag, on tape: Tape) -> TapeLoad
  {
    if tape.takesPlainValues, let plain = plainly(outcome) { return plain }
    switch tag.carried(outcome, in: chain) {
    case .failure(let failure):
      return TapeLoad(load: .failure, word: UInt64(tape.reader?.number(failure) ?? 0))
    case .deferred(let id): return TapeLoad(load: .deferred, word: UInt64(bitPattern: Int64(id)))
    case .value(let any):
      if any is Moved { return TapeLoad(load: .moved) }
      guard let words = tape.reader?.words(any) else { return .nothing }
      return TapeLoad(load: words.isCut ? .cutWords : .words, text: words.text)
    }
  }

  /// A longer text would be cut: its end is not to be kept until then.
  private static var longestString: Int { 800 }

  private static func plainly(_ outcome: Outcome) -> TapeLoad? {
    switch outcome {
    case .bits(let bits):
      switch bits.type {
      case is Void.Type: .nothing
      case is Bool.Type: TapeLoad(load: .bool, word: UInt64(bits.words.0))
      case is Double.Type: TapeLoad(load: .double, word: UInt64(bits.words.0))
      default: nil
      }
    case .value(let box):
      box.value(as: String.self).flatMap {
        $0.utf8.count <= longestString ? TapeLoad(load: .string, text: $0) : nil
      }
    default: nil
    }
  }
}
