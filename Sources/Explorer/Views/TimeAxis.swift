/// Where times stand on a line so many columns wide: evenly, or with long gaps between them cut short.
struct TimeAxis {
  private var times: [Int64]
  private var columns: [Int]
  /// Where a gap is cut short, two columns each.
  private(set) var breaks: [Int] = []

  /// - Parameters:
  ///   - start: the time at the left.
  ///   - others: the times that are marked; the last of them stands at the right.
  ///   - compressesGaps: whether a gap of more than so many times the median is drawn shorter than it is.
  init(from start: Int64, through others: [Int64], width: Int, compressesGaps: Bool) {
    times = [start] + Set(others.filter { $0 > start }).sorted()
    // In floating point, for a product of two long times does not fit.
    let gaps = zip(times, times.dropFirst()).map { Double($1) - Double($0) }
    let longest = compressesGaps && gaps.count > 1 ? 4 * gaps.sorted()[(gaps.count - 1) / 2] : .infinity
    let drawn = gaps.map { min($0, longest) }
    let total = max(1, drawn.reduce(0, +))
    columns = [0]
    var sum = 0.0
    for (gap, length) in zip(gaps, drawn) {
      let before = columns[columns.count - 1]
      sum += length
      columns.append(Int(sum / total * Double(width - 1)))
      if gap > 2 * longest, columns[columns.count - 1] - before >= 5 {
        breaks.append((before + columns[columns.count - 1]) / 2)
      }
    }
  }

  /// The column of one of the times.
  func column(of time: Int64) -> Int {
    times.firstIndex(of: time).map { columns[$0] } ?? 0
  }
}
