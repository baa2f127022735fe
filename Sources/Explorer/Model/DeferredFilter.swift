import Screen
import Traces

/// The Deferreds whose rows have the words that a person asks for: found in slices and kept.
///
/// A row says how its Deferred stands now, so that all are looked at again at another step. What was found before is
/// listed until then.
package struct DeferredFilter {
  package let query: Query
  /// In the order in which they were made.
  package private(set) var ids: [Int32] = []
  /// What the pass that is under way, or over, has found.
  private var found: [Int32] = []
  private var scannedTo = 0
  /// What that pass looks at.
  private var moment: Moment?

  private struct Moment: Equatable {
    var step: Int
    /// Whether it is known who never fires.
    var isEndKnown: Bool
  }

  init(_ query: Query) { self.query = query }

  /// Whether there is something to look at.
  func hasMore(_ session: Session) -> Bool {
    moment != Moment(step: session.step, isEndKnown: session.isEndKnown)
      || scannedTo < session.world.deferreds.count
  }

  /// Looks at up to `budget` Deferreds.
  mutating func scan(_ session: Session, budget: Int) {
    guard hasMore(session) else { return }
    let now = Moment(step: session.step, isEndKnown: session.isEndKnown)
    let isFirst = moment == nil
    if moment != now { (moment, found, scannedTo) = (now, [], 0) }
    let scene = Scene(session, glyphs: .unicode)
    let end = min(scene.world.deferreds.count, scannedTo + budget)
    for id in scannedTo..<max(scannedTo, end) {
      let state = scene.world.deferreds[id]
      let origin = query.asksForOrigin ? session.origin(of: state) : nil
      if query.matches(DeferredWords.row(of: state, in: scene), from: origin) {
        found.append(Int32(clamping: id))
      }
    }
    scannedTo = max(scannedTo, end)
    if isFirst || scannedTo == scene.world.deferreds.count { ids = found }
  }
}

extension Session {
  /// Where a Deferred was made.
  fileprivate func origin(of deferred: DeferredState) -> Query.Origin {
    Query.Origin(ofThread: record(at: deferred.madeAt)?.thread, in: source)
  }

  /// How many Deferreds one slice looks at.
  private static let filterBudget = 2000
  /// How many are looked at before each frame, so that a short run needs no slices.
  private static let filterGlance = 200

  /// Looks on at Deferreds for their filter, where there is something to look at.
  mutating func lookAtDeferreds(isGlance: Bool) {
    guard var filter = deferredFilter else { return }
    // Out of the Session while it grows, so that it is not copied.
    deferredFilter = nil
    filter.scan(self, budget: isGlance ? Self.filterGlance : Self.filterBudget)
    deferredFilter = filter
  }

  /// Lists only these Deferreds, one below the other.
  mutating func filterDeferreds(_ query: Query?) {
    if query != nil { deferredsView = .tree }
    deferredFilter = query.map { DeferredFilter($0) }
    lookAtDeferreds(isGlance: false)
    // The row that is marked is the one whose chain is shown.
    if let filter = deferredFilter, !filter.ids.isEmpty { selectedDeferred(of: filter.ids).map { hold($0) } }
  }

  /// The Deferreds that are listed one below the other; nil where they stand as a tree, or by place.
  package var listedDeferreds: [Int32]? {
    switch deferredsView {
    case .tree: deferredFilter?.ids
    case .site(let site): timeline.deferreds(ofSite: site)
    case .sites: nil
    }
  }

  /// The one of a list whose row is selected: what is held, or shown, or the last before that.
  func selectedDeferred(of ids: [Int32]) -> DeferredID? {
    guard !ids.isEmpty, let wanted = selection.deferred ?? shownDeferred else {
      return ids.first.map(Int.init)
    }
    return Int(ids[max(0, placeAfter(wanted, in: ids) - 1)])
  }

  mutating func moveInDeferreds(_ ids: [Int32], _ move: RowMove) {
    guard let id = selectedDeferred(of: ids) else { return }
    hold(Int(ids[move.target(from: placeAfter(id, in: ids) - 1, count: ids.count)]))
  }
}
