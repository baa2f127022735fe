package import Screen
import Traces

/// Draws everything there is to see of a model.
package func view(_ model: Model) -> Buffer {
  var buffer = Buffer(model.size, glyphs: model.glyphs)
  view(model, into: &buffer)
  return buffer
}

/// Draws everything there is to see of a model into a buffer of its size, whose contents are replaced.
package func view(_ model: Model, into buffer: inout Buffer) {
  buffer.clear()
  guard let session = model.session else { return }
  let scene = Scene(world: session.world, glyphs: buffer.glyphs)
  let layout = panelLayout(size: buffer.size, focus: session.focus, zoom: session.isZoomed)
  guard let rect = layout.rect(of: .chain), let deferred = scene.deferred(session.selection.deferred ?? 0)
  else { return }
  let content = drawChrome(
    rect, title: "1 Chain", subject: deferred.name, isFocused: session.focus == .chain, into: &buffer)
  ChainPanel(ChainSight(deferred, in: scene)).draw(in: content, into: &buffer)
}
