import Screen

extension Bindings {
  static let finding: [Binding] = [
    Binding(
      ["/"], .search, "Search; words in any order, a capital letter makes capitals count.", in: .finding,
      contexts: [.explorer, .gallery, .help]),
    Binding(
      ["f"], .filter,
      "Show only events with these words, and step through them alone; ! first shows the others.",
      in: .finding),
    Binding(
      [":"], .commandLine, "Type a command: :1.5s :#120 :50% :poem :poem.parse :help :q, Tab completes.",
      in: .finding, contexts: [.explorer, .gallery]),
    Binding(
      ["m"], .setBookmark, "Bookmark this step under the letter typed next.", in: .finding,
      reverse: .goToBookmark),
    Binding(
      ["'"], .goToBookmark, "Go to the bookmark of the letter typed next; '' goes where you jumped from.",
      in: .finding, reverse: .setBookmark, unless: Reasons.noBookmarks),
    Binding(
      [.enter], .choose, "Go to the step of what is selected; in the gallery, open it.", in: .finding,
      contexts: [.explorer, .gallery]),
    Binding(
      [.escape], .release,
      "Let go of the innermost thing: a count, a long run, playing, what is held, a filter, a search.",
      in: .finding, contexts: [.explorer, .gallery]),
  ]

  private static let lists: Set<Binding.Context> = [.explorer, .gallery, .help]

  static let panels: [Binding] =
    [
      Binding(
        ["j", .down], .rowDown, "Select the next row, or scroll.", in: .panels, contexts: lists,
        reverse: .rowUp, takesCount: true),
      Binding(
        ["k", .up], .rowUp, "Select the row before, or scroll back.", in: .panels, contexts: lists,
        reverse: .rowDown, takesCount: true),
      Binding([.pageDown], .pageDown, "One page on.", in: .panels, contexts: lists, reverse: .pageUp),
      Binding([.pageUp], .pageUp, "One page back.", in: .panels, contexts: lists, reverse: .pageDown),
      Binding(["g"], .firstRow, "To the first row.", in: .panels, contexts: lists, reverse: .lastRow),
      Binding(["G"], .lastRow, "To the last row.", in: .panels, contexts: lists, reverse: .firstRow),
      Binding(["l"], .scrollRight, "Show what is to the right.", in: .panels, reverse: .scrollLeft),
      Binding(["h"], .scrollLeft, "Show what is to the left.", in: .panels, reverse: .scrollRight),
      Binding(
        [.tab], .focusNext, "The next panel gets the focus.", in: .panels, reverse: .focusPrevious),
      Binding(
        [.backTab], .focusPrevious, "The panel before gets the focus.", in: .panels, reverse: .focusNext),
      Binding(
        ["+"], .zoom, "The focused panel gets the whole screen.", in: .panels, reverse: .unzoom,
        unless: Reasons.zoomed),
      Binding(
        ["_"], .unzoom, "All panels again.", in: .panels, reverse: .zoom, unless: Reasons.notZoomed),
    ]
    + Panel.allCases.map { panel in
      Binding(
        [.character(Character("\(panel.digit)"))], .focus(panel),
        "\(panel.title) gets the focus; digits before another key are a count: 10s.", in: .panels)
    }
}
