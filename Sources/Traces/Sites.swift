/// A place of a program where Deferreds are made, or, where no place is known, a way and a name to make them.
public struct Site: Sendable, Hashable {
  /// How they are made: `deferred`, `succeed`, `later`, …
  public let origin: String
  /// The name that all of them have; nil where a place tells them from others.
  public let name: String?
  /// The line that makes them.
  public let place: Place?

  /// Where a Deferred of that origin, name and place is made.
  public init(origin: String, name: String? = nil, place: Place? = nil) {
    self.origin = origin
    self.name = place == nil ? name : nil
    self.place = place
  }

  /// The same for the Deferred of that number, which a recorder puts at the end of its name: `fetch 7`.
  init(of id: Int, origin: String, name: String?, place: Place?) {
    let suffix = " \(id)"
    let common = name.map { $0.hasSuffix(suffix) ? String($0.dropLast(suffix.count)) : $0 }
    self.init(origin: origin, name: common, place: place)
  }
}

/// The creation sites of a trace, numbered from 0 in the order in which they are first heard of.
public final class Sites {
  private var numbers: [Site: Int32] = [:]
  private var sites: [Site] = []
  /// So many are kept apart; more share the last number.
  private static let limit = 100_000

  public init() {}

  /// The number of a site; it gets one if it has none.
  public func number(of site: Site) -> Int32 {
    if let number = numbers[site] { return number }
    if sites.count == Self.limit { sites.append(Site(origin: "others")) }
    guard sites.count < Self.limit else { return Int32(Self.limit) }
    sites.append(site)
    numbers[site] = Int32(sites.count - 1)
    return Int32(sites.count - 1)
  }

  /// The number of the site at which a record makes a Deferred; nil where it makes none.
  public func number(of record: Record) -> Int32? {
    guard case .made(let id, let origin, let name, _) = record.event else { return nil }
    return number(of: Site(of: id, origin: origin, name: name, place: record.place))
  }

  /// The site behind a number.
  public func site(_ number: Int32) -> Site? {
    sites.indices.contains(Int(number)) ? sites[Int(number)] : nil
  }
}

@available(*, unavailable) extension Sites: Sendable {}
