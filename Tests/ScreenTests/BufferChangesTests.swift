import Screen
import Testing

/// Which cells a terminal is sent for a frame.
struct BufferChangesTests {
  private let whole = Size(width: 100, height: 100)

  private func changes(from last: Buffer?, to now: Buffer, within size: Size) -> [String] {
    var changes: [String] = []
    now.forEachChange(since: last, within: size) { cell, x, y in changes.append("\(cell.text)@\(x),\(y)") }
    return changes
  }

  @Test func `only cells that differ are sent, row by row`() {
    var last = Buffer(Size(width: 4, height: 2))
    last.write("abcd", at: .zero)
    var now = last
    now.write("x", at: Position(x: 2, y: 0))
    now.write("y", at: Position(x: 1, y: 1))
    #expect(changes(from: last, to: now, within: whole) == ["x@2,0", "y@1,1"])
    #expect(changes(from: now, to: now, within: whole).isEmpty)
  }

  @Test func `a cell that only looks otherwise is sent`() {
    var last = Buffer(Size(width: 2, height: 1))
    last.write("ab", at: .zero)
    var now = last
    now.restyle(Rect(x: 1, y: 0, width: 1, height: 1), .dim)
    #expect(changes(from: last, to: now, within: whole) == ["b@1,0"])
  }

  @Test func `without a frame before, or with one of another size, all is sent`() {
    var now = Buffer(Size(width: 2, height: 1))
    now.write("ab", at: .zero)
    #expect(changes(from: nil, to: now, within: whole) == ["a@0,0", "b@1,0"])
    #expect(changes(from: Buffer(Size(width: 3, height: 1)), to: now, within: whole) == ["a@0,0", "b@1,0"])
  }

  @Test func `a wide character is sent once, and what it leaves behind is sent too`() {
    let last = Buffer(Size(width: 3, height: 1))
    var now = last
    now.write("中", at: .zero)
    #expect(changes(from: last, to: now, within: whole) == ["中@0,0"])
    #expect(changes(from: now, to: last, within: whole) == [" @0,0", " @1,0"])
  }

  @Test func `nothing is sent outside of the terminal`() {
    var now = Buffer(Size(width: 3, height: 2))
    now.write("abc", at: .zero)
    #expect(changes(from: nil, to: now, within: Size(width: 2, height: 1)) == ["a@0,0", "b@1,0"])
  }
}
