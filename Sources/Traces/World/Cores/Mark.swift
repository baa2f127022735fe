/// An outcome as a number: which Failure or Deferred, or the step of the record that has the text of the value.
struct Mark: Sendable, Equatable {
  private var bits: UInt32

  /// Nothing is there.
  static let absent = Mark(bits: 0)
  /// The value None.
  static let none = Mark(bits: 1 << 2)
  /// A value that the trace never tells.
  static let untold = Mark(bits: 2 << 2)

  private init(bits: UInt32) { self.bits = bits }

  /// The two low bits say what the others are.
  private init(tag: UInt32, _ number: Int) { bits = UInt32(truncatingIfNeeded: number) << 2 | tag }

  static func value(at step: Int) -> Mark { Mark(tag: 1, step) }
  static func failure(_ id: FailureID) -> Mark { Mark(tag: 2, id) }
  static func deferred(_ id: DeferredID) -> Mark { Mark(tag: 3, id) }

  private var number: Int { Int(bits >> 2) }

  /// The Failure, if it is one.
  var failure: FailureID? { bits & 3 == 2 ? number : nil }

  /// The Deferred, if it is one.
  var deferred: DeferredID? { bits & 3 == 3 ? number : nil }

  /// The step of the record that has the text, if it is a value that is told.
  var valueStep: Int? { bits & 3 == 1 ? number : nil }

  /// The outcome in full; nil where nothing is there.
  func outcome(in records: any RecordStore) -> Outcome? {
    switch bits & 3 {
    case 1: .value(records.record(at: number).event.value ?? .untold)
    case 2: .failure(number)
    case 3: .deferred(number)
    default: self == .absent ? nil : .value(self == .none ? .none : .untold)
    }
  }
}

extension Event {
  /// The text of the value that it brings, if it brings one.
  var value: ValueText? {
    switch self {
    case .fired(_, .value(let text)), .settled(_, .value(let text)), .read(_, .value(let text), _),
      .entered(_, _, _, .value(let text)), .left(_, _, _, .returned(let text)),
      .took(_, _, .value(let text)), .resumed(_, _, _, .value(let text)),
      .lateResultSwallowed(_, .value(let text)), .slotFilled(_, _, .value(let text)),
      .generatorResumed(_, .value(let text)), .generatorEnded(_, .returned(let text)),
      .callEntered(_, _, .value(let text)), .callLeft(_, _, .returned(let text)):
      text
    default: nil
    }
  }
}
