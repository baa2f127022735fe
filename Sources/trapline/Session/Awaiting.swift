import Screen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Waits on the explorer's screen until the files are there that it is to follow.
///
/// - Returns: whether they came; false where the person leaves.
func awaitFiles(_ files: AwaitedFiles, on terminal: any Terminal) -> Bool {
  while let missing = files.missing() {
    terminal.present(waitingScreen(missing, size: terminal.size, glyphs: terminal.glyphs))
    switch terminal.readKey(timeout_ms: patience_ms) {
    case .character("q"), .control("c"), .endOfInput: return false
    case .control("z"): terminal.suspend()
    case .control("l"): terminal.invalidate()
    default: break
    }
  }
  return true
}

private func waitingScreen(_ missing: String, size: Size, glyphs: Glyphs) -> Buffer {
  var buffer = Buffer(size, glyphs: glyphs)
  let (above, last) = buffer.bounds.splitBottom(min(1, size.height))
  let rest = above.inset(1, min(1, above.height / 3))
  let rows = buffer.write(wrapping: missing.prefix(1).uppercased() + missing.dropFirst() + ".", in: rest)
  buffer.write(
    wrapping: "The explorer opens when its program writes to it.", in: rest.splitTop(rows).rest, style: .dim)
  buffer.write("q leaves", in: last.inset(1, 0), style: Style(.key))
  return buffer
}

/// Waits for them without a screen, for a command: what is waited for is told on standard error, once each.
func awaitFiles(_ files: AwaitedFiles) {
  var told: String?
  while let missing = files.missing() {
    if missing != told { writeError("trapline: \(missing)\n") }
    told = missing
    poll(nil, 0, Int32(patience_ms))
  }
}
