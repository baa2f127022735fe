/// What the fields of a scanned line say. Where one is missing, or is not what it should be, the other reader tells.
extension EntryScanner {
  /// The words that are kinds of events, by their bytes.
  static let kinds: [String: Entry.Kind] = [
    "made": .made, "named": .named, "stage": .stageAdded, "fired": .fired, "entered": .entered, "left": .left,
    "passed": .passedThrough, "paused": .paused, "unpaused": .unpaused, "settled": .settled,
    "collected": .collected, "unhandled": .unhandled, "waits": .waits, "took": .took, "resumed": .resumed,
    "read": .read, "born": .failureBorn, "trap": .trapAsked, "cancel": .cancelAsked,
    "cancel_passed": .cancelPassedOn, "canceller": .cancellerEntered, "canceller_left": .cancellerLeft,
    "late": .lateResultSwallowed, "called_again": .calledAgain, "call": .callEntered, "call_left": .callLeft,
    "clock": .clockAdvanced, "timer": .timerMade, "timer_began": .timerBegan, "timer_ended": .timerEnded,
    "timer_cancelled": .timerCancelled, "timer_moved": .timerMoved, "group": .groupMade, "slot": .slotFilled,
    "decided": .groupDecided, "generator": .generatorBegan, "yielded": .generatorYielded,
    "generator_resumed": .generatorResumed, "generator_ended": .generatorEnded, "note": .note,
    "dropped": .dropped, "loop": .loopStarted, "tick": .loopTicked, "loop_reset": .loopReset,
    "loop_stopped": .loopStopped, "task": .taskMade, "task_paused": .taskPaused,
    "task_resumed": .taskResumed, "task_ended": .taskEnded, "shared": .sharedChanged,
  ]

  /// The entry of the line that was scanned last, without its thread and its creation site.
  func entry(_ words: KindTable) -> Entry? {
    guard isAbsent(.trapline), isAbsent(.s), has(.e, .text), has(.t, .number),
      let kind = words.kind(bytes(.e))
    else { return nil }
    var entry = Entry(kind)
    entry.time = number(.t)
    guard isAbsent(.depth) || has(.depth, .number), isAbsentOrText(.file) else { return nil }
    entry.depth = Int32(clamping: max(0, numberIfAny(.depth) ?? 0))
    guard isAbsent(.line) || has(.line, .number), isAbsentOrText(.th) else { return nil }
    return fill(&entry) ? finished(entry) : nil
  }

  private func finished(_ entry: Entry) -> Entry {
    var entry = entry
    if has(.line, .number) { entry.flags.insert(.hasPlace) }
    return entry
  }

  private func fill(_ entry: inout Entry) -> Bool {
    switch entry.kind {
    case .fired, .settled, .lateResultSwallowed, .generatorResumed: take(.d, &entry) && outcome(&entry)
    case .entered: take(.d, &entry) && index(&entry) && side(&entry) && outcome(&entry)
    case .left: take(.d, &entry) && index(&entry) && side(&entry) && end(&entry)
    case .passedThrough: take(.d, &entry) && index(&entry) && side(&entry)
    case .made: take(.d, &entry) && made(&entry)
    case .stageAdded: take(.d, &entry) && index(&entry) && stage(&entry)
    case .collected, .cancelAsked, .cancellerEntered, .calledAgain: take(.d, &entry)
    case .read: take(.d, &entry) && outcome(&entry) && flag(.empties, .leavesEmpty, &entry)
    case .waits: take(.d, &entry) && other(.on, &entry) && index(&entry)
    case .took: take(.d, &entry) && other(.from, &entry) && outcome(&entry)
    case .resumed: take(.d, &entry) && other(.from, &entry) && index(&entry) && outcome(&entry)
    case .slotFilled: take(.d, &entry) && index(&entry) && outcome(&entry)
    case .generatorYielded: take(.d, &entry) && otherIfAny(.on, &entry)
    case .generatorBegan: take(.d, &entry) && isText(.name)
    case .generatorEnded: take(.d, &entry) && end(&entry)
    case .failureBorn: take(.f, &entry) && otherIfAny(.from, &entry) && born()
    case .trapAsked: take(.f, &entry) && trap(&entry)
    default: fillRest(&entry)
    }
  }

  private func fillRest(_ entry: inout Entry) -> Bool {
    switch entry.kind {
    case .timerMade:
      take(.timer, &entry) && count(.due, &entry) && otherIfAny(.d, &entry) && nameIfAny(&entry)
    case .timerBegan, .timerCancelled: take(.timer, &entry)
    case .timerEnded: take(.timer, &entry) && otherIfAny(.raised, &entry)
    case .timerMoved: take(.timer, &entry) && count(.due, &entry)
    case .clockAdvanced: true
    case .named: take(.d, &entry) && isText(.name)
    case .paused, .unpaused: take(.d, &entry) && count(.count, &entry)
    case .unhandled: take(.d, &entry) && other(.f, &entry)
    case .cancelPassedOn: take(.d, &entry) && other(.to, &entry)
    case .cancellerLeft: take(.d, &entry) && otherIfAny(.raised, &entry)
    case .groupMade: take(.d, &entry) && isText(.kind) && has(.members, .numbers)
    case .groupDecided:
      take(.d, &entry) && (isAbsent(.i) || index(&entry))
    case .callEntered: isText(.kind) && isText(.name) && (!hasOutcome || outcome(&entry))
    case .callLeft: isText(.kind) && isText(.name) && end(&entry)
    // Rare, or full of texts: the other reader makes the entry.
    default: false
    }
  }

  // MARK: Fields

  @inline(__always)
  func has(_ key: TraceKey, _ what: Class) -> Bool { classes[key.rawValue] == what }
  @inline(__always)
  func isAbsent(_ key: TraceKey) -> Bool { classes[key.rawValue] == .absent }
  @inline(__always)
  func isText(_ key: TraceKey) -> Bool { has(key, .text) || has(key, .number) }
  @inline(__always)
  private func isAbsentOrText(_ key: TraceKey) -> Bool { isAbsent(key) || isText(key) }
  @inline(__always)
  func number(_ key: TraceKey) -> Int64 { numbers[key.rawValue] }
  @inline(__always)
  private func numberIfAny(_ key: TraceKey) -> Int64? { has(key, .number) ? number(key) : nil }

  @inline(__always)
  private func take(_ key: TraceKey, _ entry: inout Entry) -> Bool {
    guard has(key, .number) else { return false }
    entry.id = Int32(clamping: number(key))
    return true
  }

  @inline(__always)
  private func other(_ key: TraceKey, _ entry: inout Entry) -> Bool {
    guard has(key, .number) else { return false }
    entry.other = Int32(clamping: number(key))
    return true
  }

  private func otherIfAny(_ key: TraceKey, _ entry: inout Entry) -> Bool {
    isAbsent(key) || other(key, &entry)
  }

  @inline(__always)
  private func index(_ entry: inout Entry) -> Bool {
    guard has(.i, .number) else { return false }
    entry.index = Int32(clamping: number(.i))
    return true
  }

  private func count(_ key: TraceKey, _ entry: inout Entry) -> Bool {
    guard has(key, .number) else { return false }
    entry.number = number(key)
    return true
  }

  private func flag(_ key: TraceKey, _ flag: Entry.Flags, _ entry: inout Entry) -> Bool {
    if has(key, .yes) { entry.flags.insert(flag) }
    return isAbsent(key) || has(key, .yes) || has(key, .no)
  }

  private func nameIfAny(_ entry: inout Entry) -> Bool {
    if isText(.name) { entry.flags.insert(.hasName) }
    return isAbsentOrText(.name)
  }

  // MARK: Parts of records

  private var hasOutcome: Bool { !isAbsent(.v) || !isAbsent(.vf) || !isAbsent(.vd) }

  @inline(__always)
  private func side(_ entry: inout Entry) -> Bool {
    guard has(.side, .text) else { return false }
    if isWord(.side, "errback") {
      entry.flags.insert(.isErrback)
      return true
    }
    return isWord(.side, "callback")
  }

  private func isWord(_ key: TraceKey, _ word: StaticString) -> Bool {
    let bytes = bytes(key)
    guard bytes.count == word.utf8CodeUnitCount, let start = bytes.baseAddress else { return false }
    for place in 0..<bytes.count where start[place] != word.utf8Start[place] { return false }
    return true
  }

  @inline(__always)
  private func outcome(_ entry: inout Entry) -> Bool {
    if has(.vf, .number) {
      (entry.what, entry.whatID) = (.failure, Int32(clamping: number(.vf)))
      return true
    }
    guard isAbsent(.vf) else { return false }
    if has(.vd, .number) {
      (entry.what, entry.whatID) = (.deferred, Int32(clamping: number(.vd)))
      return true
    }
    return isAbsent(.vd) && value(&entry)
  }

  /// A value that is written in place; one that is given by number may be None, which only its text tells.
  private func value(_ entry: inout Entry) -> Bool {
    guard has(.v, .text), isAbsent(.cut) || has(.cut, .yes) || has(.cut, .no) else { return false }
    let bytes = bytes(.v)
    // With escapes up to 24 characters could spell none.
    if bytes.count <= 24, bytes.contains(0x5c) { return false }
    entry.what = isWord(.v, "none") && !has(.cut, .yes) ? .none : .value
    return true
  }

  private func end(_ entry: inout Entry) -> Bool {
    guard has(.end, .text) else { return false }
    if isWord(.end, "raised") {
      guard has(.vf, .number) else { return false }
      entry.flags.insert(.isRaised)
    } else if !isWord(.end, "returned") {
      return false
    }
    return outcome(&entry)
  }

  private func made(_ entry: inout Entry) -> Bool {
    isAbsentOrText(.origin) && nameIfAny(&entry) && flag(.canceller, .hasCanceller, &entry)
  }

  private func stage(_ entry: inout Entry) -> Bool {
    guard isAbsentOrText(.callback), isAbsentOrText(.errback) else { return false }
    if !isAbsent(.timeout) {
      entry.stage = .timeout
      return has(.timeout, .number)
    }
    if !isAbsent(.chain_to) {
      entry.stage = .chainTo
      return other(.chain_to, &entry)
    }
    if !isAbsent(.slot_of) {
      entry.stage = .slot
      return has(.slot, .number) && other(.slot_of, &entry)
    }
    if !isAbsent(.resumes) {
      entry.stage = .resumes
      return other(.resumes, &entry)
    }
    // What the library does decides what comes of it; only its text tells.
    return isAbsent(.library)
  }

  /// The highest number that `members` holds; -1 for none.
  var highestMember: Int64 {
    guard has(.members, .numbers) else { return -1 }
    var (member, highest): (Int64, Int64) = (0, -1)
    for byte in bytes(.members) where byte != 0x2d {
      member = byte == 0x2c ? 0 : member &* 10 &+ Int64(byte &- 0x30)
      highest = max(highest, member)
    }
    return highest
  }

  private func born() -> Bool {
    isText(.type) && isAbsentOrText(.message)
      && (isAbsent(.parents) || has(.parents, .texts) || has(.parents, .numbers))
  }

  private func trap(_ entry: inout Entry) -> Bool {
    guard has(.types, .texts) || has(.types, .numbers), isAbsentOrText(.matched) else { return false }
    if isText(.matched) { entry.flags.insert(.isMatched) }
    return true
  }
}

/// Finds the kind of event that some bytes spell.
struct KindTable {
  private let spellings: SpellingTable
  private let kinds: [Entry.Kind]

  init() {
    let all = EntryScanner.kinds.sorted { $0.key < $1.key }
    spellings = SpellingTable(all.map(\.key))
    kinds = all.map(\.value)
  }

  func deallocate() { spellings.deallocate() }

  /// Eight bytes from the beginning on must be there, however few they are.
  func kind(_ bytes: UnsafeBufferPointer<UInt8>) -> Entry.Kind? {
    guard let start = bytes.baseAddress else { return nil }
    let number = spellings.find(start, length: bytes.count)
    return number < 0 ? nil : kinds[number]
  }
}
