/// What the names of a scenario can stand for.
enum ObjectKind: Int, CaseIterable {
  case deferred, gather, loop, task, cooperator, lock, semaphore, queue, call

  /// With its article.
  var noun: String {
    switch self {
    case .deferred: "a Deferred"
    case .gather: "a gather"
    case .loop: "a loop"
    case .task: "a task"
    case .cooperator: "a cooperator"
    case .lock: "a lock"
    case .semaphore: "a semaphore"
    case .queue: "a queue"
    case .call: "a call"
    }
  }
}

/// What a place needs a name to stand for.
enum Role {
  /// Loops and tasks name Deferreds too.
  case deferred
  /// A Deferred that is fired by hand here, which a gather cannot be.
  case fired
  case loop, task, startable, cooperator, lock, queue, call
  /// Anything, as output names it.
  case object

  var kinds: Set<ObjectKind> {
    switch self {
    case .deferred, .fired: [.deferred, .gather, .loop, .task]
    case .loop: [.loop]
    case .task: [.task]
    case .startable: [.loop, .task, .cooperator]
    case .cooperator: [.cooperator]
    case .lock: [.lock, .semaphore]
    case .queue: [.queue]
    case .call: [.call]
    case .object: Set(ObjectKind.allCases)
    }
  }

  var noun: String {
    switch self {
    case .deferred, .fired: "a Deferred"
    case .startable: "a loop, a task or a cooperator"
    case .lock: "a lock or a semaphore"
    case .loop: "a loop"
    case .task: "a task"
    case .cooperator: "a cooperator"
    case .queue: "a queue"
    case .call: "the name of a call"
    case .object: "a name"
    }
  }
}

/// Which names a file makes, and where it uses them.
struct NameTable {
  private var makers: [String: Set<ObjectKind>] = [:]
  /// The names in the order in which they are made in the file, for suggestions that never change.
  private var inOrder: [String] = []
  private var declared: [String: (kind: ObjectKind, mark: Mark)] = [:]
  private var uses: [(name: Name, role: Role, key: String)] = []

  /// Something makes this name.
  mutating func make(_ name: String, _ kind: ObjectKind) {
    if makers[name, default: []].isEmpty { inOrder.append(name) }
    makers[name, default: []].insert(kind)
  }

  /// A name in the one name space of the top level; returns what already has it.
  mutating func declare(_ name: Name, _ kind: ObjectKind) -> (kind: ObjectKind, mark: Mark)? {
    make(name.text, kind)
    if let other = declared[name.text] { return other }
    declared[name.text] = (kind, name.mark)
    return nil
  }

  /// A name is used, which is checked when all names are known.
  mutating func use(_ name: Name, as role: Role, key: String) { uses.append((name, role, key)) }

  /// Whether something makes this name stand for what a role needs.
  func isMade(_ name: String, as role: Role) -> Bool {
    makers[name].map { !$0.isDisjoint(with: role.kinds) } ?? false
  }

  /// Reports every use of a name that nothing makes, or that stands for something else.
  /// `isEnough` ends it early.
  func check(isEnough: () -> Bool, _ report: (Mark, String, String?) -> Void) {
    for (name, role, key) in uses {
      if isEnough() { return }
      guard let kinds = makers[name.text] else {
        report(name.mark, "nothing ever makes `\(name.text)`", suggestion(for: name.text, role: role))
        continue
      }
      if kinds.isDisjoint(with: role.kinds) {
        let found = ObjectKind.allCases.filter(kinds.contains).map(\.noun).joined(separator: " and ")
        report(
          name.mark, "`\(name.text)` is \(found), and `\(key)` needs \(role.noun)",
          suggestion(for: name.text, role: role))
      } else if case .fired = role, kinds == [.gather] {
        report(
          name.mark, "`\(name.text)` is a gather, which cannot be fired by hand",
          "its members fire it; a `list` can be fired by hand")
      }
    }
  }

  /// The nearest name of the right kind, or the only names there are to choose from.
  private func suggestion(for name: String, role: Role) -> String? {
    // The first few hundred are plenty to suggest from, and keep a file of wrong names from taking minutes.
    let kinds = role.kinds
    let fitting = inOrder.prefix(500).filter { !(makers[$0] ?? []).isDisjoint(with: kinds) }
    if let near = didYouMean(name, among: fitting) { return near }
    guard !fitting.isEmpty, fitting.count <= 8 else { return nil }
    return "there is " + fitting.map { "`\($0)`" }.joined(separator: ", ")
  }
}

extension ScenarioReader {
  /// A name that is used here.
  func use(_ node: YamlNode, as role: Role, key: String) -> Name? {
    guard let name = name(node, key: key) else { return nil }
    names.use(name, as: role, key: key)
    return name
  }

  /// A name that is made here.
  func make(_ node: YamlNode?, _ kind: ObjectKind, key: String) -> String? {
    guard let node, let name = name(node, key: key) else { return nil }
    names.make(name.text, kind)
    return name.text
  }
}
