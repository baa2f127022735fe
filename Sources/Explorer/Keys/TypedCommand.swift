/// One row of the table of commands that are typed after `:`.
package struct TypedCommand: Sendable {
  /// The word that is typed; empty for places, which are recognized by their form.
  package let name: String
  /// How it is written, as help shows it.
  package let usage: String
  package let help: String
  /// The words that can follow, where there is a fixed list of them.
  package let arguments: [String]
  package let action: Action

  /// What it does.
  package enum Action: Hashable, Sendable {
    case place, command(Command), helpAbout, openFile, mouse, filter, search, speed, focus, mark, unmark, to,
      gallery,
      marks
  }

  private init(
    _ usage: String, _ action: Action, _ help: String, named name: String? = nil, arguments: [String] = []
  ) {
    self.name = name ?? String(usage.dropFirst().prefix { $0 != " " })
    self.usage = usage
    self.help = help
    self.arguments = arguments
    self.action = action
  }

  package static let table: [TypedCommand] = [
    TypedCommand(":1.5s  :250ms  :10us", .place, "Go to a virtual time.", named: ""),
    TypedCommand(":19:43:25.5", .place, "Go to a time of the day (UTC), in a recording.", named: ""),
    TypedCommand(
      ":#120  :+10  :-10", .place, "Go to a step by its number, or so many steps away.", named: ""),
    TypedCommand(":50%", .place, "Go so far through the whole run.", named: ""),
    TypedCommand(
      ":poem  :poem.parse  :fetch 12", .place,
      "Go to where a Deferred fires, or a handler is called, and hold it; an only one needs no number.",
      named: ""),
    TypedCommand(":poll  :lock 0", .place, "Go to where a loop or something shared begins.", named: ""),
    TypedCommand(
      ":parse", .place, "Go to where the next handler of that name is called, whoever has it.", named: ""),
    TypedCommand(":KeyError", .place, "Go to where the next Failure of that type is born.", named: ""),
    TypedCommand(":to NAME", .to, "The same, for a Deferred that is called like a command."),
    TypedCommand(":start", .command(.toStart), "Go to the start."),
    TypedCommand(":end", .command(.toEnd), "Go to the end."),
    TypedCommand(":search WORDS", .search, "Search forward, as / does."),
    TypedCommand(":filter WORDS", .filter, "Show only these events, as f does; without words, all."),
    TypedCommand(":mark LETTER", .mark, "Bookmark this step, as m does."),
    TypedCommand(":unmark LETTER", .unmark, "Delete a bookmark, as M does."),
    TypedCommand(":marks", .marks, "List the bookmarks."),
    TypedCommand(":speed STEPS", .speed, "Play about so many steps a second."),
    TypedCommand(
      ":focus PANEL", .focus, "Give a panel the focus.",
      arguments: Panel.allCases.map { $0.title.lowercased() }),
    TypedCommand(
      ":mouse on|off", .mouse, "Let the mouse act here, or leave it to the terminal.",
      arguments: ["on", "off"]),
    TypedCommand(":e FILE", .openFile, "Open another scenario, built in or a file."),
    TypedCommand(":reload", .command(.reload), "Read the file again, as r does."),
    TypedCommand(":gallery", .gallery, "Go to the gallery."),
    TypedCommand(":help WORDS", .helpAbout, "Help about something; without words, all of it."),
    TypedCommand(":q", .command(.back), "Back to the gallery, or quit."),
    TypedCommand(":quit", .command(.quit), "Quit."),
  ]

  /// All words that can be typed.
  package static let names: [String] = table.map(\.name).filter { !$0.isEmpty }

  /// The row of a word; a word that only one row begins with means that row.
  package static func row(for word: String) -> TypedCommand? {
    if let row = table.first(where: { $0.name == word && !word.isEmpty }) { return row }
    let rows = table.filter { !$0.name.isEmpty && $0.name.hasPrefix(word) }
    return word.count >= 2 && rows.count == 1 ? rows[0] : nil
  }
}
