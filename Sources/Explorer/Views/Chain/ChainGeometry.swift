import Screen
import Traces

/// The columns of the chain drawing, and the rows that a stage takes.
struct ChainGeometry: Equatable {
  /// A stage is three rows of boxes, and one row for what goes from it to the next.
  static let rowsPerStage = 4
  /// Below this the two lines do not fit side by side.
  static let leastWidth = 56

  /// Relative to the panel's left edge.
  let callbackX: Int
  let errbackX: Int
  let boxWidth: Int
  let width: Int

  /// Sizes the boxes after a width, and wider where their words need that and there is room.
  ///
  /// - Parameters:
  ///   - width: the width that is always there.
  ///   - room: the width that is there now; nil for no more than that.
  ///   - words: the columns that the words of a box need.
  init(width: Int, stageCount: Int, room: Int? = nil, words: Int = 0) {
    self.width = width
    let digits = String(max(0, stageCount - 1)).utf8.count
    let gutter = max(4, digits + 3)
    let least = width - gutter
    let most = max(width, room ?? width) - gutter
    let gap = min(26, max(10, least * 16 / 100))
    // At the right stand what goes along the errback line, types and places.
    let widest = (most - gap - max(20, most * 22 / 100)) / 2
    let needed = words + Self.boxFrame
    boxWidth = max(min(32, max(16, least * 30 / 100)), min(needed, widest))
    callbackX = gutter
    errbackX = gutter + boxWidth + gap
  }

  /// The borders of a box, and a space within each.
  private static let boxFrame = 4

  func boxX(_ side: Side) -> Int { side == .callback ? callbackX : errbackX }
  func centre(_ side: Side) -> Int { boxX(side) + boxWidth / 2 }
  /// What each line is called above its first box.
  static func head(_ side: Side) -> String { side == .callback ? "callbacks" : "errbacks" }
  /// The column where that name begins: it ends left of the line.
  func headX(_ side: Side) -> Int { centre(side) - 1 - Self.head(side).utf8.count }
  /// The column of a box's right border.
  func rightEdge(_ side: Side) -> Int { boxX(side) + boxWidth - 1 }
  /// The column in the gap where a path from `side` to the other one goes down.
  func crossing(from side: Side) -> Int {
    side == .callback ? errbackX - 4 : rightEdge(.callback) + 4
  }
  /// The column in the middle of the gap.
  var gapMiddle: Int { (rightEdge(.callback) + errbackX) / 2 }

  /// The first stage to show so that `stage` is in view, near the middle where there is room.
  ///
  /// - Parameters:
  ///   - rows: the rows of the drawing, whose first one leads into the first stage.
  ///   - hasEnding: whether a row below the last stage says how the chain ended.
  static func firstStage(
    showing stage: Int, of stageCount: Int, rows: Int, rowsPerStage: Int = rowsPerStage, hasEnding: Bool
  ) -> Int {
    let visible = max(1, rows / rowsPerStage)
    let needed = stageCount * rowsPerStage + (hasEnding ? 2 : 0)
    let last = max(0, (needed - rows + rowsPerStage - 1) / rowsPerStage)
    // On very low screens the stage itself comes before the end.
    return min(max(0, stage - visible / 2), last, max(0, stage))
  }
}
