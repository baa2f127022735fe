import Deferreds

extension ScenarioRun {
  /// A value of this run as records write it: strings in quotes, objects by name, at most `limit` bytes.
  ///
  /// - Returns: the text, and whether the limit cut it; nil for what is no value of a scenario.
  package func recordText(of value: Any, limit: Int = 500) -> (text: String, isCut: Bool)? {
    // A gathering fires with all results, and takes the values out in a stage of its own.
    guard let value = value as? Value ?? (value as? ListResult<Value>).map(Value.init) else {
      // Where a result went on to another chain, or a library's own stage gave nothing: as Twisted, none.
      return value is Moved || value is Void ? ("none", false) : nil
    }
    var writer = ValueWriter(limit: limit, nameOf: name(of:))
    writer.write(value, as: .repr)
    return (writer.output, writer.isCut)
  }
}
