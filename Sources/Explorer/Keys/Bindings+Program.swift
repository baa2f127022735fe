import Screen

extension Bindings {
  private static let everywhere: Set<Binding.Context> = [.explorer, .gallery, .help]

  static let program: [Binding] = [
    Binding(
      ["?", .function(1)], .help, "This help; / searches it.", in: .program, contexts: everywhere,
      reverse: .undone(by: .release)),
    Binding(
      ["y"], .copy, "Copy what is selected, in full, to the clipboard.", in: .program,
      reverse: .none("What the terminal's clipboard held before is not known here."),
      unless: Reasons.noSubject),
    Binding(
      ["r"], .reload, "Read the file again, and come back to this place where it can be found.",
      in: .program, reverse: .none("The file as it was before is not kept."), unless: Reasons.working),
    Binding(
      ["q"], .back, "Back: leave the help, the scenario, the program.", in: .program,
      contexts: everywhere,
      reverse: .none("What was left is opened again by ?, by Enter in the gallery, or from the shell.")),
    Binding(
      ["Q"], .quit, "Quit.", in: .program, contexts: everywhere,
      reverse: .none("There is nothing left that a key could reach.")),
    Binding(
      [.control("c")], .interrupt, "Interrupt a long run; if there is none, quit.", in: .program,
      contexts: everywhere, reverse: .none("The key that began the run begins it again.")),
    Binding(
      [.control("l")], .redraw, "Redraw the screen.", in: .program, contexts: everywhere,
      reverse: .none("It changes nothing.")),
    Binding(
      [.control("z")], .suspend, "Suspend: back to the shell for now; fg comes back here.", in: .program,
      contexts: everywhere, reverse: .none("The shell's fg does it; keys do not reach this program then.")),
  ]

  static let prompt: [Binding] = [
    typing([.enter], .accept, "Do it.", reverse: .none("What it did has a reverse of its own.")),
    typing(
      [.escape, .control("c"), .control("g")], .cancelPrompt, "Leave it.",
      reverse: .none("The key that began it begins again; the arrow up brings what was typed before.")),
    typing([.tab], .complete, "Complete the word; again for the next one.", reverse: .pair(.completeBack)),
    typing([.backTab], .completeBack, "The completion before.", reverse: .pair(.complete)),
    typing([.up, .control("p")], .historyBack, "What was typed before this.", reverse: .pair(.historyOn)),
    typing([.down, .control("n")], .historyOn, "What was typed after this.", reverse: .pair(.historyBack)),
    typing([.left, .control("b")], .cursorLeft, "One character left.", reverse: .pair(.cursorRight)),
    typing([.right, .control("f")], .cursorRight, "One character right.", reverse: .pair(.cursorLeft)),
    typing([.home, .control("a")], .cursorStart, "To the start of the line.", reverse: .pair(.cursorEnd)),
    typing([.end, .control("e")], .cursorEnd, "To the end of the line.", reverse: .pair(.cursorStart)),
    typing([.backspace, .control("h")], .deleteBackward, "Delete the character before.", reverse: typed),
    typing([.delete, .control("d")], .deleteForward, "Delete the character here.", reverse: typed),
    typing([.control("w")], .deleteWord, "Delete the word before.", reverse: typed),
    typing([.control("u")], .deleteToStart, "Delete all before.", reverse: typed),
    typing([.control("k")], .deleteToEnd, "Delete all after.", reverse: typed),
  ]

  private static let typed = Binding.Reverse.none("What was deleted is typed again.")

  private static func typing(
    _ keys: [Key], _ command: Command, _ help: String, reverse: Binding.Reverse
  ) -> Binding {
    Binding(keys, command, help, in: .prompt, contexts: [.prompt], reverse: reverse)
  }
}
