import Screen
import Testing

/// What is written into a buffer, as pictures.
struct BufferTextTests {
  private func buffer(_ width: Int, _ height: Int, _ glyphs: Glyphs = .unicode) -> Buffer {
    Buffer(Size(width: width, height: height), glyphs: glyphs)
  }

  @Test func `text is cut off at the edge and returns the columns it used`() {
    var screen = buffer(6, 2)
    #expect(screen.write("abc", at: .zero) == 3)
    #expect(screen.write("defgh", at: Position(x: 3, y: 0)) == 3)
    #expect(screen.picture == "abcdef\n")
  }

  @Test func `text left of the clip is hidden and what follows keeps its columns`() {
    var screen = buffer(6, 1)
    screen.write("abcdef", at: Position(x: -2, y: 0))
    #expect(screen.picture == "cdef")
  }

  @Test func `half of a wide character is never shown`() {
    var screen = buffer(5, 1)
    screen.write("中文字", at: .zero)
    #expect(screen.picture == "中文")
    screen.clear()
    screen.write("中文", at: Position(x: -1, y: 0))
    #expect(screen.picture == " 文")
  }

  @Test func `overwriting one half of a wide character blanks the other`() {
    var screen = buffer(5, 1)
    screen.write("中文", at: .zero)
    screen.write("x", at: Position(x: 1, y: 0))
    #expect(screen.picture == " x文")
    screen.write("y", at: Position(x: 2, y: 0))
    #expect(screen.picture == " xy")
    screen.write("字", at: Position(x: 1, y: 0))
    #expect(screen.picture == " 字")
  }

  @Test func `marks stay with their character, and a heap of them is bounded`() {
    var screen = buffer(4, 1)
    let heap = "e" + String(repeating: "\u{301}", count: 1_000) + "x"
    #expect(screen.write(heap, at: .zero) == 2)
    #expect(screen[0, 0].markCount == Cell.markLimit)
    #expect(screen[1, 0].text == "x")
  }

  @Test func `a mark with nothing before it sits on a circle`() {
    var screen = buffer(4, 1)
    screen.write("\u{301}a", at: .zero)
    #expect(screen.picture == "\u{25CC}\u{301}a")
  }

  @Test func `a mark on the last column is kept`() {
    var screen = buffer(2, 1)
    screen.write("ae\u{301}z", at: .zero)
    #expect(screen.picture == "ae\u{301}")
  }

  @Test func `nothing raw reaches a cell`() {
    var screen = buffer(12, 1)
    screen.write("\u{1B}[2J\u{202E}\u{7}\u{9B}", at: .zero)
    #expect(screen.picture == "␛[2J␦␇␦")
  }

  @Test func `an ASCII buffer keeps nothing but ASCII in the same columns`() {
    var screen = buffer(20, 1, .ascii)
    #expect(screen.write("✗ é中━┃┏▼ e\u{301}…|", at: .zero) == 13)
    #expect(screen.picture == "x ???=H#V e~|")
  }

  @Test func `a text aligned in a rectangle has its ellipsis there`() {
    var screen = buffer(9, 4)
    screen.write("ab", in: Rect(x: 1, y: 0, width: 6, height: 1))
    screen.write("ab", in: Rect(x: 1, y: 1, width: 6, height: 1), align: .centre)
    screen.write("ab", in: Rect(x: 1, y: 2, width: 6, height: 1), align: .trailing)
    screen.write("abcdefgh", in: Rect(x: 1, y: 3, width: 6, height: 1))
    #expect(screen.picture == " ab\n   ab\n     ab\n abcde…")
  }

  @Test func `styles are told by letters in the columns of their text`() {
    var screen = buffer(10, 2)
    screen.write("ok", at: Position(x: 1, y: 0), style: Style(.trapped))
    screen.write("中", at: Position(x: 4, y: 0), style: Style(.failure))
    screen.write("plain", at: Position(x: 0, y: 1))
    #expect(screen.styles == " TT FF\n.....")
  }

  @Test func `restyling keeps the text`() {
    var screen = buffer(6, 1)
    screen.write("abcdef", at: .zero)
    screen.restyle(Rect(x: 2, y: 0, width: 2, height: 9), Style(.selected))
    #expect(screen.picture == "abcdef")
    #expect(screen.styles == "..SS..")
  }

  @Test func `a buffer is drawn into another, clipped`() {
    var small = buffer(4, 2)
    small.write("中文", at: .zero)
    small.write("abcd", at: Position(x: 0, y: 1))
    var screen = buffer(6, 3)
    screen.draw(small, at: Position(x: -1, y: 1))
    #expect(screen.picture == "\n 文\nbcd")
    screen.draw(small, at: Position(x: 3, y: 0), in: Rect(x: 0, y: 0, width: 6, height: 1))
    #expect(screen.picture == "   中\n 文\nbcd")
  }

  @Test func `a buffer without a single cell takes everything and shows nothing`() {
    for size in [
      Size.zero, Size(width: 0, height: 5), Size(width: 5, height: 0), Size(width: -3, height: -3),
    ] {
      var screen = Buffer(size)
      screen.write("text 中", at: .zero)
      screen.write("text", in: Rect(x: 0, y: 0, width: 4, height: 4))
      screen.fill(Rect(x: -5, y: -5, width: 100, height: 100), with: "x")
      screen.box(screen.bounds, title: "title")
      screen.restyle(screen.bounds, .dim)
      #expect(screen[3, 3] == Cell())
    }
  }

  @Test func `everything can be written anywhere at every size up to 5x5`() {
    for width in 0...5 {
      for height in 0...5 {
        var screen = buffer(width, height)
        for x in -6...6 {
          for y in -2...6 {
            screen.write("a中e\u{301}", at: Position(x: x, y: y))
            screen.box(Rect(x: x, y: y, width: 4, height: 3), weight: .heavy, title: "中")
          }
        }
        #expect(
          screen.picture.split(separator: "\n", omittingEmptySubsequences: false).count == max(1, height))
      }
    }
  }
}
