import Screen
import Testing
import Traces

@testable import Explorer

/// What stands where: a click finds what is drawn under it.
@Suite struct HitTests {
  /// The row of the screen, within the columns of a panel, in which a word stands.
  private func place(of word: String, in panel: Panel, _ model: Model) -> Position? {
    guard let rect = model.layout.rect(of: panel) else { return nil }
    let buffer = view(model)
    for y in rect.y..<rect.maxY {
      let line = (rect.x..<rect.maxX).map { buffer[$0, y].text }.joined()
      if line.contains(word) { return Position(x: rect.x + 3, y: y) }
    }
    return nil
  }

  @Test(arguments: [
    (Panel.deferreds, "○ cache", Subject.deferred(1)), (.timers, "fire cache", .timer(1)),
    (.events, " 20 ", .event(20)),
    (.failures, "trapped in", .failure(0)), (.source, "cache: {}", .line(8)),
  ])
  func `a row of a panel is what is drawn there`(panel: Panel, word: String, subject: Subject) throws {
    let model = Model.looking(
      at: PoemScene.open(), step: 18, size: Size(width: 200, height: 60), isEndKnown: true)
    let found = try #require(self.place(of: word, in: panel, model))
    #expect(model.subject(at: found, in: panel) == subject)
  }

  @Test func `a row of the gallery is the scenario that is drawn there`() {
    let model = Model(size: Size(width: 80, height: 24), gallery: ViewScenes.gallery)
    let rows = view(model).picture.split(separator: "\n", omittingEmptySubsequences: false)
    let row = rows.firstIndex { $0.contains("One callback") } ?? 0
    #expect(model.galleryRow(at: Position(x: 5, y: row)) == 1)
    #expect(model.galleryRow(at: Position(x: 5, y: row + 5)) == nil)
  }
}
