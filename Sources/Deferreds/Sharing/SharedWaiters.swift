/// The Deferreds that wait for their turn at something shared, first come first served.
///
/// Where one is cancelled a hole stays until the row is compacted, so that neither taking the first
/// nor cancelling any costs more as the row grows.
struct SharedWaiters {
  private var row: [(chain: Chain, gift: Outcome?)?] = []
  private var first = 0
  private(set) var count = 0

  /// - Parameter gift: what the chain is fired with when its turn comes; nil where whoever keeps this row
  ///   knows it by then. A keeper that put itself here would keep itself alive.
  mutating func append(_ chain: Chain, gift: Outcome? = nil) {
    row.append((chain, gift))
    count += 1
  }

  mutating func popFirst() -> (chain: Chain, gift: Outcome?)? {
    while first < row.count {
      let entry = row[first]
      row[first] = nil
      first += 1
      guard let entry else { continue }
      count -= 1
      compact()
      return entry
    }
    return nil
  }

  mutating func remove(_ chain: Chain) {
    guard let index = row[first...].firstIndex(where: { $0?.chain === chain }) else { return }
    row[index] = nil
    count -= 1
    compact()
  }

  private mutating func compact() {
    guard row.count > 32, row.count > 4 * count else { return }
    row = Array(row[first...].filter { $0 != nil })
    first = 0
  }
}

extension Chain {
  /// That it waits for its turn now.
  var asked: SharedTurn? { tag.map { .asked($0.id) } }
  /// That its turn has come.
  var given: SharedTurn? { tag.map { .given($0.id) } }
  /// That it waits no more.
  var gaveUp: SharedTurn? { tag.map { .gaveUp($0.id) } }
}
