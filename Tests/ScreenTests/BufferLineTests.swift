import Screen
import Testing

/// Lines that meet are joined, light with heavy.
struct BufferLineTests {
  @Test func `boxes that share an edge are joined`() {
    var screen = Buffer(Size(width: 9, height: 5))
    screen.box(Rect(x: 0, y: 0, width: 5, height: 3))
    screen.box(Rect(x: 4, y: 0, width: 5, height: 3))
    screen.box(Rect(x: 0, y: 2, width: 9, height: 3))
    #expect(
      screen.picture == """
        ┌───┬───┐
        │   │   │
        ├───┴───┤
        │       │
        └───────┘
        """)
  }

  @Test func `a heavy path leaves a light box and crosses over`() {
    var screen = Buffer(Size(width: 12, height: 6))
    screen.box(Rect(x: 0, y: 0, width: 6, height: 3))
    screen.verticalLine(x: 2, y: 2, length: 4)
    screen.horizontalLine(x: 5, y: 1, length: 5, weight: .heavy, style: Style(.failure))
    screen.verticalLine(x: 9, y: 1, length: 4, weight: .heavy, style: Style(.failure))
    screen.horizontalLine(x: 0, y: 4, length: 10, weight: .heavy, style: Style(.trapped))
    #expect(
      screen.picture == """
        ┌────┐
        │    ┝━━━┓
        └─┬──┘   ┃
          │      ┃
        ╺━┿━━━━━━┛
          ╵
        """)
    #expect(screen.styles.split(separator: "\n")[3] == "  b      F")
  }

  @Test func `the same lines in ASCII keep heavy apart from light`() {
    var screen = Buffer(Size(width: 12, height: 6), glyphs: .ascii)
    screen.box(Rect(x: 0, y: 0, width: 6, height: 3))
    screen.horizontalLine(x: 5, y: 1, length: 5, weight: .heavy)
    screen.verticalLine(x: 9, y: 1, length: 4, weight: .heavy)
    screen.verticalLine(x: 2, y: 2, length: 4)
    #expect(
      screen.picture == """
        +----+
        |    #===#
        +-+--+   H
          |      H
          |      H
          |
        """)
  }

  @Test func `lines written as text join others too`() {
    var screen = Buffer(Size(width: 3, height: 3))
    screen.write("───", at: Position(x: 0, y: 1))
    screen.verticalLine(x: 1, y: 0, length: 3, weight: .heavy)
    #expect(screen.picture == " ╻\n─╂─\n ╹")
  }

  @Test func `every mixture of arms has a character of its own, in the right directions`() {
    let weights: [LineWeight?] = [nil, .light, .heavy]
    var seen: Set<String> = []
    for up in weights {
      for right in weights {
        for down in weights {
          for left in weights {
            var screen = Buffer(Size(width: 1, height: 1))
            screen.joinLine(at: .zero, up: up, right: right, down: down, left: left)
            seen.insert(screen[0, 0].text)
          }
        }
      }
    }
    #expect(seen.count == 81)
    var screen = Buffer(Size(width: 4, height: 1))
    screen.joinLine(at: Position(x: 0, y: 0), up: .light, right: .heavy)
    screen.joinLine(at: Position(x: 1, y: 0), right: .light, down: .heavy, left: .light)
    screen.joinLine(at: Position(x: 2, y: 0), up: .heavy, down: .light, left: .heavy)
    screen.joinLine(at: Position(x: 3, y: 0), up: .heavy, right: .light, down: .heavy, left: .heavy)
    #expect(screen.picture == "┕┰┩╉")
  }

  @Test func `a title stands in the upper edge and is cut to fit`() {
    var screen = Buffer(Size(width: 12, height: 4))
    screen.box(Rect(x: 0, y: 0, width: 12, height: 2), title: "Timers", titleStyle: .heading)
    screen.box(Rect(x: 0, y: 2, width: 9, height: 2), title: "Deferreds")
    #expect(
      screen.picture == """
        ┌─ Timers ─┐
        └──────────┘
        ┌─ De… ─┐
        └───────┘
        """)
    #expect(screen.styles.hasPrefix("bbHHHHHHHHbb\n"))
  }

  @Test func `signs that tell states apart differ in every set of glyphs`() {
    for glyphs in [Glyphs.unicode, .ascii] {
      #expect(Set(Glyph.states.map { glyphs[$0] }).count == Glyph.states.count)
    }
  }

  @Test func `signs that tell states apart are no lines of a box`() {
    let lines: Set<Character> = ["-", "|", "+", "=", "H", "#"]
    #expect(Glyph.states.allSatisfy { !lines.contains(Glyphs.ascii[$0]) })
  }
}
