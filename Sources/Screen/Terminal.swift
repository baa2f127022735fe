/// Where frames are shown and keys come from: the tty, or its twin in memory.
package protocol Terminal: AnyObject {
  /// The size as of the last key read; a change is told by ``Key/resize(_:)`` as well.
  var size: Size { get }

  /// The set of glyphs the terminal can show.
  var glyphs: Glyphs { get }

  /// The colours the terminal was opened with.
  var colors: ColorDepth { get }

  /// Waits for the next key.
  ///
  /// - Parameter timeout_ms: How long to wait, in milliseconds; `nil` waits as long as it takes, 0 does not.
  /// - Returns: `nil` when the time passed without a key.
  func readKey(timeout_ms: Int?) -> Key?

  /// Shows a frame; only what changed since the last one is sent.
  func present(_ frame: Buffer)

  /// Sends everything again at the next frame, after something else has written to the screen (^L).
  func invalidate()

  /// Gives the terminal back to the shell and stops the process (^Z); returns when it is continued.
  ///
  /// The size may be another one afterwards. The next frame is sent whole.
  func suspend()

  /// Asks the terminal to put a text on the clipboard (OSC 52). Whether it does can't be known.
  func copy(_ text: String)

  /// Switches mouse events on and off.
  func setMouse(_ on: Bool)
}
