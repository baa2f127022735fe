extension World {
  mutating func applyCancel(_ entry: Entry) {
    guard knows(deferred: entry.id) else { return }
    switch entry.kind {
    case .cancelAsked: deferredCores[Int(entry.id)].flags.insert(.isCancelAsked)
    case .cancelPassedOn: _ = knows(deferred: entry.other)
    case .cancellerEntered: push(FrameCore(kind: .canceller, id: entry.id))
    case .cancellerLeft: pop(FrameCore(kind: .canceller, id: entry.id))
    case .lateResultSwallowed:
      if let failure = failure(of: entry) { setFate(failure, .consumed, peer: entry.id) }
    default: break
    }
  }

  mutating func applyCall(_ entry: Entry) {
    switch entry.kind {
    case .callEntered:
      push(FrameCore(kind: .call, depth: entry.depth))
      _ = failure(of: entry)
    case .callLeft:
      pop(FrameCore(kind: .call, depth: entry.depth))
      if entry.flags.contains(.isRaised) { _ = failure(of: entry) }
    case .note:
      if entry.flags.contains(.isSay) { narratedAt = here }
      let isKnown = entry.other >= 0 && knows(failure: entry.other)
      if isKnown, entry.flags.contains(.isError) { setFate(entry.other, .logged) }
      logCores.append(LogCore(step: here, failure: isKnown ? entry.other : -1))
    default:
      lost()
      logCores.append(LogCore(step: here))
    }
  }

  /// Records are missing here.
  private mutating func lost() {
    guard case .dropped(let count) = records.record(at: step).event, count > 0 else { return }
    droppedAt = here
    lossSteps[records.recordingNumber(at: step)] = here
    dropped = dropped.adding(lost: count)
  }
}

extension Int {
  /// So many lost records more, as far as there are numbers; a trace may tell of fewer than none.
  package func adding(lost count: Int) -> Int {
    let (sum, isTooLarge) = addingReportingOverflow(Swift.max(0, count))
    return isTooLarge ? .max : sum
  }
}
