extension Deferred {
  /// Returns a chain that fires with the first value among the members, and cancels the others.
  ///
  /// If all fail, it fails with a ``FailureGroup``. Without members it never fires. The members are left
  /// empty. Twisted: `defer.race`.
  ///
  /// - Parameters:
  ///   - members: the chains that race; one that has fired already wins at once.
  ///   - result: makes the chain's result of the winner's index and value.
  public static func race<Member>(
    _ members: [Deferred<Member>], giving result: @escaping (Int, Member) -> Value
  ) -> Deferred {
    let deferred = Deferred(origin: .race) { try $0.chain.cancelAll() }
    let chain = deferred.chain
    chain.members = Members(count: members.count)
    chain.tellGroup(.race, members: members.map(\.chain))
    let state = RaceState<Member>(count: members.count) { .of(result($0, $1)) }
    // A member that has fired already wins here and now, and cancels those that come after it too.
    for (index, member) in members.enumerated() { chain.members?.done[index] = member.chain }
    for (index, member) in members.enumerated() {
      chain.addSlot(index, on: member.chain, name: "race") { input, chain, _ in
        try state.fill(index, with: input, in: chain)
      }
      if chain.members?.pending[index] != nil { chain.members?.done[index] = nil }
    }
    return deferred
  }

  /// Returns a chain that fires with the first value among the members and its index.
  ///
  /// - Parameter members: the chains that race; one that has fired already wins at once.
  public static func race<Member>(
    _ members: [Deferred<Member>]
  ) -> Deferred where Value == (index: Int, value: Member) {
    race(members) { (index: $0, value: $1) }
  }
}

/// What one race has heard from its members so far.
private final class RaceState<Member> {
  private let result: (Int, Member) -> Outcome
  private var failures: [(index: Int, failure: Failure)] = []
  private var hasWinner = false
  private let count: Int

  init(count: Int, result: @escaping (Int, Member) -> Outcome) {
    self.count = count
    self.result = result
  }

  func fill(_ index: Int, with input: Outcome, in chain: Chain) throws -> Outcome {
    chain.tellSlot(index, input)
    switch input.admit(Member.self) {
    case .value(let value): try succeeded(value, at: index, in: chain)
    case .failure(let failure): try failed(failure, at: index, in: chain)
    }
    return .empty
  }

  private func succeeded(_ value: Member, at index: Int, in chain: Chain) throws {
    guard !hasWinner else { return }
    hasWinner = true
    chain.tellDecision(index)
    let winner = chain.members?[index]
    try chain.cancelAll(but: winner)
    try chain.fire(result(index, value))
  }

  private func failed(_ failure: Failure, at index: Int, in chain: Chain) throws {
    failures.append((index, failure))
    guard failures.count == count else { return }
    failures.sort { $0.index < $1.index }
    chain.tellDecision(nil)
    try chain.fire(.failure(Failure(FailureGroup(failures.map(\.failure)))))
  }
}

extension Chain {
  /// Cancels every member, the winner left out; what a canceller throws ends it.
  fileprivate func cancelAll(but winner: Chain? = nil) throws {
    guard let members else { return }
    for index in members.done.indices {
      guard let member = members[index], member !== winner else { continue }
      try member.cancel()
    }
  }
}
