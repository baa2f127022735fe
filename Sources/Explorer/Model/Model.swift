package import Screen

/// Everything the explorer knows; ``update(_:_:)`` changes it, a view draws it.
package struct Model {
  /// Who gets the keys.
  package enum Mode: Sendable { case gallery, explorer, help, prompt }

  package var size: Size
  package var glyphs: Glyphs
  package var gallery: Gallery
  /// What is open; nil while the gallery is shown.
  package var session: Session?
  package var help: HelpOverlay?
  package var prompt: Prompt?
  package var message: Message?
  /// The digits typed before a key: `10` of `10s`.
  package var count: Int?
  package var isMouseOn = true

  package init(size: Size, glyphs: Glyphs = .unicode, gallery: [GalleryEntry] = []) {
    self.size = size
    self.glyphs = glyphs
    self.gallery = Gallery(gallery)
  }

  package var mode: Mode {
    if prompt != nil { return .prompt }
    if help != nil { return .help }
    return session == nil ? .gallery : .explorer
  }
}
