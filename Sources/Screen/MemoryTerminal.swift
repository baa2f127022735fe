/// A terminal without a tty: keys come from a script, frames are kept.
package final class MemoryTerminal: Terminal {
  package private(set) var size: Size
  package let glyphs: Glyphs
  package let colors: ColorDepth

  /// The frames presented, the newest last.
  package private(set) var frames: [Buffer] = []
  package private(set) var copied: [String] = []
  package private(set) var suspensions = 0
  package private(set) var invalidations = 0
  package private(set) var isMouseOn = false

  private var script: [Key]
  private var next = 0

  /// Makes a terminal on which the given keys will be typed.
  package init(
    size: Size = Size(width: 80, height: 24), glyphs: Glyphs = .unicode, colors: ColorDepth = .none,
    keys: [Key] = []
  ) {
    self.size = size
    self.glyphs = glyphs
    self.colors = colors
    script = keys
  }

  /// The frame on the screen now.
  package var screen: Buffer? { frames.last }

  /// Types more keys after those of the script.
  package func type(_ keys: [Key]) { script += keys }

  /// The next key of the script; ``Key/endOfInput`` after the last one, whatever the time to wait.
  package func readKey(timeout_ms: Int?) -> Key? {
    guard next < script.count else { return .endOfInput }
    let key = script[next]
    next += 1
    if case .resize(let newSize) = key { size = newSize }
    return key
  }

  package func present(_ frame: Buffer) { frames.append(frame) }
  package func invalidate() { invalidations += 1 }
  package func suspend() { suspensions += 1 }
  package func copy(_ text: String) { copied.append(text) }
  package func setMouse(_ on: Bool) { isMouseOn = on }
}
