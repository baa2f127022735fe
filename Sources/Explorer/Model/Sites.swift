package import Traces

/// How the Deferreds panel lists them.
package enum DeferredsView: Equatable, Sendable {
  /// By who waits on whom; under a filter one below the other.
  case tree
  /// By the places that make them, with counts.
  case sites
  /// Those that one place makes.
  case site(Int)
}

/// The creation sites in the order of the list: those of the program before those of libraries, and the busiest first.
package struct SiteOrder: Equatable, Sendable {
  package private(set) var sites: [Int32] = []
  private var lookedAt = 0

  package init() {}

  /// Orders them anew when there are more, or a quarter more is known.
  mutating func look(_ timeline: Timeline) {
    let world = timeline.frontier
    let count = world.sites.count
    guard count > 0, count != sites.count || world.step - lookedAt > lookedAt / 4 else { return }
    lookedAt = world.step
    let keys = (0..<count).map { id -> (isLibrary: Bool, made: Int, id: Int) in
      let state = world.sites[id]
      return (state.site.place?.isOfLibrary ?? true, state.made, id)
    }
    sites = keys.sorted { one, other in
      if one.isLibrary != other.isLibrary { return other.isLibrary }
      return one.made == other.made ? one.id < other.id : one.made > other.made
    }.map { Int32(clamping: $0.id) }
  }

  /// The row of a site, from 0.
  package func row(of site: Int) -> Int? { sites.firstIndex(of: Int32(clamping: site)) }
}

/// The name that the Deferreds of a place share: that of the first without its number.
///
/// One line may make several kinds, so the kind stands behind what does not say it: `main (list)`.
package func siteName(_ site: SiteState, _ timeline: Timeline) -> String {
  if let name = site.site.name { return name }
  let origin = site.site.origin
  let first = timeline.deferreds(ofSite: site.id).first.flatMap { timeline.frontier.deferreds.at(Int($0)) }
  guard let name = first?.givenName.map({ withoutNumber($0) }) else { return origin }
  let isPlain = ["deferred", "generator", "found"].contains(origin)
  return isPlain || name.lowercased().contains(origin) ? name : "\(name) (\(origin))"
}

extension Session {
  /// The site whose row is selected: by itself that of the Deferred that is shown.
  package var shownSite: Int? {
    guard !siteOrder.sites.isEmpty else { return nil }
    if let selected = selection.site, siteOrder.sites.count > selected { return selected }
    return shownDeferred.flatMap { timeline.world.deferreds.at($0)?.site } ?? Int(siteOrder.sites[0])
  }

  /// What the Deferreds panel has selected.
  var deferredsSubject: Subject? {
    if deferredsView == .sites { return shownSite.map { .site($0) } }
    guard let ids = listedDeferreds else { return shownDeferred.map { .deferred($0) } }
    return selectedDeferred(of: ids).map { .deferred($0) }
  }

  mutating func moveInSites(_ move: RowMove) {
    guard let site = shownSite else { return }
    let row = move.target(from: siteOrder.row(of: site) ?? 0, count: siteOrder.sites.count)
    selection.site = Int(siteOrder.sites[row])
  }

  /// Shows the Deferreds that one place makes.
  mutating func enter(site: Int) -> Message? {
    selection.site = site
    selection.deferred = nil
    deferredsView = .site(site)
    // The row that is marked is the one whose chain is shown.
    if let id = selectedDeferred(of: timeline.deferreds(ofSite: site)) { hold(id) }
    return .info("The Deferreds of one place; Esc shows all places again, v the tree.")
  }

  mutating func turnDeferredsView() -> Message {
    switch deferredsView {
    case .tree:
      deferredsView = .sites
      return .info(
        "Deferreds by the place that makes them; Enter shows those of one place, v the tree again.")
    case .sites, .site:
      deferredsView = .tree
      return .info(
        deferredFilter.map { "Deferreds with \($0.query.text)." } ?? "Deferreds by who waits on whom.")
    }
  }
}
