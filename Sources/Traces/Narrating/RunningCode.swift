/// Code that runs at a step: what began last on one thread and has not ended.
///
/// At the end of a trace that was not closed it is where its program hung, or was stopped.
public struct RunningCode: Equatable, Sendable {
  /// As it is called in sentences: `fall_back of poem`.
  public var name: String
  /// Where that code is, if the trace tells: of a generator or coroutine where it waited last, or was called.
  public var place: Place?
  /// The step (1-based number of the record) that began it.
  public var step: Int
  /// The number of its thread; 0 is the main one's.
  public var thread: Int32
}

extension Narrator {
  /// What runs at one step, a row for each thread where anything does, that of the last record first. Of what began
  /// before records were lost nobody knows whether it goes on.
  ///
  /// - Complexity: O(t log t) for t threads.
  public func running(in world: World) -> [RunningCode] {
    let others = world.otherFrames.filter { $0.key != world.thread }.sorted { $0.key < $1.key }
    let all = [(world.thread, world.frameCores)] + others.map { ($0.key, $0.value) }
    return all.compactMap { thread, frames in
      guard let frame = frames.last, frame.step > 0, !world.isUncertain(after: Int(frame.step)) else {
        return nil
      }
      let name = Telling(narrator: self, world: world).doer(world.frame(frame))
      let began = world.records.record(at: Int(frame.step)).place
      let place = began ?? (frame.kind == .generator ? lastPlace(ofGenerator: Int(frame.id), world) : nil)
      return RunningCode(name: name, place: place, step: Int(frame.step), thread: thread)
    }
  }

  private func lastPlace(ofGenerator id: DeferredID, _ world: World) -> Place? {
    guard let state = world.deferreds.at(id) else { return nil }
    let last = state.awaits(around: .max, past: 1, future: 0).last
    return last.flatMap { world.records.record(at: $0.yieldedAt).place } ?? state.madePlace
  }
}

extension Timeline {
  /// What was not over when the trace was: where a program hung, or was stopped. Nothing where it went on unrecorded.
  public var unfinished: [RunningCode] {
    Narrator().running(in: frontier).filter { source.closing(at: $0.step) != "stopped" }
  }
}

extension Narrator {
  /// What ran when a Deferred was made: `writer 4`; nil where nothing did, or the trace does not tell.
  public func maker(of id: DeferredID, in world: World) -> String? {
    world.deferreds.at(id)?.madeIn.map { Telling(narrator: self, world: world).doer($0) }
  }
}

extension World {
  /// The Deferreds whose handlers or cancellers run, on any thread.
  public var runningDeferreds: Set<DeferredID> {
    var found: Set<DeferredID> = []
    for frame in frameCores + otherFrames.filter({ $0.key != thread }).flatMap(\.value) {
      switch frame.kind {
      case .handler: found.insert(Int(frame.ref.deferred))
      case .generator: found.insert(Int(frame.id))
      case .timer, .canceller, .call: break
      }
    }
    return found
  }
}
