import Screen
import Testing
import Traces

@testable import Explorer

/// How rows tell which process of several did something.
@Suite struct ProcessMarkTests {
  private static func picture(width: Int, height: Int, keys: String) -> String {
    var script = RecordScript()
    for (thread, name) in [
      ("server.py 28495", "request 0"), ("worker.py 28511 · Pool-1", "work 0"), ("28513 #2", "again 0"),
      ("recording 3", "other 0"),
    ] {
      script.thread = thread
      script.make(name)
    }
    let source = ScriptedSource(script.records)
    source.isJoined = true
    let driver = Driver(source)
    driver.settle()
    driver.press(.resize(Size(width: width, height: height)))
    driver.type(keys)
    return view(driver.model).picture
  }

  @Test func `where there is little room, events have the number of their process`() {
    let picture = Self.picture(width: 80, height: 24, keys: "$4")
    for row in [
      "1  0.000 [28495] request 0 is", "2  0.000 [28511] work 0 is", "3  0.000 [28513 #2] again",
      "4  0.000 [3] other 0 is",
    ] {
      #expect(picture.contains(row), "\(picture)")
    }
    #expect(Self.picture(width: 80, height: 24, keys: "$4+").contains("[…er.py 28495]"))
  }

  @Test func `Deferreds have the number of the process that made them at their end`() {
    for (width, height) in [(80, 24), (40, 10), (200, 60)] {
      let rows = Self.picture(width: width, height: height, keys: "$2").split(separator: "\n")
      for (name, number) in [("request 0", "28495"), ("work 0", "28511"), ("again 0", "28513 #2")] {
        let row = rows.first { $0.contains("\(name) ") && $0.contains("never fires") }
        #expect(row?.contains("never fires") == true && row?.contains(" \(number)") == true, "\(rows)")
      }
    }
  }
}
