package import Deferreds

/// What goes along the chains of a scenario: anything at all, as in Python.
package enum Value {
  case none
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case list(ValueList)
  case map(ValueMap)
  /// A Deferred as an object: what a handler awaits, or `fire … with: {deferred: D}` handed over.
  case deferred(Deferred<Value>)
  /// A Failure as an object: inside a list's result, or handed over as a value.
  case failure(Failure)
  /// A loop, a task, a lock or a semaphore.
  case object(ScenarioObject)

  package static func list(_ items: [Value]) -> Value { .list(ValueList(items)) }
}

/// Something that a scenario's values can name but not look into.
package enum ScenarioObject: Equatable {
  case loop(String)
  case task(String)
  case lock(String)
  case semaphore(String)

  /// The word for its kind, which is also its key in `observed` output.
  package var kind: String {
    switch self {
    case .loop: "loop"
    case .task: "task"
    case .lock: "lock"
    case .semaphore: "semaphore"
    }
  }

  package var name: String {
    switch self {
    case .loop(let name), .task(let name), .lock(let name), .semaphore(let name): name
    }
  }
}

/// What lists and maps have in common: they hold other values, to any depth.
///
/// A scenario can nest values 50,000 deep (a list of a list of …), and to free such a value must not recurse:
/// the outermost takes the inner ones apart in a loop.
package class ValueBox {
  /// How many levels of lists and maps there are, this one included.
  package let depth: Int

  fileprivate init(around values: some Collection<Value>) {
    depth = 1 + (values.lazy.map { $0.box?.depth ?? 0 }.max() ?? 0)
  }

  /// Gives up what is inside, and returns the boxes among it.
  fileprivate func takeBoxes() -> [ValueBox] { [] }

  /// Frees what only this box holds; boxes of a few levels free themselves.
  fileprivate func freeInside() {
    guard depth > 64 else { return }
    var doomed = takeBoxes()
    while var box = doomed.popLast() {
      if isKnownUniquelyReferenced(&box) { doomed.append(contentsOf: box.takeBoxes()) }
    }
  }
}

/// The items of a list.
package final class ValueList: ValueBox {
  package private(set) var items: [Value]

  package init(_ items: [Value]) {
    self.items = items
    super.init(around: items)
  }

  deinit { freeInside() }

  fileprivate override func takeBoxes() -> [ValueBox] {
    defer { items = [] }
    return items.compactMap(\.box)
  }
}

/// The entries of a map, in file order.
package final class ValueMap: ValueBox {
  package private(set) var entries: [(key: String, value: Value)]

  package init(_ entries: [(key: String, value: Value)]) {
    self.entries = entries
    super.init(around: entries.map(\.value))
  }

  deinit { freeInside() }

  fileprivate override func takeBoxes() -> [ValueBox] {
    defer { entries = [] }
    return entries.compactMap(\.value.box)
  }
}

extension Value {
  /// The list or map that this value is.
  fileprivate var box: ValueBox? {
    switch self {
    case .list(let list): list
    case .map(let map): map
    default: nil
    }
  }
}

extension Value: DynamicValue {
  package static var empty: Value { .none }
  package static func holding(_ deferred: Deferred<Value>) -> Value { .deferred(deferred) }
  package var heldDeferred: Deferred<Value>? {
    guard case .deferred(let deferred) = self else { return nil }
    return deferred
  }
  package var heldFailure: Failure? {
    guard case .failure(let failure) = self else { return nil }
    return failure
  }
}

@available(*, unavailable) extension Value: Sendable {}
@available(*, unavailable) extension ValueBox: Sendable {}
