import Screen

extension Bindings {
  static let finding: [Binding] = [
    Binding(
      ["/"], .search,
      "Search; words in any order, a capital letter makes capitals count, \"words in quotes\" are one. "
        + "A number is found as a whole: 8, not 18.",
      in: .finding, contexts: [.explorer, .gallery, .help], reverse: .undone(by: .release)),
    Binding(
      ["f"], .filter,
      "Filter: show only events with these words, and step through them alone; ! first inverts it. A number is whole. "
        + "thread:NAME has a part of a thread's name (thread:main, thread:\"my thread\"), process:NUMBER of a process's. "
        + "In Failures: only those of type:NAME, fate:WORD, or with these words. "
        + "In Deferreds: only those with these words in their rows.",
      in: .finding, reverse: .pair(.unfilter)),
    Binding(
      ["F"], .unfilter, "Clear the filter: all events, Failures or Deferreds are shown again.", in: .finding,
      reverse: .pair(.filter), unless: Reasons.noFilter),
    Binding(
      [":"], .commandLine, "Type a command: :1.5s :#120 :50% :poem :poem.parse :help :q, Tab completes.",
      in: .finding, contexts: [.explorer, .gallery], reverse: .undone(by: .cancelPrompt)),
    Binding(
      ["a"], .answer, "Answer what the lesson asks, with the number of a choice.", in: .finding,
      reverse: .undone(by: .cancelPrompt), unless: Reasons.nothingAsked),
    Binding(
      ["m"], .setBookmark, "Bookmark this step under the letter typed next.", in: .finding,
      reverse: .pair(.deleteBookmark)),
    Binding(
      ["M"], .deleteBookmark, "Delete the bookmark of the letter typed next.", in: .finding,
      reverse: .pair(.setBookmark), unless: Reasons.noBookmarksToDelete),
    Binding(
      ["'"], .goToBookmark, "Go to the bookmark of the letter typed next; '' goes where you jumped from.",
      in: .finding, reverse: .undone(by: .visitedBack), unless: Reasons.noBookmarks),
    Binding(
      [.enter], .choose,
      "Go to the step of what is selected: where it fired, ran or was born; in the gallery, open it.",
      in: .finding, contexts: [.explorer, .gallery], reverse: .undone(by: .visitedBack)),
    Binding(
      [.escape], .release,
      "Let go of the innermost thing: a count, a long run, playing, what is held, a filter, a search, the help.",
      in: .finding, contexts: [.explorer, .gallery, .help],
      reverse: .none("What is let go of is taken up again by the key that took it.")),
  ]

  private static let lists: Set<Binding.Context> = [.explorer, .gallery, .help]

  static let panels: [Binding] =
    [
      Binding(
        ["j", .down], .rowDown, "Select the next row, or scroll.", in: .panels, contexts: lists,
        reverse: .pair(.rowUp), takesCount: true),
      Binding(
        ["k", .up], .rowUp, "Select the row before, or scroll back.", in: .panels, contexts: lists,
        reverse: .pair(.rowDown), takesCount: true),
      Binding(
        [.pageDown], .pageDown, "One page on.", in: .panels, contexts: lists, reverse: .pair(.pageUp),
        takesCount: true),
      Binding(
        [.pageUp], .pageUp, "One page back.", in: .panels, contexts: lists, reverse: .pair(.pageDown),
        takesCount: true),
      Binding(["g"], .firstRow, "To the first row.", in: .panels, contexts: lists, reverse: .pair(.lastRow)),
      Binding(["G"], .lastRow, "To the last row.", in: .panels, contexts: lists, reverse: .pair(.firstRow)),
      Binding(
        ["l"], .scrollRight, "Show what is cut off to the right.", in: .panels, reverse: .pair(.scrollLeft),
        takesCount: true, unless: Reasons.nothingToTheRight),
      Binding(
        ["h"], .scrollLeft, "Show what is to the left again.", in: .panels, reverse: .pair(.scrollRight),
        takesCount: true, unless: Reasons.nothingToTheLeft),
      Binding(
        [.tab], .focusNext, "The next panel gets the focus.", in: .panels, reverse: .pair(.focusPrevious)),
      Binding(
        [.backTab], .focusPrevious, "The panel before gets the focus.", in: .panels,
        reverse: .pair(.focusNext)),
      Binding(
        ["v"], .nextView,
        "The next view of this panel: Failures by likeness or fate; Deferreds by who waits, or by who makes them.",
        in: .panels,
        reverse: .pair(.previousView), unless: Reasons.oneView),
      Binding(
        ["V"], .previousView, "The view of this panel before.", in: .panels, reverse: .pair(.nextView),
        unless: Reasons.oneView),
      Binding(
        ["+"], .zoom, "Zoom in: the focused panel gets the whole screen.", in: .panels,
        reverse: .pair(.unzoom),
        unless: Reasons.zoomed),
      Binding(
        ["_"], .unzoom, "Zoom out: all panels again.", in: .panels, reverse: .pair(.zoom),
        unless: Reasons.notZoomed),
    ]
    + Panel.allCases.map { panel in
      Binding(
        [.character(Character("\(panel.digit)"))], .focus(panel),
        "\(panel.title) gets the focus.", in: .panels,
        reverse: .none("The digit of the panel that had the focus gives it back."),
        unless: { panel == .narration ? Reasons.noLesson($0) : nil })
    } + [
      Binding(
        ["0"], .count, "A count for the key after it: 010s makes ten steps, 05j goes five rows on.",
        in: .panels,
        reverse: .undone(by: .release))
    ]
}
