/// Something that a person did at the terminal.
package enum Key: Hashable, Sendable {
  /// A character that was typed, with its marks.
  case character(Character)
  /// A letter or sign held with Control, in lower case: `.control("c")` for ^C.
  case control(Character)
  /// A character held with Alt (or typed after Esc without a pause).
  case alt(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// A function key, F1 and on.
  case function(Int)
  /// The terminal has another size now.
  case resize(Size)
  case mouse(Mouse)
  /// Text that was pasted, as it came; it is content, never a command.
  case paste(String)
  /// The terminal is gone: end of input or a hangup. Nothing will come after it.
  case endOfInput
  /// A key without a name here, or a byte that is no UTF-8.
  case unknown
}

/// What the mouse did, and where.
package struct Mouse: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case press, release, drag, scrollUp, scrollDown, doubleClick
  }

  package enum Button: Hashable, Sendable {
    case left, middle, right, none
  }

  package var kind: Kind
  package var button: Button
  package var position: Position
  package var modifiers: Modifiers

  package init(
    _ kind: Kind, button: Button = .left, at position: Position, modifiers: Modifiers = []
  ) {
    self.kind = kind
    self.button = button
    self.position = position
    self.modifiers = modifiers
  }
}

/// Keys held while another key or the mouse is used.
package struct Modifiers: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let shift = Modifiers(rawValue: 1)
  package static let alt = Modifiers(rawValue: 2)
  package static let control = Modifiers(rawValue: 4)
}

extension Key: CustomStringConvertible {
  /// The name of the key as help and messages write it: `s`, `^C`, `Alt-x`, `PgUp`, `F1`.
  package var description: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): cleaned(String(character))
    case .control(let character): "^" + cleaned(String(character).uppercased())
    case .alt(let character): "Alt-" + cleaned(String(character))
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    case .resize(let size): "resize to \(size.width)x\(size.height)"
    case .mouse: "mouse"
    case .paste: "paste"
    case .endOfInput: "end of input"
    case .unknown: "unknown key"
    }
  }
}
