/// A growing set of steps, one bit each, so that the next one is found in O(log n).
///
/// Over the words stands a bit for each that is not empty, over these the same again, and so on.
package struct StepSet: Sendable {
  private var levels: [[UInt64]] = [[]]
  /// How many steps are in it.
  package private(set) var count = 0

  package init() {}

  /// Takes a step that is greater than all that are in it.
  mutating func append(_ step: Int) {
    count += 1
    var place = step
    var level = 0
    while true {
      let word = place >> 6
      while levels[level].count <= word { levels[level].append(0) }
      levels[level][word] |= 1 << UInt64(place & 63)
      level += 1
      if level == levels.count {
        guard levels[level - 1].count > 1 else { return }
        // The level below has outgrown one word: one that tells of its words begins.
        levels.append([levels[level - 1][0] == 0 ? 0 : 1])
      }
      place = word
    }
  }

  /// The first one after `step`.
  package func next(after step: Int) -> Int? {
    var place = max(step + 1, 0)
    var level = 0
    while level < levels.count {
      let words = levels[level]
      if place >> 6 < words.count {
        let rest = words[place >> 6] >> UInt64(place & 63)
        if rest != 0 { return descend(place + rest.trailingZeroBitCount, from: level) }
      }
      place = (place >> 6) + 1
      level += 1
    }
    return nil
  }

  private func descend(_ place: Int, from level: Int) -> Int {
    var place = place
    for level in stride(from: level - 1, through: 0, by: -1) {
      place = place << 6 | levels[level][place].trailingZeroBitCount
    }
    return place
  }

  /// The last one before `step`.
  package func previous(before step: Int) -> Int? {
    var place = step - 1
    var level = 0
    while level < levels.count, place >= 0 {
      let words = levels[level]
      if place >> 6 >= words.count { place = words.count << 6 - 1 }
      if place >= 0 {
        let rest = words[place >> 6] << UInt64(63 - (place & 63))
        if rest != 0 { return ascend(place - rest.leadingZeroBitCount, from: level) }
      }
      place = (place >> 6) - 1
      level += 1
    }
    return nil
  }

  private func ascend(_ place: Int, from level: Int) -> Int {
    var place = place
    for level in stride(from: level - 1, through: 0, by: -1) {
      place = place << 6 | (63 - levels[level][place].leadingZeroBitCount)
    }
    return place
  }
}
