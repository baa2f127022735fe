import Screen
import Testing

struct GeometryTests {
  private let rect = Rect(x: 2, y: 1, width: 10, height: 6)

  @Test(arguments: [-3, 0, 1, 5, 6, 100])
  func `a split loses nothing and overlaps nowhere`(cut: Int) {
    let (top, below) = rect.splitTop(cut)
    #expect(top.height + below.height == rect.height && top.maxY == below.y)
    let (above, bottom) = rect.splitBottom(cut)
    #expect(above.height + bottom.height == rect.height && above.maxY == bottom.y)
    let (left, after) = rect.splitLeft(cut)
    #expect(left.width + after.width == rect.width && left.maxX == after.x)
    let (before, right) = rect.splitRight(cut)
    #expect(before.width + right.width == rect.width && before.maxX == right.x)
  }

  @Test func `rectangles that do not meet have nothing in common`() {
    #expect(rect.intersection(Rect(x: 12, y: 1, width: 5, height: 5)).isEmpty)
    #expect(rect.intersection(Rect(x: 0, y: 0, width: 4, height: 3)) == Rect(x: 2, y: 1, width: 2, height: 2))
  }

  @Test func `the inside of a rectangle too small for a border is empty`() {
    #expect(rect.inset() == Rect(x: 3, y: 2, width: 8, height: 4))
    #expect(Rect(x: 0, y: 0, width: 1, height: 1).inset().isEmpty)
    #expect(Rect(x: 0, y: 0, width: -4, height: 2).isEmpty)
  }
}
