import CCurses

/// Why no explorer can be shown here. Nothing has been drawn when this is thrown.
package enum TerminalRefusal: Error, Hashable, Sendable {
  case outputIsNoTerminal
  case inputIsNoTerminal
  case termIsNotSet
  case termIsUnknown(String)
  case termCannotMoveTheCursor(String)
  case failed

  init(reason: Int32, term: String) {
    self =
      switch UInt32(bitPattern: reason) {
      case CCURSES_OUTPUT_IS_NO_TERMINAL.rawValue: .outputIsNoTerminal
      case CCURSES_INPUT_IS_NO_TERMINAL.rawValue: .inputIsNoTerminal
      case CCURSES_TERM_IS_NOT_SET.rawValue: .termIsNotSet
      case CCURSES_TERM_IS_UNKNOWN.rawValue: .termIsUnknown(term)
      case CCURSES_TERM_CANNOT_MOVE_THE_CURSOR.rawValue: .termCannotMoveTheCursor(term)
      default: .failed
      }
  }
}

extension TerminalRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .outputIsNoTerminal: "standard output is not a terminal"
    case .inputIsNoTerminal: "standard input is not a terminal, and there is no other to read keys from"
    case .termIsNotSet: "TERM is not set, so it is not known what this terminal can do"
    case .termIsUnknown(let term): "there is no description of the terminal '\(term)' (TERM) on this system"
    case .termCannotMoveTheCursor(let term): "the terminal '\(term)' (TERM) can't place its cursor"
    case .failed: "the terminal could not be set up"
    }
  }
}
