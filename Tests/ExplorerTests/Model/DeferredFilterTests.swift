import Screen
import Testing
import Traces

@testable import Explorer

/// `f` in Deferreds.
@Suite struct DeferredFilterTests {
  private static func driver(count: Int = 6) -> Driver {
    var script = RecordScript()
    for id in 0..<count {
      script.make(id % 2 == 0 ? "fetch \(id)" : "store \(id)")
    }
    for id in 0..<count where id % 3 == 0 {
      script.at(Double(id + 1)) { script in script.fire(id, .text("'got'")) { _ in } }
    }
    let driver = Driver(ScriptedSource(script.records))
    driver.settle()
    driver.type("$2")
    return driver
  }

  private func listed(_ driver: Driver) -> [Int32]? { driver.session.listedDeferreds }

  @Test(arguments: [
    ("never", [1, 2, 4, 5]), ("got", [0, 3]), ("fetch never", [2, 4]), ("!fetch", [1, 3, 5]), ("NEVER", []),
    ("2", [2]),
  ])
  func `a filter lists those with these words in their rows`(typed: String, ids: [Int32]) {
    let driver = Self.driver()
    driver.type("f\(typed)\n")
    #expect(listed(driver) == ids && driver.session.filter == nil)
    let count = "\(typed): \(ids.count) of 6"
    #expect(view(driver.model).picture.contains(count))
    driver.type("F")
    #expect(listed(driver) == nil && driver.message == "All Deferreds are listed again.")
  }

  @Test func `the rows are moved in, and Esc lets go of one, then of the filter`() {
    let driver = Self.driver()
    driver.type("fnever\ng")
    #expect(driver.session.subject == .deferred(1))
    driver.type("jj")
    #expect(driver.session.subject == .deferred(4) && driver.session.isHeld)
    driver.type("\u{1b}\u{1b}")
    #expect(listed(driver) == nil && driver.message == "All Deferreds are listed again.")
  }

  @Test func `it asks for how they stand at this step`() {
    let driver = Self.driver()
    driver.type("fgot\n^")
    #expect(listed(driver) == [])
    driver.type("$")
    #expect(listed(driver) == [0, 3])
  }

  @Test func `thousands are looked through in slices`() {
    let driver = Self.driver(count: 5000)
    driver.type("f")
    driver.press("g", "o", "t", .enter)
    #expect(listed(driver)?.count ?? 0 < 1667)
    driver.settle()
    #expect(listed(driver)?.count == 1667)
  }

  @Test func `the words before are gone on from, and F says where there is no filter`() {
    let driver = Self.driver()
    driver.type("F")
    #expect(driver.message == "All Deferreds are listed: f chooses some.")
    driver.type("fnever\nvf")
    #expect(driver.model.prompt?.text == "never " && driver.model.prompt?.label == "Deferreds: ")
    driver.type("\n")
    #expect(listed(driver)?.count == 4, "from another view to the list")
    driver.type("f\u{1b}f")
    driver.press(.control("u"), .enter)
    #expect(listed(driver) == nil)
  }
}
