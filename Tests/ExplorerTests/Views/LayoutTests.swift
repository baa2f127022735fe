import Screen
import Testing

@testable import Explorer

/// Where panels stand, as pictures: each panel filled with the digit that focuses it.
@Suite struct LayoutTests {
  private func picture(_ layout: Layout, _ size: Size) -> String {
    var buffer = Buffer(size)
    for frame in layout.frames { buffer.fill(frame.rect, with: Character("\(frame.panel.digit)")) }
    for separator in layout.separators { buffer.fill(separator, with: "|") }
    buffer.fill(layout.header, with: "h")
    buffer.fill(layout.status, with: "s")
    buffer.fill(layout.keys, with: "k")
    return buffer.picture
  }

  @Test func `a low screen has one panel`() {
    let size = Size(width: 20, height: 8)
    #expect(
      picture(panelLayout(size: size, focus: .events, zoom: false), size) == """
        44444444444444444444
        44444444444444444444
        44444444444444444444
        44444444444444444444
        44444444444444444444
        ssssssssssssssssssss
        ssssssssssssssssssss
        kkkkkkkkkkkkkkkkkkkk
        """)
  }

  @Test func `a narrow screen has the chain and the focused panel`() {
    let size = Size(width: 24, height: 20)
    let lines = picture(panelLayout(size: size, focus: .log, zoom: false), size).split(separator: "\n")
    #expect(String(lines.compactMap { $0.first }) == "11111111111" + "88888" + "sss" + "k")
  }

  @Test func `at 80x24 the chain and two more are seen`() throws {
    let size = Size(width: 80, height: 24)
    try expectLayout("layout-80x24", size: size, focus: .chain)
    try expectLayout("layout-80x24-narration", size: size, focus: .chain, narrationRows: 3)
  }

  @Test func `at 200x60 all of them are seen`() throws {
    let size = Size(width: 200, height: 60)
    let layout = panelLayout(size: size, focus: .chain, zoom: false, narrationRows: 3)
    #expect(Set(layout.frames.map(\.panel)) == Set(Panel.allCases))
    try expectLayout("layout-200x60", size: size, focus: .chain, narrationRows: 3)
  }

  @Test(arguments: [Size(width: 120, height: 40), Size(width: 160, height: 24), Size(width: 80, height: 60)])
  func `other sizes`(size: Size) throws {
    try expectLayout("layout-\(size.width)x\(size.height)", size: size, focus: .chain)
  }

  private func expectLayout(_ name: String, size: Size, focus: Panel, narrationRows: Int = 0) throws {
    let layout = panelLayout(size: size, focus: focus, zoom: false, narrationRows: narrationRows)
    var buffer = Buffer(size)
    for (index, line) in picture(layout, size).split(separator: "\n").enumerated() {
      buffer.write(line, at: Position(x: 0, y: index))
    }
    try expectPicture(buffer, name)
  }

  @Test(arguments: Panel.allCases)
  func `the focused panel is always seen, and alone when zoomed`(panel: Panel) {
    for size in SizeTests.sizes {
      let layout = panelLayout(size: size, focus: panel, zoom: false, narrationRows: 2)
      #expect(layout.isTooSmall || layout.rect(of: panel) != nil)
      let zoomed = panelLayout(size: size, focus: panel, zoom: true, narrationRows: 2)
      #expect(zoomed.isTooSmall || zoomed.frames.map(\.panel) == [panel])
    }
  }

  @Test(arguments: SizeTests.sizes)
  func `no two rectangles meet, and all lie inside`(size: Size) {
    for focus in Panel.allCases {
      let layout = panelLayout(size: size, focus: focus, zoom: false, narrationRows: 3)
      let rects =
        (layout.frames.map(\.rect) + layout.separators + [layout.header, layout.status, layout.keys])
        .filter { !$0.isEmpty }
      let screen = Rect(.zero, size)
      for (index, rect) in rects.enumerated() {
        #expect(rect.intersection(screen) == rect)
        for other in rects.dropFirst(index + 1) { #expect(rect.intersection(other).isEmpty) }
      }
    }
  }

  @Test func `a list stands still while its row has room to move`() {
    #expect(firstVisibleRow(showing: 0, of: 100, height: 10) == 0)
    #expect(firstVisibleRow(showing: 5, of: 100, height: 10) == 0)
    #expect(firstVisibleRow(showing: 50, of: 100, height: 10) == 45)
    #expect(firstVisibleRow(showing: 99, of: 100, height: 10) == 90)
    #expect(firstVisibleRow(showing: 3, of: 4, height: 10) == 0)
    #expect(firstVisibleRow(showing: 3, of: 4, height: 0) == 0)
  }
}
