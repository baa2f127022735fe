package import Screen
package import Traces

/// Everything the explorer knows; ``update(_:_:)`` changes it, a view draws it.
package struct Model {
  /// Who gets the keys.
  package typealias Mode = Binding.Context

  package var size: Size
  package var glyphs: Glyphs
  package var gallery: Gallery
  /// What is open; nil while the gallery is shown.
  package var session: Session?
  package var help: HelpOverlay?
  package var prompt: Prompt?
  package var message: Message?
  /// How often the next key is to act, while that is typed: 10 after `010`.
  package var count: Int?
  /// What the next character is for, after `m` or `'`.
  package var pending: Command?
  package var isMouseOn = true
  /// Where the text of recorded programs' files comes from; nil where none is read.
  package var files: (any ProgramFiles)?
  /// Whether `q` goes back to the gallery: what is open was chosen there.
  var isFromGallery = false
  /// What was typed before, by kind of prompt, the newest last.
  var histories: [Prompt.Kind: [String]] = [:]

  /// A model that shows the gallery.
  package init(size: Size, glyphs: Glyphs = .unicode, gallery: [GalleryEntry] = []) {
    self.size = size
    self.glyphs = glyphs
    self.gallery = Gallery(gallery)
  }

  /// A model that shows a source from the start: leaving it leaves the program.
  package init(
    size: Size, glyphs: Glyphs = .unicode, gallery: [GalleryEntry] = [], opening source: any RecordSource,
    name: SourceName, files: (any ProgramFiles)? = nil
  ) {
    self.init(size: size, glyphs: glyphs, gallery: gallery)
    self.files = files
    session = Session(source, name: name, files: files)
  }

  package var mode: Mode {
    if prompt != nil { return .prompt }
    if help != nil { return .help }
    return session == nil ? .gallery : .explorer
  }

  /// Whether what is open may grow: now and then ``Input/moreMayHaveCome`` is to be sent.
  package var waitsForMore: Bool { session.map { $0.isDry && !$0.isEndKnown } ?? false }

  /// How long to wait for a key before ``Input/tick`` is sent, in milliseconds; nil: as long as it takes.
  package var tickInterval_ms: Int? {
    guard let session, session.playback.isPlaying, session.work == nil else { return nil }
    return session.playback.interval_ms
  }
}
