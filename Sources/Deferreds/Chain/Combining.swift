/// What a list of Deferreds fires with.
public enum ListResult<Member> {
  /// Every member's result, in the order of the members.
  case all([Result<Member, Failure>])
  /// The first value, and which member gave it (`fireOnOneCallback`).
  case first(Member, index: Int)
}

/// When a list of Deferreds fires, and what becomes of its members' Failures.
public struct ListOptions: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Fire with the first value.
  public static let fireOnOneCallback = ListOptions(rawValue: 1)
  /// Fire with a ``FirstError`` at the first Failure.
  public static let fireOnOneErrback = ListOptions(rawValue: 2)
  /// Leave members that fail empty, so that nobody else has to handle their Failures.
  public static let consumeErrors = ListOptions(rawValue: 4)
}

extension Deferred {
  /// Returns a chain that fires when all members have, each with a value or a Failure.
  ///
  /// Cancelling it cancels every member. Without members it fires at once, but never with
  /// `fireOnOneCallback`. Twisted: `defer.DeferredList`.
  ///
  /// - Parameters:
  ///   - members: the chains whose results it needs; each goes on with none where its result was.
  ///   - options: when it fires, and whether the members' Failures count as handled.
  ///   - result: makes the chain's result of the members'.
  public static func list<Member>(
    _ members: [Deferred<Member>], _ options: ListOptions = [],
    giving result: @escaping (ListResult<Member>) -> Value
  ) -> Deferred {
    ListState(count: members.count, options) { .of(result($0)) }.deferred(of: members, kind: .list)
  }

  /// Returns a chain that fires with the members' results when all have fired.
  ///
  /// - Parameters:
  ///   - members: the chains whose results it needs.
  ///   - consumeErrors: whether the members' Failures count as handled once they are in the list.
  public static func list<Member>(
    _ members: [Deferred<Member>], consumeErrors: Bool = false
  ) -> Deferred where Value == [Result<Member, Failure>] {
    list(members, consumeErrors ? .consumeErrors : []) {
      if case .all(let results) = $0 { results } else { [] }
    }
  }

  /// Returns a chain that fires with the members' values, or with a ``FirstError``.
  ///
  /// The other members go on when one fails. Twisted: `defer.gatherResults`.
  ///
  /// - Parameters:
  ///   - members: the chains whose values it needs.
  ///   - consumeErrors: whether the members' Failures count as handled.
  ///   - result: makes the chain's result of the members' values.
  public static func gatherResults<Member>(
    _ members: [Deferred<Member>], consumeErrors: Bool = false,
    giving result: @escaping ([Member]) -> Value
  ) -> Deferred {
    var options: ListOptions = .fireOnOneErrback
    if consumeErrors { options.insert(.consumeErrors) }
    let group: Deferred = ListState(count: members.count, options) { .of($0) }
      .deferred(of: members, kind: .gather)
    group.chain.append(
      LibraryStage(.library("gatherResults"), "gatherResults", on: [.callback]) { input in
        guard case .all(let results)? = input.any as? ListResult<Member> else { return input }
        return .of(result(try results.map { try $0.get() }))
      })
    return group
  }

  /// Returns a chain that fires with the members' values, or with a ``FirstError``.
  ///
  /// - Parameters:
  ///   - members: the chains whose values it needs.
  ///   - consumeErrors: whether the members' Failures count as handled.
  public static func gatherResults<Member>(
    _ members: [Deferred<Member>], consumeErrors: Bool = false
  ) -> Deferred where Value == [Member] {
    gatherResults(members, consumeErrors: consumeErrors) { $0 }
  }
}

/// What one list has heard from its members so far.
final class ListState<Member> {
  private let options: ListOptions
  private let result: (ListResult<Member>) -> Outcome
  private var slots: [Result<Member, Failure>?]
  private var filled = 0

  init(count: Int, _ options: ListOptions, result: @escaping (ListResult<Member>) -> Outcome) {
    self.options = options
    self.result = result
    slots = Array(repeating: nil, count: count)
  }

  func deferred<Value>(of members: [Deferred<Member>], kind: GroupKind) -> Deferred<Value> {
    let deferred = Deferred<Value>(origin: kind == .gather ? .gather : .list)
    let chain = deferred.chain
    chain.members = Members(count: members.count)
    chain.cancelsMembers = true
    chain.canceller = { try $0.cancelMembers() }
    chain.tellGroup(kind, members: members.map(\.chain))
    if members.isEmpty, !options.contains(.fireOnOneCallback) {
      chain.tellDecision(nil)
      try? chain.fire(result(.all([])))
    }
    for (index, member) in members.enumerated() {
      chain.addSlot(index, on: member.chain, name: kind.rawValue) { input, chain, _ in
        try self.fill(index, with: input, in: chain)
      }
    }
    return deferred
  }

  /// Twisted: `DeferredList._cbDeferred`.
  private func fill(_ index: Int, with input: Outcome, in chain: Chain) throws -> Outcome {
    let admitted = input.admit(Member.self)
    let slot: Result<Member, Failure> =
      switch admitted {
      case .value(let value): .success(value)
      case .failure(let failure): .failure(failure)
      }
    slots[index] = slot
    filled += 1
    chain.tellSlot(index, input)
    if !chain.isCalled { try decide(after: slot, at: index, in: chain) }
    if case .failure = slot, options.contains(.consumeErrors) { return .empty }
    return input
  }

  private func decide(after slot: Result<Member, Failure>, at index: Int, in chain: Chain) throws {
    switch slot {
    case .success(let value) where options.contains(.fireOnOneCallback):
      chain.tellDecision(index)
      try chain.fire(result(.first(value, index: index)))
    case .failure(let failure) where options.contains(.fireOnOneErrback):
      chain.tellDecision(index)
      try chain.fire(.failure(Failure(FirstError(failure, index: index))))
    default:
      guard filled == slots.count else { return }
      chain.tellDecision(nil)
      try chain.fire(result(.all(slots.compactMap { $0 })))
    }
  }
}

extension Chain {
  /// Cancels every member; what a canceller throws is told, and the rest go on.
  ///
  /// A cancel that comes back to this list would do so for ever, and is thrown on.
  ///
  /// Twisted: `DeferredList.cancel`.
  func cancelMembers() throws {
    guard let members else { return }
    for index in members.done.indices {
      guard let member = members[index] else { continue }
      do { try member.cancel() } catch let error as CircularCancelError {
        throw error
      } catch {
        tellCancellerError(Failure.of(error))
      }
    }
  }

  /// Tells of what a canceller threw where nobody is there to whom it could be thrown on.
  func tellCancellerError(_ failure: Failure) {
    if let tag { tag.observe(.note(.error, who: displayName, text: failure.description, failure)) }
    if tag?.observation.isWitness ?? true { UnhandledFailures.report(failure, as: .canceller) }
  }

  /// Puts a stage on a member that brings its result to this chain.
  func addSlot(
    _ index: Int, on member: Chain, name: String, _ body: @escaping SlotStage.Body
  ) {
    let kind = StageDescription.Kind.slot(group: tag?.id ?? -1, index: index)
    member.append(SlotStage(kind, name, outer: self, inner: member, slot: index, body))
  }

  func tellGroup(_ kind: GroupKind, members: [Chain]) {
    if let tag { tag.observe(.groupMade(tag.id, kind, members: members.map { tag.id(of: $0) })) }
  }

  func tellSlot(_ index: Int, _ input: Outcome) {
    if let tag { tag.observe(.slotFilled(tag.id, index: index, tag.carried(input, in: self))) }
  }

  func tellDecision(_ index: Int?) {
    if let tag { tag.observe(.groupDecided(tag.id, index: index)) }
  }
}
