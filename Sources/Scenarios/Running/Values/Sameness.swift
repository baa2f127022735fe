internal import Deferreds

extension ScenarioRun {
  /// What a Deferred holds between two stages; nil before it fires and while it waits.
  func settledResult(of deferred: Deferred<Value>) -> Value? {
    guard deferred.isResumedBy == nil else { return nil }
    if let ungathered = deferred.ungathered { return Value(ungathered) }
    switch deferred.currentResult {
    case .none, .waiting: return nil
    case .value(let value): return value
    case .failure(let failure): return .failure(failure)
    case .moved: return Value.none
    }
  }

  /// Whether a value is what a scenario expects, which names objects as `observed` output shows them.
  func isSame(_ value: Value, _ expected: Value) -> Bool {
    switch (value, expected) {
    case (.none, .none): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.int(let left), .double(let right)), (.double(let right), .int(let left)): Double(left) == right
    case (.string(let left), .string(let right)): left == right
    case (.list(let left), .list(let right)):
      left.items.count == right.items.count
        && zip(left.items, right.items).allSatisfy { isSame($0, $1) }
    case (.map(let left), .map(let right)):
      left.entries.count == right.entries.count
        && left.entries.allSatisfy { entry in
          right.entries.contains { $0.key == entry.key && isSame(entry.value, $0.value) }
        }
    case (.failure(let failure), .map(let map)):
      isMap(map, of: ["failure": failure.typeName, "message": failure.message])
    case (.deferred(let deferred), .map(let map)): isMap(map, of: ["deferred": name(of: deferred) ?? ""])
    case (.object(let object), .map(let map)): isMap(map, of: [object.kind: object.name])
    default: false
    }
  }

  private func isMap(_ map: ValueMap, of texts: [String: String]) -> Bool {
    map.entries.count == texts.count
      && map.entries.allSatisfy { entry in
        if case .string(let text) = entry.value { texts[entry.key] == text } else { false }
      }
  }
}
