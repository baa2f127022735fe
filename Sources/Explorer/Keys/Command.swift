/// What a key, a click or a typed command asks the explorer to do.
package enum Command: Hashable, Sendable {
  // Stepping: each has its reverse.
  case step, stepBack
  case over, overBack
  case out, outBack
  case nextMoment, previousMoment
  case nextFailure, previousFailure
  case toEnd, toStart
  case visitedBack, visitedOn
  case whence, whither
  case nextMatch, previousMatch
  case nextListed, previousListed

  // Playing.
  case play, playBack, faster, slower

  // Looking for things, and marking them.
  case search, filter, unfilter, commandLine, answer
  case setBookmark, deleteBookmark, goToBookmark

  // Moving in panels, lists and texts.
  case rowDown, rowUp, pageDown, pageUp, firstRow, lastRow, scrollRight, scrollLeft, choose
  case focusNext, focusPrevious, focus(Panel)
  /// The digits that follow say how often the next key acts.
  case count
  case zoom, unzoom
  case nextView, previousView

  // The program.
  case copy, reload, redraw, suspend, help, release, back, quit, interrupt

  // The line that is typed in a prompt.
  case accept, cancelPrompt, complete, completeBack, historyBack, historyOn
  case cursorLeft, cursorRight, cursorStart, cursorEnd
  case deleteBackward, deleteForward, deleteWord, deleteToStart, deleteToEnd
}
