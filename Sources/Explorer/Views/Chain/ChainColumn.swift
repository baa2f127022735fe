import Screen
import Traces

/// The chain of one Deferred where there is no room for two lines of boxes: one row a stage, and still two lines.
struct ChainColumn {
  let sight: ChainSight
  let selectedStage: Int?

  init(_ sight: ChainSight, selectedStage: Int?) {
    self.sight = sight
    self.selectedStage = selectedStage
  }

  func draw(in rect: Rect, into buffer: inout Buffer) {
  }
}
