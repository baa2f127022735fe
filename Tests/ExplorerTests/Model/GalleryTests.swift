import Screen
import Testing

@testable import Explorer

private let entries = [
  GalleryEntry(
    fileName: "01-a.yaml", title: "Nothing connected", summary: "Two plain functions.", tags: ["first"]),
  GalleryEntry(
    fileName: "02-b.yaml", title: "Raise and trap", summary: "A parser raises.", tags: ["errback"]),
  GalleryEntry(fileName: "03-c.yaml", title: "A race", summary: "The first wins.", tags: ["race", "cancel"]),
]

@Test func `the gallery opens what is selected, and q comes back to it`() {
  let driver = Driver(nil, gallery: entries)
  #expect(driver.model.mode == .gallery)
  driver.type("j\n")
  // Not a file that happens to have that name.
  #expect(driver.effects == [.open(SourceName("02-b.yaml", in: .builtIn))])
  driver.send(.opened(PoemScene.open(), name: "02-b.yaml"))
  #expect(driver.model.mode == .explorer)
  driver.type("q")
  #expect(driver.model.mode == .gallery)
  #expect(driver.model.gallery.selected?.fileName == "02-b.yaml")
  driver.type("q")
  #expect(driver.effects.last == .quit)
}

@Test func `a file that was named when the program began leaves the program with q`() {
  let driver = Driver(nil, gallery: entries)
  driver.send(.opened(PoemScene.open(), name: "mine.yaml"))
  driver.type("q")
  #expect(driver.effects == [.quit])
}

@Test func `the search narrows the list with every letter and keeps the selection`() {
  let driver = Driver(nil, gallery: entries)
  driver.type("G/a")
  #expect(driver.model.gallery.visible == [0, 1, 2])
  driver.type(" race")
  #expect(driver.model.gallery.selected?.title == "A race")
  driver.type("\n")
  #expect(driver.model.gallery.visible == [2])
  driver.type("\u{1b}")
  #expect(driver.model.gallery.visible.count == 3)
  #expect(driver.model.gallery.selected?.title == "A race")
}

@Test func `leaving the search shows all again, and finding nothing opens nothing`() {
  let driver = Driver(nil, gallery: entries)
  driver.type("/xyzzy")
  #expect(driver.model.gallery.selected == nil)
  driver.press(.enter, .enter)
  #expect(driver.effects.isEmpty)
  driver.type("/\u{1b}")
  #expect(driver.model.gallery.visible.count == 3)
}

@Test func `a file that can't be opened leaves the gallery with the reason`() {
  let driver = Driver(nil, gallery: entries)
  driver.type(":e x.yaml\n")
  driver.send(.openFailed(name: "x.yaml", reason: "no such file: x.yaml"))
  #expect(driver.model.mode == .gallery)
  #expect(driver.model.message == .error("no such file: x.yaml"))
}

@Test func `what needs an open scenario says so in the gallery`() {
  let driver = Driver(nil, gallery: entries)
  driver.type(":filter x\n")
  #expect(driver.model.message == .error("That needs an open scenario."))
  driver.type("s")
  #expect(driver.message == "s does nothing here; ? shows the keys.")
}

@Test func `help opens over the gallery and closes again`() {
  let driver = Driver(nil, gallery: entries)
  driver.press(.function(1))
  #expect(driver.model.mode == .help)
  driver.type("Gjk?")
  #expect(driver.model.mode == .gallery)
}
