extension ScenarioReader {
  /// Reads the whole file; nil, or a scenario not to be used, when anything was reported.
  func scenario(_ root: YamlNode, file: String) -> Scenario? {
    guard let fields = open(root, Grammar.scenario) else { return nil }
    checkVersion(fields)
    errors(fields["errors"])
    let cooperators = cooperators(fields["cooperators"])
    let drive = drive(fields["drive"])
    var scenario = Scenario(
      file: file, lines: [], title: fields["title"].flatMap { text($0, key: "title") },
      summary: fields["summary"].flatMap { text($0, key: "summary") },
      tags: list(fields["tags"], key: "tags", of: "words", mayBeNone: true).compactMap {
        text($0, key: "tags")
      },
      errorTypes: errorTypes, locks: locks(fields["locks"]), semaphores: semaphores(fields["semaphores"]),
      queues: queues(fields["queues"]), cooperators: cooperators, deferreds: deferreds(fields["deferreds"]),
      loops: loops(fields["loops"]), tasks: tasks(fields["tasks"]), timeline: timeline(fields["timeline"]),
      drive: drive, until: fields["until"].flatMap { seconds($0, key: "until") },
      seed: fields["seed"].flatMap { integer($0, key: "seed") }, lesson: lesson(fields["lesson"]),
      expectations: expectations(fields["expect"]), counters: counters.count, warnings: [])
    checkTime(fields, drive)
    checkMembers()
    names.check(isEnough: { faults.isFull }) { mark, message, hint in fault(mark, message, hint: hint) }
    checkPaths()
    warnAboutTypes()
    guard faults.errorCount == 0 else { return nil }
    scenario.lines = source.lines
    scenario.warnings = faults.warnings
    return scenario
  }

  private func checkVersion(_ fields: Fields) {
    guard let node = fields["trapline"], let version = integer(node, key: "trapline") else { return }
    if version != 1 {
      fault(node.mark, "version \(version) of the format is not known", hint: "this program reads version 1")
    }
  }

  private func timeline(_ node: YamlNode?) -> [TimelineEntry] {
    let items = list(node, key: "timeline", of: "entries")
    return items.indices.compactMap { index in
      let item = items[index]
      guard let fields = choose(item, Grammar.timelineEntries) else { return nil }
      let at = fields["at"].map { seconds($0, key: "at") }
      let actions: [Action]
      if fields.leading == "do", let list = fields["do"] {
        actions = self.actions(list, key: "do", Scope())
      } else {
        actions = action(fields, Scope()).map { [$0] } ?? []
      }
      return TimelineEntry(index: index, at: at ?? nil, actions: actions, mark: item.mark)
    }
  }

  private func drive(_ node: YamlNode?) -> Drive {
    guard let node, node.scalarText != "each" else { return .each }
    if let text = node.scalarText {
      fault(
        node.mark, "`drive` needs `each` or a list of seconds, and this is \(describe(node))",
        hint: didYouMean(text, among: ["each"]) ?? "a list of one is written [\(text)]")
      return .each
    }
    return .pump(
      list(node, key: "drive", of: "seconds").compactMap { seconds($0, key: "drive") })
  }

  private func checkTime(_ fields: Fields, _ drive: Drive) {
    switch drive {
    case .pump:
      if fields["until"] != nil {
        fault(
          fields.mark(of: "until"), "`until` does not go together with a `drive` list",
          hint: "the list says where the clock ends")
      }
    case .each:
      for mark in advances {
        fault(mark, "`advance` acts only where `drive` is a list", hint: "as in `drive: [5, 0.5]`")
      }
    }
  }

  /// Members that were not above: later in the file, of another kind, or nowhere.
  private func checkMembers() {
    for (name, key) in members {
      if names.isMade(name.text, as: .deferred) {
        let isStartable = names.isMade(name.text, as: .startable)
        fault(
          name.mark, "`\(name.text)` is not made yet when this `\(key)` is",
          hint: isStartable
            ? "loops and tasks have a Deferred only once they are started"
            : "declare it in `deferreds` above this")
      } else {
        names.use(name, as: .deferred, key: key)
      }
    }
  }

  /// Handlers that are named from outside must exist somewhere in the file.
  private func checkPaths() {
    for path in paths {
      guard let handler = path.handler, !isDefaultName(handler), !handlerNames.contains(String(handler))
      else {
        continue
      }
      // What a path ends in may be no handler but an object, as in `all.0` or `x.loader`.
      if names.isMade(String(handler), as: .object) { continue }
      fault(
        path.mark, "no handler is called `\(handler)`",
        hint: didYouMean(String(handler), among: handlerNames.sorted())
          ?? "a handler without a name is called by its place: `D.callback 0`")
    }
  }

  /// Names that handlers and Deferreds get without being given one.
  private func isDefaultName(_ name: Substring) -> Bool {
    let base = name.prefix { $0 != "#" }
    if Int(base) != nil { return true }
    let words = base.split(separator: " ")
    if words.count == 2, Int(words[1]) != nil {
      return ["callback", "errback", "both", "on_timeout"].contains(words[0])
    }
    return [
      "later", "maybe", "run", "canceller", "await", "sleep", "get", "acquire", "when_done", "tick",
    ].contains(base)
  }

  /// An undeclared type is allowed, but one letter beside a known one it is probably that.
  private func warnAboutTypes() {
    let known = ErrorTypes.builtIn.map(\.type) + errorTypes.parents.keys.sorted()
    let isKnown = Set(known)
    for (type, mark) in usedTypes.sorted(by: { $0.value < $1.value }) where !isKnown.contains(type) {
      if faults.isFull { return }
      guard let near = nearest(to: type, among: known, within: 1) else { continue }
      faults.add(
        mark, "`\(type)` is a new type of its own, a child of Exception", hint: "did you mean `\(near)`?",
        severity: .warning)
    }
  }
}
