package import Screen
import Traces

/// Draws everything there is to see of a model.
package func view(_ model: Model) -> Buffer {
  var buffer = Buffer(model.size, glyphs: model.glyphs)
  draw(model, into: &buffer)
  return buffer
}

/// Draws everything there is to see of a model into a buffer of its size, whose contents are replaced.
///
/// - Complexity: O(cells), and O(log n) in the length of the trace for each visible row.
package func view(_ model: Model, into buffer: inout Buffer) {
  buffer.clear()
  draw(model, into: &buffer)
}

private func draw(_ model: Model, into buffer: inout Buffer) {
  let layout = model.layout
  guard !layout.isTooSmall else { return drawTooSmall(model, into: &buffer) }
  let keyLine = KeyLine(model: model)
  let bottom = keyLine.place(in: layout.keys, of: buffer.size, glyphs: buffer.glyphs)
  if model.help != nil || model.session == nil {
    drawFullScreen(model, layout, into: &buffer)
  } else if let session = model.session {
    SessionView(session: session, layout: layout, glyphs: buffer.glyphs).draw(above: bottom.y, into: &buffer)
  }
  buffer.fill(bottom)
  keyLine.draw(in: bottom, into: &buffer)
}

private func drawFullScreen(_ model: Model, _ layout: Layout, into buffer: inout Buffer) {
  let rect = fullScreenRect(layout, buffer.size)
  if let help = model.help {
    HelpView(model: model, help: help).draw(in: rect, into: &buffer)
  } else {
    GalleryView(model: model).draw(in: rect, into: &buffer)
  }
}

/// What the gallery and the help have for themselves: all but the line of keys.
func fullScreenRect(_ layout: Layout, _ size: Size) -> Rect {
  Rect(x: 0, y: 0, width: size.width, height: size.height - layout.keys.height)
}

/// One line where no panel fits: which step, or what to do.
private func drawTooSmall(_ model: Model, into buffer: inout Buffer) {
  let least = Layout.leastSize
  let text = "too small: \(least.width)x\(least.height) is the least"
  buffer.write(wrapping: text, in: buffer.bounds)
}
