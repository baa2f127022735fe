package import Screen
package import Traces

/// What reaches the explorer from outside.
package enum Input {
  /// A key, the mouse, a paste, another size.
  case key(Key)
  /// ``Model/tickInterval_ms`` went by.
  case tick
  /// Nothing else is there to be done: work goes on by one slice.
  case idle
  /// ``Model/waitsForMore``, and some time went by.
  case moreMayHaveCome
  /// A source was opened, as ``Effect/open(_:)`` asked.
  case opened(any RecordSource, name: SourceName)
  /// The same file was read again, as ``Effect/reload(_:)`` asked.
  case reloaded(any RecordSource)
  /// What was asked for could not be opened or read again.
  case openFailed(name: SourceName, reason: String)
  /// The text of ``Effect/copy(_:)`` went to the clipboard, or why it did not.
  case copied(failure: String?)
}

/// What the explorer asks of whoever runs it.
package enum Effect: Equatable, Sendable {
  /// More work is waiting: look for keys, then send ``Input/idle``.
  case continueWork
  /// A file of the gallery, or one in a directory.
  case open(SourceName)
  case reload(SourceName)
  case copy(String)
  case setMouse(Bool)
  /// Draw everything anew, whatever the terminal shows now.
  case redraw
  case suspend
  case quit
}
