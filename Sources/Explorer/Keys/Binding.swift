package import Screen

/// One row of the table of bindings: what keys do, and everything that is ever said about them.
///
/// Help, the hints at the bottom of the screen and the messages about keys that can't act now all come from here.
package struct Binding: Sendable {
  /// Who must have the keys for it to act.
  package enum Context: Hashable, Sendable, CaseIterable { case explorer, gallery, help, prompt }

  /// What takes one back to where one was before the key.
  package enum Reverse: Equatable, Sendable {
    /// The other one of a pair: each undoes the other.
    case pair(Command)
    /// A command that undoes many others, this one among them.
    case undone(by: Command)
    /// Nothing does; a sentence says why.
    case none(String)

    /// What undoes it, where something does.
    package var command: Command? {
      switch self {
      case .pair(let command), .undone(by: let command): command
      case .none: nil
      }
    }
  }

  /// Where help lists it.
  package enum Section: String, Sendable, CaseIterable {
    case stepping = "Stepping (lower case goes forward, upper case goes back)"
    case playing = "Playing"
    case finding = "Finding and marking"
    case panels = "Panels"
    case program = "Program"
    case prompt = "While typing"
  }

  package let keys: [Key]
  package let command: Command
  /// One sentence.
  package let help: String
  package let section: Section
  package let contexts: Set<Context>
  /// What undoes it or goes the other way, or why nothing does.
  package let reverse: Reverse
  /// Whether a count before it repeats it: `010s`.
  package let takesCount: Bool
  /// Why it can't act now, as a sentence; nil when it can.
  package let disabledReason: @Sendable (Model) -> String?

  init(
    _ keys: [Key], _ command: Command, _ help: String, in section: Section,
    contexts: Set<Context> = [.explorer], reverse: Reverse, takesCount: Bool = false,
    unless disabledReason: @escaping @Sendable (Model) -> String? = { _ in nil }
  ) {
    self.keys = keys
    self.command = command
    self.help = help
    self.section = section
    self.contexts = contexts
    self.reverse = reverse
    self.takesCount = takesCount
    self.disabledReason = disabledReason
  }

  /// The keys as help writes them: `s, Right, F11`.
  package var keyNames: String { keys.map(\.description).joined(separator: ", ") }
}

/// The one table of bindings, and ways to look things up in it.
package enum Bindings {
  package static let table: [Binding] = stepping + playing + finding + panels + program + prompt

  /// What a key does in a context.
  package static func binding(for key: Key, in context: Binding.Context) -> Binding? {
    byKey[Place(key: key, context: context)].map { table[$0] }
  }

  /// The row of a command.
  package static func binding(of command: Command) -> Binding? { byCommand[command].map { table[$0] } }

  /// The first key of a command, as messages name it; empty where it has none.
  package static func keyName(of command: Command) -> String {
    binding(of: command)?.keys.first?.description ?? ""
  }

  private struct Place: Hashable {
    let key: Key
    let context: Binding.Context
  }
  private static let byKey: [Place: Int] = {
    var places: [Place: Int] = [:]
    for (index, binding) in table.enumerated() {
      for key in binding.keys {
        for context in binding.contexts { places[Place(key: key, context: context)] = index }
      }
    }
    return places
  }()
  private static let byCommand = Dictionary(
    table.enumerated().map { ($1.command, $0) }, uniquingKeysWith: { first, _ in first })
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  package init(extendedGraphemeClusterLiteral character: Character) { self = .character(character) }
}
