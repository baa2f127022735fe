import Screen

extension Bindings {
  /// Lower case goes forward, upper case goes back.
  static let stepping: [Binding] =
    pairs + [
      Binding(
        ["["], .visitedBack, "Go back to the moment you jumped from.", in: .stepping,
        reverse: .pair(.visitedOn),
        takesCount: true, unless: Reasons.noVisitedBack),
      Binding(
        ["]"], .visitedOn, "Go on again to the moment you came back from.", in: .stepping,
        reverse: .pair(.visitedBack),
        takesCount: true, unless: Reasons.noVisitedOn),
      Binding(
        ["w"], .whence, "Whence: go to the step that made what is selected.", in: .stepping,
        reverse: .pair(.whither),
        unless: Reasons.noSubject),
      Binding(
        ["W"], .whither,
        "Whither: what becomes of what is selected; go to the last step known that it takes part in.",
        in: .stepping, reverse: .pair(.whence), unless: Reasons.noSubject),
    ]

  private static let pairs: [Binding] =
    pair(
      [["s", .right, .function(11)], ["S", .left]], .step, .stepBack,
      "Go one step on; under a filter, to the next step it shows.", "Go one step back.")
    + pair(
      [["o", .function(10)], ["O"]], .over, .overBack,
      "Over: go to the end of this chain's run, or past what the next step calls.",
      "Go back to where this chain's run began, or before what the last step called.")
    + pair(
      [["u", .function(12)], ["U"]], .out, .outBack,
      "Out: go on to where the code that this was fired from continues.",
      "Go back to where this was fired from.")
    + pair(
      [["t"], ["T"]], .nextMoment, .previousMoment,
      "Go to the next virtual moment, when the next timer is due.",
      "Go to the start of this virtual moment, or of the one before.")
    + pair(
      [["e"], ["E"]], .nextFailure, .previousFailure,
      "Go to the next step that a Failure takes part in.",
      "Go to the step before this one that a Failure takes part in.")
    + pair(
      [["$", .end], ["^", .home]], .toEnd, .toStart,
      "Go to the end; a scenario is driven there first. With --follow, stay with the newest step.",
      "Go to the start.", takesCount: false,
      contexts: [.explorer, .gallery, .help])
    + pair(
      [["x"], ["X"]], .nextListed, .previousListed,
      "Go to the birth of the next Failure that is listed.",
      "Go to the birth of the Failure before, of those that are listed.")
    + pair(
      [["n"], ["N"]], .nextMatch, .previousMatch,
      "Go to the next match of the search.", "Go to the match before this step.",
      contexts: [.explorer, .help], needs: Reasons.noSearch)

  /// One way and the other; `keys` are those of the one, then those of the other.
  private static func pair(
    _ keys: [[Key]], _ forward: Command, _ back: Command, _ forwardHelp: String, _ backHelp: String,
    takesCount: Bool = true, contexts: Set<Binding.Context> = [.explorer],
    needs reason: @escaping @Sendable (Model) -> String? = { _ in nil }
  ) -> [Binding] {
    [
      Binding(
        keys[0], forward, forwardHelp, in: .stepping, contexts: contexts, reverse: .pair(back),
        takesCount: takesCount, unless: { reason($0) ?? Reasons.atEnd($0, back) }),
      Binding(
        keys[1], back, backHelp, in: .stepping, contexts: contexts, reverse: .pair(forward),
        takesCount: takesCount, unless: { reason($0) ?? Reasons.atStart($0, forward) }),
    ]
  }

  static let playing: [Binding] = [
    Binding(
      [" "], .play, "Play: step on by itself; again to pause.", in: .playing, reverse: .pair(.playBack),
      unless: Reasons.cannotPlay),
    Binding(
      [.backspace], .playBack, "Play backwards; again to pause.", in: .playing, reverse: .pair(.play),
      unless: Reasons.cannotPlayBack),
    Binding([">"], .faster, "Play faster.", in: .playing, reverse: .pair(.slower), unless: Reasons.fastest),
    Binding(["<"], .slower, "Play slower.", in: .playing, reverse: .pair(.faster), unless: Reasons.slowest),
  ]
}
