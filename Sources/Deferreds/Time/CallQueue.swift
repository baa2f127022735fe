/// The calls of one scheduler, in the order in which Twisted's `Clock` would run them.
///
/// `Clock` keeps a list and sorts it, stably, at each callLater, at the start of an advance and after
/// each call. Between two sorts a call that was moved keeps its place. So when the list is put in
/// order, a call moved to a later time comes before those that were due then already (it stood in front
/// of them), one moved to an earlier time comes behind them, and a new one comes last of all. A
/// heap does the same by rank: numbers that grow at the back, and shrink at the front. Entries of calls
/// that were moved or cancelled stay until they come up, or until they are too many.
public final class CallQueue {
  @exclusivity(unchecked) private var heap = CallHeap()
  @exclusivity(unchecked) private var moves: [DelayedCall] = []
  @exclusivity(unchecked) private var back: Int64 = 0
  @exclusivity(unchecked) private var front: Int64 = 0
  @exclusivity(unchecked) private var stale = 0
  private var isClosed = false
  /// The time that a moved call counts from, in microseconds.
  @exclusivity(unchecked) public var now: Int64 = 0
  /// Reads the time that a moved call counts from, where it moves by itself; without it, that is ``now``.
  public var readTime: (() -> Int64)?
  /// Is told that a call may be due earlier than before.
  public var onMove: (() -> Void)?

  public init() {}

  /// The time that a moved call counts from.
  var time: Int64 { readTime?() ?? now }

  deinit { close() }

  /// Drops the calls that are still to come, and each that is added from now on: nobody will make them.
  public func close() {
    isClosed = true
    let calls = heap.entries.map { $0.call.takeUnretainedValue() }
    heap.removeAll()
    moves = []
    stale = 0
    // A call that nobody will make must not keep alive what it would have called.
    for call in calls {
      call.queue = nil
      call.body = nil
    }
  }

  /// How many calls are still to come.
  public var count: Int { heap.count - stale }

  /// Adds a call that is due at `due`, in microseconds, and puts the queue in order. O(log n).
  public func add(
    due: Int64, named name: String?, at place: Place = Place(), _ body: @escaping () throws -> Void
  ) -> DelayedCall {
    let call = DelayedCall(due: due, name: name, body: body)
    if !moves.isEmpty { settle() }
    if isClosed { call.body = nil } else { enter(call) }
    if let observation = Observation.current { call.watch(by: observation, from: place) }
    return call
  }

  private func enter(_ call: DelayedCall) {
    call.queue = self
    back += 1
    place(call, rank: back)
  }

  /// Puts calls that were moved where they belong now. O(m log n) for m moved ones.
  public func settle() {
    guard !moves.isEmpty else { return }
    let moved = moves.filter { $0.isActive }
      .sorted { ($0.settledDue, $0.rank) < ($1.settledDue, $1.rank) }
    moves.removeAll(keepingCapacity: true)
    for call in moved { call.isMoved = false }
    for call in moved.reversed() where call.dueMicroseconds > call.settledDue {
      front -= 1
      stale += 1
      place(call, rank: front)
    }
    for call in moved where call.dueMicroseconds < call.settledDue {
      back += 1
      stale += 1
      place(call, rank: back)
    }
    sweepIfWorthwhile()
  }

  private func place(_ call: DelayedCall, rank: Int64) {
    call.rank = rank
    call.settledDue = call.dueMicroseconds
    heap.push(due: call.settledDue, rank: rank, call: call)
  }

  /// When the next call is due, in microseconds; nil when there is none. O(1) unless calls were moved.
  public var nextDue: Int64? {
    if moves.isEmpty {
      dropStale()
      return heap.first?.due
    }
    var least: Int64?
    for entry in heap.entries where entry.isLive {
      let due = entry.call._withUnsafeGuaranteedRef { $0.dueMicroseconds }
      least = min(least ?? due, due)
    }
    return least
  }

  /// Takes out the next call that is due by `limit`, in microseconds, and runs it. O(log n).
  ///
  /// For schedulers on an event loop of their own; what is moved meanwhile, ``settle()`` puts in order.
  ///
  /// - Parameter onError: is given what the call throws.
  /// - Returns: false if none is due.
  public func runNext(by limit: Int64, onError: (any Error, DelayedCall) -> Void) -> Bool {
    guard let call = popDue(by: limit) else { return false }
    do { try call.call() } catch { onError(error, call) }
    return true
  }

  /// Takes out the next call, if it is due by now; the queue must be in order. O(log n).
  func popDue(by time: Int64) -> DelayedCall? {
    dropStale()
    guard let first = heap.first, first.due <= time, let call = heap.pop() else { return nil }
    call.state = .called
    return call
  }

  /// The calls still to come, in the order of Twisted's list: as they were when it was last sorted.
  public var calls: [DelayedCall] {
    heap.entries.filter(\.isLive).sorted(by: <).map { $0.call.takeUnretainedValue() }
  }

  func moved(_ call: DelayedCall) {
    if !call.isMoved {
      call.isMoved = true
      moves.append(call)
    }
    onMove?()
  }

  func dropped(_ call: DelayedCall) {
    stale += 1
    sweepIfWorthwhile()
  }

  private func dropStale() {
    while let first = heap.first, !first.isLive {
      _ = heap.pop()
      stale -= 1
    }
  }

  /// Half of the entries are dead at most, so that a sweep costs each of them O(1).
  private func sweepIfWorthwhile() {
    guard stale > 64, stale > heap.count / 2 else { return }
    heap.sweep()
    stale = 0
  }
}

/// A queue is the core of the clock that makes its calls: it takes calls, and holds no clock.
extension CallQueue: Scheduler {
  public var nowMicroseconds: Int64 { time }

  @discardableResult
  public func callLater(
    after delay: Duration, named name: String?, at place: Place, _ body: @escaping () throws -> Void
  ) -> DelayedCall {
    add(due: clampedSum(time, delay.microseconds), named: name, at: place, body)
  }
}

@available(*, unavailable) extension CallQueue: Sendable {}
