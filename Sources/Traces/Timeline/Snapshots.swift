/// Worlds kept so that any step can be reached by folding a few records.
///
/// Two kinds are kept. **Marks** stand at every multiple of `interval` over the whole trace; when there are too
/// many, every second one is dropped and the interval doubles, so that their number is bounded whatever the
/// length. **Recent** ones stand every `recentInterval` steps where the cursor has been last, so that going
/// back step by step folds a few records at most, however far apart the marks are.
struct Snapshots {
  /// Up to this many marks: they stand 2,048 steps apart up to 67 million records, which fold in a millisecond.
  /// A mark costs some 20 KB where a few hundred Deferreds are alive: about 10 bytes a record.
  private let markLimit: Int
  /// Folding 32 records takes some ten microseconds: far less than drawing a frame.
  static let recentInterval = 32
  static let recentLimit = 64

  private(set) var interval: Int
  /// By step, at 0, `interval`, 2 `interval`, … without gaps.
  private(set) var marks: [World]
  /// By step.
  private(set) var recent: [World] = []

  init(from start: World, markLimit: Int = 32_768, firstInterval: Int = 2048) {
    marks = [start]
    self.markLimit = markLimit
    interval = firstInterval
  }

  /// Takes the world at the furthest step folded so far, each time that it moves on by one.
  mutating func mark(_ world: World) {
    guard world.step == marks.count * interval else { return }
    marks.append(world)
    guard marks.count > markLimit else { return }
    marks = stride(from: 0, to: marks.count, by: 2).map { marks[$0] }
    interval *= 2
  }

  /// Takes a world where the cursor goes by.
  mutating func remember(_ world: World) {
    guard world.step % Self.recentInterval == 0 else { return }
    let place = Self.place(of: world.step, in: recent)
    if place > 0, recent[place - 1].step == world.step { return }
    recent.insert(world, at: place)
    guard recent.count > Self.recentLimit else { return }
    // The one farther from the cursor goes.
    if world.step - recent[0].step > recent[recent.count - 1].step - world.step {
      recent.removeFirst()
    } else {
      recent.removeLast()
    }
  }

  /// The nearest world at or before `step`.
  func nearest(to step: Int) -> World {
    let mark = marks[min(step / interval, marks.count - 1)]
    let place = Self.place(of: step, in: recent)
    guard place > 0, recent[place - 1].step > mark.step else { return mark }
    return recent[place - 1]
  }

  /// How many of `worlds` are at or before `step`.
  private static func place(of step: Int, in worlds: [World]) -> Int {
    var (low, high) = (0, worlds.count)
    while low < high {
      let middle = (low + high) / 2
      if worlds[middle].step <= step { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
