/// What the world keeps of a timer.
struct TimerCore: Sendable, Equatable {
  var due: Int64
  /// The step that set it; 0 where only its use told of it.
  var madeAt: Int32
  /// The Deferred that it fires or cancels, if that is all it does.
  var deferred: Int32 = -1
  var state: TimerState.State
}

/// What the world keeps of a loop, a task, or of what is shared.
struct ActorCore: Sendable, Equatable {
  enum Kind: UInt8, Sendable { case unknown, loop, task, shared }

  var kind: Kind
  /// The step that told its name, and the interval, the cooperator, or how many hold it; 0 where none did.
  var toldAt: Int32
  /// The Deferred of a loop; of what is shared, the one that was given it last.
  var deferred: Int32 = -1
  var failure: Int32 = -1
  /// Of what is shared, the step that gave it, or something of it, away last; 0 where none did.
  var givenAt: Int32 = 0
  /// Of a loop its ticks, of a task its pauses.
  var count: Int32 = 0
  /// Whether a loop runs; whether a task is done.
  var isOn: Bool
}

/// One line of the log: its record has the words.
struct LogCore: Sendable, Equatable {
  var step: Int32
  var failure: Int32 = -1
}

/// One thing that runs right now.
struct FrameCore: Sendable, Equatable {
  enum Kind: UInt8, Sendable { case timer, handler, canceller, call, generator }

  var kind: Kind
  /// The timer or the Deferred.
  var id: Int32 = -1
  /// Of a handler.
  var ref = RefCore()
  /// Where calls begin and end they are as deep.
  var depth: Int32 = 0
  /// The step that began it.
  var step: Int32 = 0

  /// Whether `other` begins what this ends.
  func ends(_ other: FrameCore) -> Bool {
    kind == other.kind && id == other.id && ref == other.ref && depth == other.depth
  }
}
