/// The help while it is open: where it stands, and what is searched for in it.
package struct HelpOverlay: Equatable, Sendable {
  /// The first line shown.
  package var scroll = 0
  /// Only lines with these words are shown.
  package var searchText = ""
  package init() {}
}

/// One line of the help.
package enum HelpLine: Equatable, Sendable {
  case heading(String)
  /// What is pressed or typed, and what it does; `note` says why it can't act now.
  case row(keys: String, help: String, note: String?)
  case blank

  var isHeading: Bool { if case .heading = self { true } else { false } }
}

extension Model {
  /// The help, made from the table of bindings and the table of typed commands.
  package var helpLines: [HelpLine] { helpLines(matching: help?.searchText ?? "") }

  private func helpLines(matching text: String) -> [HelpLine] {
    let query = Query(text)
    var lines: [HelpLine] = []
    func add(_ heading: String, _ rows: [HelpLine]) {
      let found = rows.filter { row in
        guard let query, case .row(let keys, let help, _) = row else { return true }
        return query.matches("\(heading) \(keys) \(help)")
      }
      guard !found.isEmpty else { return }
      if !lines.isEmpty { lines.append(.blank) }
      lines.append(.heading(heading))
      lines += found
    }
    for section in Binding.Section.allCases {
      add(section.rawValue, Bindings.table.filter { $0.section == section }.map(helpRow))
    }
    add("Commands after :", TypedCommand.table.map { .row(keys: $0.usage, help: $0.help, note: nil) })
    add("Mouse", Self.mouseHelp.map { .row(keys: $0, help: $1, note: nil) })
    return lines
  }

  private func helpRow(_ binding: Binding) -> HelpLine {
    .row(
      keys: binding.keyNames, help: binding.help, note: session == nil ? nil : binding.disabledReason(self))
  }

  private static let mouseHelp = [
    ("click", "Focus a panel and select a row of it."),
    ("double click", "Go to the step of what is there, as Enter does, or open that scenario."),
    ("wheel", "Move in the panel under the mouse."),
  ]
}
