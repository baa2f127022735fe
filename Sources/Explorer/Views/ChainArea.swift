import Screen
import Traces

/// The chain that is shown with those it is linked to: what it waits on, and who waits for it.
struct ChainArea {
  let scene: Scene
  let shown: DeferredID?
  /// The stage a person has selected, if one has.
  let selectedStage: Int?
  let isFocused: Bool
  /// Where it is looked up what coroutines did; nil where that is not shown.
  var session: Session?

  /// From this width on, linked chains stand beside the one that is shown.
  static let wideWidth = 104
  /// Two chains stand side by side with room for names from this width each; else the linked one is narrow.
  private static let roomyWidth = 68
  private static let narrowWidth = 40

  /// The width of the chain that is shown, where another one may stand beside it.
  private static func leftWidth(of width: Int) -> Int {
    width > 2 * roomyWidth ? (width - 1) / 2 : width - narrowWidth - 1
  }

  /// One chain and its place, with the title line.
  struct Slot: Equatable {
    var deferred: DeferredID
    var rect: Rect
  }

  /// Where the chains stand: the shown one at the left, alone as long as it is linked to none.
  func slots(in rect: Rect) -> [Slot] {
    guard let shown, let deferred = scene.deferred(shown) else { return [] }
    guard rect.width >= Self.wideWidth else { return [Slot(deferred: shown, rect: rect)] }
    let linked = linked(to: deferred)
    guard !linked.isEmpty else { return [Slot(deferred: shown, rect: rect)] }
    let (left, rest) = rect.splitLeft(Self.leftWidth(of: rect.width))
    let right = rest.splitLeft(1).rest
    // One below the other, each with room for a stage at least.
    let count = min(linked.count, max(1, right.height / 8))
    var slots = [Slot(deferred: shown, rect: left)]
    var below = right
    for (index, id) in linked.prefix(count).enumerated() {
      let remaining = count - index
      let part: Rect
      (part, below) = below.splitTop((below.height + remaining - 1) / remaining)
      slots.append(Slot(deferred: id, rect: part))
    }
    return slots
  }

  /// The width after which a chain's boxes are sized.
  func slotWidth(in rect: Rect, _ slot: Slot) -> Int {
    rect.width >= Self.wideWidth ? min(slot.rect.width, Self.leftWidth(of: rect.width)) : slot.rect.width
  }

  /// What it waits on first, then who waits for it, then whom it resumed or was resumed by last.
  private func linked(to deferred: DeferredState) -> [DeferredID] {
    var linked: [DeferredID] = []
    func add(_ id: DeferredID?) {
      if let id, id != deferred.id, scene.deferred(id) != nil, !linked.contains(id) { linked.append(id) }
    }
    add(deferred.waitsFor)
    for waiter in deferred.waiters.prefix(3) { add(waiter) }
    // A link that has just been used stays in view while its stage is the last one.
    if let stage = deferred.stages.at(deferred.nextStage - 1) {
      if case .gotFrom(let inner)? = stage.passage?.state { add(inner) }
      if case .resumes(let outer) = stage.kind { add(outer) }
      if case .chainTo(let target) = stage.kind { add(target) }
      if case .slot(let group, _) = stage.kind { add(group) }
    }
    return linked
  }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    let slots = slots(in: rect)
    guard let first = slots.first else {
      let content = drawChrome(rect, title: Panel.chain.chromeTitle, isFocused: isFocused, into: &buffer)
      let more = scene.known.failures.isEmpty ? "" : " e goes to the first Failure, 5 lists them."
      return drawEmpty("Nothing has been made yet. Press s to step.\(more)", in: content, into: &buffer)
    }
    for slot in slots {
      guard let deferred = scene.deferred(slot.deferred) else { continue }
      let isShown = slot.deferred == first.deferred
      let title = isShown ? Panel.chain.chromeTitle : relation(of: slot.deferred, to: first.deferred)
      let room = slot.rect.width - title.utf8.count - width(of: deferred.name) - 8
      let content = drawChrome(
        slot.rect, title: title, subject: deferred.name, note: scene.note(on: deferred, room: room),
        isFocused: isShown && isFocused, into: &buffer
      )
      let (awaits, chain) = content.splitTop(awaitHeight(of: deferred, content: content.height))
      if let session, !awaits.isEmpty {
        AwaitRows(session: session, scene: scene, deferred: deferred).draw(in: awaits, into: &buffer)
      }
      ChainPanel(ChainSight(deferred, in: scene), selectedStage: isShown ? selectedStage : nil)
        .draw(in: chain, slotWidth: slotWidth(in: rect, slot), into: &buffer)
    }
    if slots.count > 1 {
      buffer.verticalLine(x: first.rect.maxX, y: rect.y, length: rect.height + 1, in: rect)
    }
  }

  /// The rows below a chain's title that its coroutine has.
  func awaitHeight(of deferred: DeferredState, content: Int) -> Int {
    session.map { AwaitRows.height(of: deferred, in: $0, content: content) } ?? 0
  }

  /// Why another chain stands beside the shown one.
  private func relation(of id: DeferredID, to shown: DeferredID) -> String {
    if scene.deferred(shown)?.waitsFor == id { return "waits on" }
    if scene.deferred(id)?.waitsFor == shown { return "waited for by" }
    return "linked with"
  }
}

extension Panel {
  /// The title with the digit that focuses the panel.
  var chromeTitle: String { "\(digit) \(title)" }
}
