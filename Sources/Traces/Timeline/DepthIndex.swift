/// How deep each record is nested, so that the next or previous one above some depth is found in O(log n).
///
/// Over the depths stand the least of each 64, over these the least of each 64 of them, and so on.
package struct DepthIndex {
  private var levels: [[Int16]] = [[]]

  package init() {}

  /// How many records there are.
  package var count: Int { levels[0].count }

  mutating func append(_ depth: Int32) {
    let depth = max(0, Int16(clamping: depth))
    var place = levels[0].count
    var level = 0
    levels[0].append(depth)
    while true {
      place >>= 6
      level += 1
      if level == levels.count {
        guard levels[level - 1].count > 64 else { return }
        levels.append([levels[level - 1].prefix(64).min() ?? depth])
      }
      if place == levels[level].count {
        levels[level].append(depth)
      } else {
        levels[level][place] = min(levels[level][place], depth)
      }
    }
  }

  /// The depth of the record that leads to `step`.
  package func depth(at step: Int) -> Int? {
    step >= 1 && step <= count ? Int(levels[0][step - 1]) : nil
  }

  /// The first step after `step` at a depth of at most `depth`.
  package func next(after step: Int, depth: Int) -> Int? {
    let limit = Int16(clamping: depth)
    var place = max(step, 0)
    var level = 0
    while place < levels[level].count {
      if levels[level][place] <= limit {
        if level == 0 { return place + 1 }
        level -= 1
        place <<= 6
      } else {
        place += 1
        // At the end of a block the next one is asked as a whole.
        while place & 63 == 0, level + 1 < levels.count {
          place >>= 6
          level += 1
        }
      }
    }
    return nil
  }

  /// The last step before `step` at a depth of at most `depth`.
  package func previous(before step: Int, depth: Int) -> Int? {
    let limit = Int16(clamping: depth)
    var place = min(step - 2, count - 1)
    var level = 0
    while place >= 0 {
      if levels[level][place] <= limit {
        if level == 0 { return place + 1 }
        level -= 1
        place = min(place << 6 | 63, levels[level].count - 1)
      } else {
        while place & 63 == 0, level + 1 < levels.count {
          place >>= 6
          level += 1
        }
        place -= 1
      }
    }
    return nil
  }
}
