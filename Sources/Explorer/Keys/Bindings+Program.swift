import Screen

extension Bindings {
  private static let everywhere: Set<Binding.Context> = [.explorer, .gallery, .help]

  static let program: [Binding] = [
    Binding(
      ["?", .function(1)], .help, "This help; / searches it.", in: .program, contexts: everywhere),
    Binding(
      ["y"], .copy, "Copy what is selected, in full, to the clipboard.", in: .program,
      unless: Reasons.noSubject),
    Binding(
      ["r"], .reload, "Read the file again, and come back to this place where it can be found.",
      in: .program, unless: Reasons.working),
    Binding(
      ["q"], .back, "Back: leave the help, the scenario, the program.", in: .program,
      contexts: everywhere),
    Binding(["Q"], .quit, "Quit.", in: .program, contexts: everywhere),
    Binding(
      [.control("c")], .interrupt, "Stop a long run; if there is none, quit.", in: .program,
      contexts: everywhere),
    Binding([.control("l")], .redraw, "Draw the screen anew.", in: .program, contexts: everywhere),
    Binding(
      [.control("z")], .suspend, "Back to the shell for now; fg comes back here.", in: .program,
      contexts: everywhere),
  ]

  static let prompt: [Binding] = [
    typing([.enter], .accept, "Do it."),
    typing([.escape, .control("c"), .control("g")], .cancelPrompt, "Leave it."),
    typing([.tab], .complete, "Complete the word; again for the next one.", reverse: .completeBack),
    typing([.backTab], .completeBack, "The completion before.", reverse: .complete),
    typing([.up, .control("p")], .historyBack, "What was typed before this.", reverse: .historyOn),
    typing([.down, .control("n")], .historyOn, "What was typed after this.", reverse: .historyBack),
    typing([.left, .control("b")], .cursorLeft, "One character left.", reverse: .cursorRight),
    typing([.right, .control("f")], .cursorRight, "One character right.", reverse: .cursorLeft),
    typing([.home, .control("a")], .cursorStart, "To the start of the line.", reverse: .cursorEnd),
    typing([.end, .control("e")], .cursorEnd, "To the end of the line.", reverse: .cursorStart),
    typing([.backspace, .control("h")], .deleteBackward, "Delete the character before."),
    typing([.delete, .control("d")], .deleteForward, "Delete the character here."),
    typing([.control("w")], .deleteWord, "Delete the word before."),
    typing([.control("u")], .deleteToStart, "Delete all before."),
    typing([.control("k")], .deleteToEnd, "Delete all after."),
  ]

  private static func typing(
    _ keys: [Key], _ command: Command, _ help: String, reverse: Command? = nil
  ) -> Binding {
    Binding(keys, command, help, in: .prompt, contexts: [.prompt], reverse: reverse)
  }
}
