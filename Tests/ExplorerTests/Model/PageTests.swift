import Screen
import Testing

@testable import Explorer

/// Going through the gallery and the help by pages.
@Suite struct PageTests {
  private static let titles = (1...60).map { "Lesson number \($0)." }
  private static let entries = titles.enumerated().map { index, title in
    GalleryEntry(fileName: "\(index + 1).yaml", title: title, summary: "About something.", tags: ["one"])
  }

  /// The rows of the screens that a key leads through, until it leads no further.
  private func rows(of driver: Driver, through key: Key) -> Set<String> {
    var rows: Set<String> = []
    for _ in 0..<100 {
      let rowsBefore = view(driver.model).picture.split(separator: "\n").map(String.init)
      rows.formUnion(rowsBefore)
      driver.press(key)
      if driver.message.hasPrefix("This is the") { return rows }
    }
    Issue.record("the pages never end")
    return rows
  }

  @Test(arguments: [Key.pageDown, .pageUp], [Size(width: 80, height: 24), Size(width: 120, height: 16)])
  func `every scenario is seen on some page`(key: Key, size: Size) {
    let driver = Driver(nil, gallery: Self.entries)
    driver.send(.key(.resize(size)))
    driver.press(key == .pageDown ? .home : .end)
    let rows = rows(of: driver, through: key)
    for title in Self.titles {
      #expect(rows.contains { $0.contains(title) }, "\(title)")
    }
  }

  @Test(arguments: [Key.pageDown, .pageUp], [Size(width: 80, height: 24), Size(width: 40, height: 10)])
  func `every key of the help is seen on some page`(key: Key, size: Size) {
    let driver = Driver()
    driver.send(.key(.resize(size)))
    driver.type("?")
    driver.press(key == .pageDown ? .home : .end)
    let rows = rows(of: driver, through: key)
    let bindings = Bindings.table.filter { $0.section != .prompt }
    for binding in bindings {
      let names = binding.keyNames
      #expect(rows.contains { $0.drop { $0 == " " }.hasPrefix(names.prefix(8)) }, "\(names)")
    }
  }

  @Test func `Home and End go to the first row and the last, also of the help at the end of a run`() {
    let gallery = Driver(nil, gallery: Self.entries)
    gallery.press(.end)
    #expect(gallery.model.gallery.selection == 59)
    gallery.press(.home)
    #expect(gallery.model.gallery.selection == 0)
    let driver = Driver()
    driver.type("$?")
    driver.press(.end)
    let bottom = driver.model.help?.scroll
    #expect(bottom != 0)
    driver.press(.home)
    #expect(driver.model.help?.scroll == 0)
    driver.press(.end)
    #expect(driver.model.help?.scroll == bottom && driver.session.isAtEnd)
  }
}
