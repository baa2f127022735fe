/// Stepping by itself: which way, and how fast.
package struct Playback: Equatable, Sendable {
  package enum Direction: Sendable { case forward, back }

  /// nil while it stands still.
  package var direction: Direction?
  /// The place in ``speeds``.
  package private(set) var speedIndex = 3

  package init() {}

  /// Steps a second that can be chosen: slow enough to read a sentence, up to what a screen can show.
  package static let speeds: [Double] = [0.25, 0.5, 1, 2, 5, 10, 20, 50]

  package var isPlaying: Bool { direction != nil }
  package var stepsPerSecond: Double { Self.speeds[speedIndex] }
  package var isSlowest: Bool { speedIndex == 0 }
  package var isFastest: Bool { speedIndex == Self.speeds.count - 1 }

  /// `2 steps a second`, `a step every 4 seconds`.
  package var speedText: String {
    let speed = stepsPerSecond
    if speed < 1 { return "a step every \(Int(1 / speed)) seconds" }
    return speed == 1 ? "1 step a second" : "\(Int(speed)) steps a second"
  }

  /// How long a step stays on the screen, in milliseconds.
  package var interval_ms: Int { Int(1000 / stepsPerSecond) }

  /// The speed of the list that is nearest.
  mutating func setSpeed(near speed: Double) {
    let speeds = Self.speeds.indices
    speedIndex = speeds.min { abs(Self.speeds[$0] - speed) < abs(Self.speeds[$1] - speed) } ?? speedIndex
  }

  package mutating func changeSpeed(by places: Int) {
    speedIndex = min(max(0, speedIndex + places), Self.speeds.count - 1)
  }
}
