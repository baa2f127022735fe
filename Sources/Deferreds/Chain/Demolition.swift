#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// What chains that are being freed leave behind, one list a thread.
///
/// A stage can own the last handle on another chain, whose stages own the next, a hundred thousand deep.
/// The outermost `deinit` frees them one after the other; inner ones only add to its list.
private final class Demolition {
  private var stages: [Stage] = []
  private var chains: [Chain] = []

  /// The key under which a thread finds the demolition that goes on in it.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  /// Takes what its caller has, so that nobody up the stack keeps any of it alive.
  static func demolish(_ stage: inout Stage?, _ heirs: inout [Chain]) {
    if let pointer = pthread_getspecific(key) {
      let current = Unmanaged<Demolition>.fromOpaque(pointer).takeUnretainedValue()
      if let stage = stage.take() { current.stages.append(stage) }
      current.chains += heirs
      heirs = []
      return
    }
    let demolition = Demolition()
    pthread_setspecific(key, Unmanaged.passUnretained(demolition).toOpaque())
    swap(&demolition.chains, &heirs)
    demolition.free(&stage)
    demolition.drain()
    pthread_setspecific(key, nil)
  }

  private func drain() {
    while !stages.isEmpty || !chains.isEmpty {
      var stage = stages.popLast()
      free(&stage)
      _ = chains.popLast()
    }
  }

  private func free(_ row: inout Stage?) {
    while let stage = row {
      row = stage.next
      stage.next = nil
    }
  }
}

extension Chain {
  /// Frees what a chain leaves behind when the last handle on it goes: from `deinit` only.
  final func demolish() {
    if let stage = waitStage {
      // Whoever we wait for lives on, and must not resume us any more.
      stage.outer = nil
      waitStage = nil
    }
    var first = head.take()
    tail = nil
    if waiters > 0 { releaseWaiters(from: first) }
    members?.release()
    var owned = heirs
    for case let member? in members?.done ?? [] { owned.append(member) }
    members = nil
    heirs = []
    Demolition.demolish(&first, &owned)
  }

  /// Nobody we could resume outlives us: they must not look for us any more.
  private final func releaseWaiters(from first: Stage?) {
    var next = first
    while let stage = next {
      if let link = stage.link {
        link.inner = nil
        if let outer = link.outer, outer.waitStage === link { outer.waitStage = nil }
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
    if let stage = waitStage {
      stage.outer = heir
      if stage.owned != nil { stage.owned = heir }
      heir.waitStage = stage
      waitStage = nil
    }
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
