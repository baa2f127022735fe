extension ScenarioReader {
  func lesson(_ node: YamlNode?) -> [LessonEntry] {
    list(node, key: "lesson", of: "lesson entries").compactMap { item in
      guard let fields = choose(item, Grammar.lessonEntries) else { return nil }
      let moment = moment(fields)
      guard let content = content(fields), let moment else { return nil }
      return LessonEntry(moment: moment, content: content, mark: item.mark)
    }
  }

  private func moment(_ fields: Fields) -> LessonEntry.Moment? {
    if let node = fields["at"] { return seconds(node, key: "at").map { .at($0) } }
    if let node = fields["before"] { return handlerPath(node, key: "before").map { .before($0) } }
    if let node = fields["when"] {
      return word(node, key: "when").map { (occasion: LessonEntry.Occasion) in .when(occasion) }
    }
    fault(
      fields.mark, "a lesson entry needs a moment", hint: "`at: S`, `before: D.handler` or `when: failure`")
    return nil
  }

  private func content(_ fields: Fields) -> LessonEntry.Content? {
    switch fields.leading {
    case "say": return fields["say"].flatMap { text($0, key: "say") }.map { .say($0) }
    case "predict":
      return fields["predict"].flatMap { word($0, key: "predict") }
        .map { (prediction: LessonEntry.Prediction) in .predict(prediction) }
    default: return question(fields).map { .ask($0) }
    }
  }

  private func question(_ fields: Fields) -> LessonEntry.Question? {
    let choices = list(fields["choices"], key: "choices", of: "texts", mayBeNone: true).compactMap {
      text($0, key: "choices")
    }
    guard let ask = fields["ask"].flatMap({ text($0, key: "ask") }), let node = fields["answer"],
      let answer = integer(node, key: "answer")
    else { return nil }
    guard (1...max(1, choices.count)).contains(answer) else {
      fault(
        node.mark, "`answer` is \(answer), and there are \(choices.count) choices",
        hint: "choices count from 1")
      return nil
    }
    let because = fields["because"].flatMap { text($0, key: "because") }
    return LessonEntry.Question(text: ask, choices: choices, answer: answer, because: because)
  }

  // MARK: Expectations

  func expectations(_ node: YamlNode?) -> [Expectation] {
    list(node, key: "expect", of: "expectations").compactMap { item in
      guard let fields = open(item, Grammar.expectation), let at = fields["at"] else { return nil }
      let checks = fields.keys.flatMap { key in
        fields[key.name].map { self.checks($0, key: key.name, mark: key.mark) } ?? []
      }
      let moment: Expectation.Moment?
      if at.scalarText == "end" {
        moment = .end
      } else {
        moment = seconds(at, key: "at", or: ["end"]).map { .at($0) }
      }
      return moment.map { Expectation(moment: $0, checks: checks, mark: item.mark) }
    }
  }

  private func checks(_ node: YamlNode, key: String, mark: Mark) -> [Expectation.Check] {
    switch key {
    case "result", "failed", "waiting", "paused", "trapped", "ticks":
      return map(node, key: key, of: "names").compactMap { pair in
        check(pair, key: key).map { Expectation.Check(kind: $0, mark: pair.key.mark) }
      }
    case "pending":
      return list(node, key: key, of: "names").compactMap { item in
        objectName(item, key: key, role: .deferred)
          .map { Expectation.Check(kind: .pending($0), mark: item.mark) }
      }
    default: return list(node, key: key).map { [Expectation.Check(kind: $0, mark: mark)] } ?? []
    }
  }

  /// A check of one named thing.
  private func check(_ pair: YamlNode.Pair, key: String) -> Expectation.Check.Kind? {
    let value = pair.value
    if key == "trapped" {
      guard let type = errorType(pair.key), let path = handlerPath(value, key: key) else { return nil }
      return .trapped(type: type, by: path)
    }
    guard let name = objectName(pair.key, key: key, role: key == "ticks" ? .loop : .deferred) else {
      return nil
    }
    switch key {
    case "result": return literal(value, Scope()).map { .result(name, $0) }
    case "failed": return errorType(value).map { .failed(name, type: $0) }
    case "waiting": return objectName(value, key: key, role: .deferred).map { .waiting(name, on: $0) }
    case "paused": return integer(value, key: name).map { .paused(name, $0) }
    default: return integer(value, key: name, atLeast: 0).map { .ticks(name, $0) }
    }
  }

  /// A check that is a list as a whole.
  private func list(_ node: YamlNode, key: String) -> Expectation.Check.Kind? {
    switch key {
    case "unhandled":
      return .unhandled(
        list(node, key: key, of: "names").compactMap { objectName($0, key: key, role: .deferred) })
    case "held":
      return .held(list(node, key: key, of: "names").compactMap { objectName($0, key: key, role: .lock) })
    case "errors": return .errors(list(node, key: key, of: "error types").compactMap { errorType($0) })
    case "log":
      return .log(list(node, key: key, of: "texts", mayBeNone: true).compactMap { text($0, key: key) })
    case "timers": return .timers(list(node, key: key, of: "seconds").compactMap { seconds($0, key: key) })
    case "ran": return .ran(list(node, key: key, of: "handlers").compactMap { handlerPath($0, key: key) })
    default: return nil
    }
  }
}
