#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// What chains that are being freed leave behind, one list a thread.
///
/// A stage, a canceller or a result can own the last handle on another chain, which owns the next, a
/// hundred thousand deep. The outermost `deinit` frees them one after the other; inner ones only add to its
/// list.
private final class Demolition {
  enum Remains {
    case stages(Stage)
    case chain(Chain)
    case canceller((Chain) throws -> Void)
    case result(AnyObject)
  }

  @exclusivity(unchecked) private var remains: [Remains] = []
  @exclusivity(unchecked) private var isGoingOn = false

  /// The key under which a thread keeps its demolition.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { pointer in
      let kept: UnsafeMutableRawPointer? = pointer
      if let kept { Unmanaged<Demolition>.fromOpaque(kept).release() }
    }
    return key
  }()

  static var ofThisThread: Demolition {
    if let pointer = pthread_getspecific(key) {
      return Unmanaged<Demolition>.fromOpaque(pointer).takeUnretainedValue()
    }
    let demolition = Demolition()
    pthread_setspecific(key, Unmanaged.passRetained(demolition).toOpaque())
    return demolition
  }

  func add(_ next: Remains) { remains.append(next) }

  /// Frees a result, now if nobody up the stack is at it: what most chains leave is this and no more.
  @inline(__always)
  func free(_ outcome: inout Outcome) {
    guard !isGoingOn else { return add(&outcome) }
    isGoingOn = true
    release(&outcome)
    isGoingOn = false
    if !remains.isEmpty { proceed() }
  }

  /// Never inlined: the optimiser would be free to let go of the result only after the demolition is over.
  @inline(never)
  private func release(_ outcome: inout Outcome) { outcome = .none }

  func add(_ outcome: inout Outcome) {
    switch outcome {
    case .value(let box): remains.append(.result(box))
    case .failure(let failure): remains.append(.result(failure))
    default: break
    }
    outcome = .none
  }

  /// Frees all there is, unless somebody up the stack is at it.
  func proceed() {
    guard !isGoingOn else { return }
    isGoingOn = true
    while !remains.isEmpty { freeLast() }
    isGoingOn = false
    if remains.capacity > 1024 { remains = [] }
  }

  @inline(never)
  private func freeLast() {
    if case .stages(let first)? = remains.popLast() { unlink(first) }
  }

  /// Takes a row of stages apart, so that the first does not free the second from inside its own `deinit`.
  private func unlink(_ first: Stage) {
    var row: Stage? = first
    while let stage = row {
      row = stage.next
      stage.next = nil
    }
  }
}

extension Chain {
  /// Frees what a chain leaves behind when the last handle on it goes: from `deinit` only.
  final func demolish() {
    stopWaiting()
    // The last that is added is freed first: stages, then chains, then the result.
    let demolition = Demolition.ofThisThread
    demolition.add(&outcome)
    if let canceller = canceller.take() { demolition.add(.canceller(canceller)) }
    for heir in heirs { demolition.add(.chain(heir)) }
    heirs = []
    members?.release()
    for case let member? in members?.done ?? [] { demolition.add(.chain(member)) }
    members = nil
    tail = nil
    if let first = head.take() {
      if waiters > 0 { releaseWaiters(from: first) }
      demolition.add(.stages(first))
    }
    demolition.proceed()
  }

  /// Frees the result, which may be another chain, or hold one.
  final func demolishResult() { Demolition.ofThisThread.free(&outcome) }

  /// Nobody we could resume outlives us: they must not look for us any more.
  private final func releaseWaiters(from first: Stage) {
    var next: Stage? = first
    while let stage = next {
      if let link = stage.link {
        link.inner = nil
        link.outer?.forget(link)
      }
      next = stage.next
    }
  }

  /// Hands everything to a new chain that belongs to those who wait for us, from `deinit` only.
  ///
  /// Somebody still holds a chain that waits for this one, maybe through others. A cancel there must
  /// reach our canceller, so along that row ownership turns round: who waits owns what it waits for.
  ///
  /// - Returns: false if nobody who waits is held by anyone else.
  final func bequeath() -> Bool {
    let row = rowToSurvivor()
    guard !row.isEmpty else { return false }
    let heir = makeHeir()
    heir.head = head
    heir.tail = tail
    head = nil
    tail = nil
    var next = heir.head
    while let stage = next {
      stage.link?.inner = heir
      stage.stands(on: heir)
      next = stage.next
    }
    waitInstead(heir)
    heir.heirs = heirs
    heirs = []
    adoptMembers(by: heir)
    var inner: Chain = heir
    for stage in row {
      guard let outer = stage.outer else { break }
      outer.heirs.append(inner)
      inner = outer
    }
    for stage in row { stage.owned = nil }
    return true
  }

  /// The stages that lead from us to a chain that waits and is held by somebody else; empty if none.
  private final func rowToSurvivor() -> [LinkStage] {
    var found: [(stage: LinkStage, parent: Int)] = []
    func collect(_ first: Stage?, parent: Int) {
      var next = first
      while let stage = next {
        // Around a circle of waiting a row leads back to us, and we are no survivor.
        if let link = stage.link, let outer = link.outer, outer !== self, link.isNeeded {
          found.append((link, parent))
        }
        next = stage.next
      }
    }
    collect(head, parent: -1)
    var index = 0
    while index < found.count {
      let stage = found[index].stage
      if stage.owned == nil || !isKnownUniquelyReferenced(&stage.owned) {
        var row: [LinkStage] = []
        var step = index
        while step >= 0 {
          row.append(found[step].stage)
          step = found[step].parent
        }
        return row.reversed()
      }
      if let outer = stage.outer, outer.waiters > 0 { collect(outer.head, parent: index) }
      index += 1
    }
    return []
  }

  /// Lets the stages that tell us of our members tell our heir.
  private final func adoptMembers(by heir: Chain) {
    guard let members else { return }
    for pending in members.pending {
      guard let stage = pending?.takeUnretainedValue() else { continue }
      stage.outer = heir
      if stage.owned != nil { stage.owned = heir }
    }
    self.members = nil
  }
}
