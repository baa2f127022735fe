/// What a person asked for with `--color`, or in a configuration.
package enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}

/// How many colours are used.
package enum ColorDepth: Int, Comparable, CaseIterable, Sendable {
  case none = 0
  case eight = 8
  case sixteen = 16
  case full = 256

  package static func < (one: ColorDepth, other: ColorDepth) -> Bool { one.rawValue < other.rawValue }

  /// The depth that a terminal with so many colours allows.
  package init(terminalColors: Int) {
    self =
      switch terminalColors {
      case 256...: .full
      case 16...: .sixteen
      case 8...: .eight
      default: .none
      }
  }

  /// Decides about colour: the flag comes first, then `NO_COLOR`, then the terminal.
  ///
  /// No choice can give a terminal more colours than it has.
  ///
  /// - Parameters:
  ///   - flag: What the command line says; `nil` or `auto` leaves it to the others.
  ///   - noColor: The value of `NO_COLOR`, which asks for none unless it is empty (no-color.org).
  ///   - terminalColors: The colours the terminal has.
  package static func decide(
    flag: ColorChoice?, noColor: String?, terminalColors: Int
  ) -> ColorDepth {
    let terminal = ColorDepth(terminalColors: terminalColors)
    switch flag {
    case .always: return terminal
    case .never: return .none
    case .auto, nil: break
    }
    if let noColor, !noColor.isEmpty { return .none }
    return terminal
  }
}
