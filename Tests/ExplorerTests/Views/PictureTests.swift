import Screen
import Testing

@testable import Explorer

/// Whole screens, compared with their pictures.
@Suite struct PictureTests {
  static let sizes = [Size(width: 40, height: 10), Size(width: 80, height: 24), Size(width: 200, height: 60)]

  private func name(_ scene: String, _ size: Size, _ glyphs: Glyphs) -> String {
    "\(scene)-\(size.width)x\(size.height)-\(glyphs == .unicode ? "unicode" : "ascii")"
  }

  @Test(arguments: sizes, [Glyphs.unicode, .ascii])
  func `a chain that waits, with the Failure it trapped on the way`(size: Size, glyphs: Glyphs) throws {
    let model = Model.looking(at: PoemScene.open(), step: 21, size: size, glyphs: glyphs)
    try expectPicture(view(model), name("waits", size, glyphs))
  }

  @Test(arguments: sizes, [Glyphs.unicode, .ascii])
  func `a Failure that nobody will handle, when the end is known`(size: Size, glyphs: Glyphs) throws {
    let model = Model.looking(
      at: ViewScenes.unhandled(), step: 11, size: size, glyphs: glyphs, isEndKnown: true, focus: .failures)
    try expectPicture(view(model), name("unhandled", size, glyphs))
  }

  @Test(arguments: sizes, [Glyphs.unicode, .ascii])
  func `every kind of stage, half way`(size: Size, glyphs: Glyphs) throws {
    let model = Model.looking(at: ViewScenes.kinds(), step: 26, size: size, glyphs: glyphs, focus: .timers)
    try expectPicture(view(model), name("kinds", size, glyphs))
  }

  @Test func `a linked chain is narrow where two broad ones would not fit`() throws {
    let size = Size(width: 160, height: 45)
    try expectPicture(
      view(Model.looking(at: PoemScene.open(), step: 21, size: size)), name("waits", size, .unicode))
  }

  @Test func `the end of a run, with what the lesson says about it`() throws {
    let source = ViewScenes.kinds()
    let size = Size(width: 80, height: 24)
    let model = Model.looking(
      at: source, step: source.records.count, size: size, isEndKnown: true, focus: .log)
    try expectPicture(view(model), "narration-80x24-unicode")
  }

  @Test(arguments: Panel.allCases)
  func `each panel alone on the screen`(panel: Panel) throws {
    let source = ViewScenes.kinds()
    var model = Model.looking(
      at: source, step: source.records.count, size: Size(width: 60, height: 16), focus: panel)
    model.session?.isZoomed = true
    try expectPicture(view(model), "zoomed-\(panel)")
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 16), Size(width: 40, height: 10)])
  func `the gallery`(size: Size) throws {
    let model = Model(size: size, gallery: ViewScenes.gallery)
    try expectPicture(view(model), name("gallery", size, .unicode))
  }

  @Test func `the gallery while one searches`() throws {
    var model = Model(size: Size(width: 60, height: 14), gallery: ViewScenes.gallery)
    model.gallery.search("failure")
    model.prompt = Prompt(.gallerySearch, text: "failure")
    try expectPicture(view(model), "gallery-search")
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 40, height: 10)])
  func `the help`(size: Size) throws {
    var model = Model.looking(at: PoemScene.open(), step: 0, size: size)
    model.help = HelpOverlay()
    try expectPicture(view(model), name("help", size, .unicode))
  }

  @Test(arguments: sizes, [Glyphs.unicode, .ascii])
  func `a recorded program, at the wait that ends in a Failure`(size: Size, glyphs: Glyphs) throws {
    let driver = ShopScene.driver()
    (driver.model.size, driver.model.glyphs) = (size, glyphs)
    driver.type("$SSS")
    driver.model.message = nil
    try expectPicture(view(driver.model), name("recorded", size, glyphs))
  }

  @Test(arguments: [
    ("sites", "$:focus deferreds\nv"), ("alike", ":focus failures\n"), ("fates", ":focus failures\nv"),
    ("gap", "$:focus events\n"),
  ])
  func `what only recordings have, each alone on the screen`(scene: String, keys: String) throws {
    let driver = ShopScene.driver()
    driver.type(keys + "+")
    driver.model.message = nil
    try expectPicture(view(driver.model), "recorded-\(scene)")
  }

  @Test func `the very start says what to do`() throws {
    let model = Model.looking(at: PoemScene.open(), step: 0, size: Size(width: 80, height: 24))
    try expectPicture(view(model), "start-80x24-unicode")
  }

  @Test func `the smallest screens`() throws {
    for size in [Size(width: 20, height: 5), Size(width: 16, height: 4), Size(width: 30, height: 3)] {
      let model = Model.looking(at: PoemScene.open(), step: 21, size: size)
      try expectPicture(view(model), "small-\(size.width)x\(size.height)")
    }
  }
}
