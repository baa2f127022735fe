import ArgumentParser
import Explorer
import Screen
import Traces

/// `trapline why`: the story of a Failure as text.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Tell where a Failure was born, what it met and how it ended.",
    usage: "trapline why [<options>] <file> ... [<failure>]",
    discussion: """
      Without a FAILURE it tells of each that nobody handled, that was logged, that was swallowed or that is still \
      on its way; where several went the same way, the story of the first, and the numbers of the others. All other \
      Failures get a line for each kind.

      FAILURE is a number, counted from 1 in order of birth and shown in brackets, or a type: all Failures of that \
      type or of one below it. A single one is told to its end, together with what took its place.

      Traces of several processes are read as one: a.jsonl b.jsonl ValueError. The last word is a FAILURE if no file \
      has that name.
      """)

  @OptionGroup var limits: BoundOptions
  @Argument(
    help: ArgumentHelp(
      "\(sourceText), or several traces; then a Failure's number, or a type.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "jsonl", "gz"]))
  var words: [String]

  func validate() throws { if words.isEmpty { throw ValidationError("Name a scenario or a trace.") } }

  func run() throws {
    let (files, failure) = Self.parts(of: words)
    let timeline = try wholeTimeline(of: files, bounds: limits.bounds)
    let stories = timeline.stories
    var output = Output()
    var isMissed = false
    // Where none is, the one that was asked for is not what went wrong.
    if let failure, !stories.world.failures.isEmpty {
      var asked = stories.world.failures.filter { $0.isMeant(by: failure) }.map(\.id)
      // One that is asked for by itself is told to the end, in whatever became of it.
      var leftOut = 0
      if asked.count == 1 { (asked, leftOut) = stories.chain(from: asked[0]) }
      try tell(asked, leftOut: leftOut, of: stories, isFirst: true, to: &output)
      isMissed = asked.isEmpty
      if isMissed { try output.line(cleaned(none(of: failure, in: stories.world.failures.count))) }
    } else {
      try tellMissing(in: stories.world, to: &output)
      try sumUp(stories, to: &output)
      try tellEnd(of: timeline, stories.world, to: &output)
      isMissed = failure != nil
    }
    try output.flush()
    let contradicted = stories.world.contradictedAt
    if contradicted > 0 {
      writeError(
        "trapline: the trace contradicts itself: what step \(contradicted) makes was there before that\n")
    }
    if let fault = timeline.source.fault { writeError("trapline: \(cleaned(fault))\n") }
    if isMissed { throw Ending.missed.exitCode }
  }

  /// The files that are named, and the Failure after them, if one is.
  static func parts(of words: [String]) -> (files: [String], failure: String?) {
    guard words.count > 1, let last = words.last, !namesFile(last) else { return (words, nil) }
    return (Array(words.dropLast()), last)
  }

  /// Whether a person means a file, and not a number or a type.
  private static func namesFile(_ word: String) -> Bool {
    if Int(word) != nil { return false }
    return word == "-" || [".jsonl", ".gz", ".yaml", ".yml"].contains { word.hasSuffix($0) } || isFile(word)
  }

  private func tell(
    _ id: FailureID, of stories: Stories, isFirst: Bool, to output: inout Output
  ) throws {
    guard let state = stories.world.failures.at(id) else { return }
    if !isFirst { try output.line() }
    try output.line(cleaned("\(id + 1). \(state.title)"))
    for line in stories.why(id) { try output.line("   \(cleaned(line))") }
  }

  /// Failures one after the other, some of which may be left out before the last.
  private func tell(
    _ ids: [FailureID], leftOut: Int, of stories: Stories, isFirst: Bool, to output: inout Output
  ) throws {
    for (place, id) in ids.enumerated() {
      if leftOut > 0, place == ids.count - 1 {
        try output.line()
        try output.line("… \(leftOut) more in between, each in the place of the one before, then:")
      }
      try tell(id, of: stories, isFirst: isFirst && place == 0, to: &output)
    }
  }

  /// What an engineer asks first: what went wrong?
  private func sumUp(_ stories: Stories, to output: inout Output) throws {
    guard stories.world.step > 0 else { return try output.line("There is nothing in it.") }
    let kin = stories.kin
    let told = kin.filter { $0.concern < .handled }
    let others = kin.filter { $0.concern >= .handled }
    for (place, group) in told.enumerated() {
      try tell(group.chain, leftOut: group.leftOut, of: stories, isFirst: place == 0, to: &output)
      let rest = Array(group.members.dropFirst())
      if !rest.isEmpty { try output.line("   The same way went \(rest.count) more: \(listed(rest)).") }
    }
    if told.isEmpty {
      let silent = others.filter { $0.concern == .silentInPackage }
        .reduce(0) { $0 + $1.members.count * $1.chain.count }
      let world = stories.world
      try output.line(
        Self.nothingToTell(of: world.failures.count, silentInPackages: silent, isPart: world.dropped > 0))
      if stories.world.failures.isEmpty { for line in Hangs(of: stories).lines { try output.line(line) } }
    }
    if !others.isEmpty {
      try output.line()
      if !told.isEmpty { try output.line("Besides, in short:") }
      for group in others { try output.line(short(group)) }
    }
    let hangs = stories.world.failures.isEmpty ? [] : Hangs(of: stories).brief
    if !hangs.isEmpty { try output.line() }
    for line in hangs { try output.line(line) }
  }

  /// `4 × KeyError: eggs: trapped by fall_back (3, 5, 8, 9)`
  private func short(_ group: FailureKin) -> String {
    let times = group.members.count == 1 ? "" : "\(group.members.count) × "
    let title = group.title.count > 70 ? group.title.prefix(69) + "…" : group.title
    return "   \(cleaned("\(times)\(title): \(group.end)")) (\(listed(group.members)))"
  }

  /// Numbers as a person types them: `3, 5, 8 and 12 more`.
  private func listed(_ ids: [FailureID]) -> String {
    let most = ids.count > 6 ? 5 : 6
    let numbers = ids.prefix(most).map { "\($0 + 1)" }.joined(separator: ", ")
    return ids.count > most ? "\(numbers) and \(ids.count - most) more" : numbers
  }

  /// That not all is there, before anything is said of what is.
  private func tellMissing(in world: World, to output: inout Output) throws {
    guard world.dropped > 0 else { return }
    let events = counted(world.dropped, "event")
    let verb = world.dropped == 1 ? "is" : "are"
    try output.line("NOT ALL IS THERE: \(events) \(verb) missing, which the recorder did not keep.")
    try output.line()
  }

  /// What stands above the list where no story has to be told; a package's silence is often just its way.
  ///
  /// - Parameter isPart: whether there may have been more.
  static func nothingToTell(of count: Int, silentInPackages silent: Int, isPart: Bool = false) -> String {
    let start = isPart ? "In what is left there" : "There"
    let packages = silent == 1 ? "an installed package" : "installed packages"
    let wereSwallowed = silent == 1 ? "1 was swallowed" : "\(silent) were swallowed"
    switch (count, silent, count - silent) {
    case (0, _, _): return "\(start) is no Failure."
    case (1, 0, _): return "\(start) is 1 Failure, and it was handled."
    case (_, 0, _): return "\(start) are \(count) Failures, and each was handled."
    case (1, _, _): return "\(start) is 1 Failure, and it was swallowed by an installed package."
    case (_, _, 0): return "\(start) are \(count) Failures, and each was swallowed by an installed package."
    case (_, _, 1):
      return "\(start) are \(count) Failures: \(wereSwallowed) by \(packages), the other was handled."
    default:
      return
        "\(start) are \(count) Failures: \(wereSwallowed) by \(packages), the others were handled."
    }
  }

  /// What the trace ends in, where it ends in the middle: where its program hangs, or ended itself, that is there.
  private func tellEnd(of timeline: Timeline, _ world: World, to output: inout Output) throws {
    let running = timeline.unfinished
    guard !running.isEmpty else {
      // Who asks what a program was in the middle of that did not end by itself is told that, too.
      guard timeline.source.fault != nil, world.step > 0, world.dropped == 0 else { return }
      return try output.line("\nAt its end no handler and no timed call was running.")
    }
    try output.line()
    for code in running {
      let place = code.place.map { " (\(placeText($0)))" } ?? ""
      let thread =
        timeline.source.threadName(code.thread).map { " in \(timeline.source.words(forThread: $0))" } ?? ""
      let what = "\(code.name)\(thread)\(place), from step \(code.step) on"
      try output.line(cleaned("Not over at the end: \(what)."))
    }
  }

  private func none(of failure: String, in count: Int) -> String {
    count == 1
      ? "There is 1 Failure, and it is no \(failure)."
      : "There are \(count) Failures, and none is \(failure)."
  }
}

extension FailureState {
  /// Whether a person names it so: by its number from 1, its type, or one above that.
  fileprivate func isMeant(by name: String) -> Bool {
    Int(name).map { $0 == id + 1 } ?? (type == name || parents.contains(name))
  }
}
