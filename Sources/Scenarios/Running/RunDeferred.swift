internal import Deferreds

/// A Deferred of a run, under the name by which output knows it.
final class RunDeferred {
  /// Its own name: `x`, `x#2`, `poem.use_cache.await`.
  let name: String
  let deferred: Deferred<Value>
  /// The first name of the same Deferred, where this is another one for it.
  let original: RunDeferred?
  /// How many stages the scenario has added, under any of its names; what numbers default names.
  var stageCount = 0
  /// Where it stands among all in the order of creation.
  var order = 0
  /// Whether `drop` or the end has reported the Failure it held.
  var isReported = false

  init(name: String, deferred: Deferred<Value>, original: RunDeferred?) {
    self.name = name
    self.deferred = deferred
    self.original = original
  }

  /// Under which name handlers and stages count.
  var first: RunDeferred { original ?? self }
}

@available(*, unavailable) extension RunDeferred: Sendable {}

/// Numbers for objects of the same name: the second `x` is `x#2`.
struct Labels {
  private var made: [String: Int] = [:]

  /// The label of the next object called `name`.
  mutating func next(_ name: String) -> String {
    let count = made[name, default: 0] + 1
    made[name] = count
    return count == 1 ? name : "\(name)#\(count)"
  }

  /// A call that raises uses up no number.
  mutating func giveBack(_ name: String) { made[name, default: 1] -= 1 }
}
