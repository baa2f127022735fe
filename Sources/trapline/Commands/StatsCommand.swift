import ArgumentParser
import Screen
import Traces

/// `trapline stats`: what a trace comes to in numbers.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Sum up a trace: events, Deferreds, Failures, waits, timers, threads.",
    discussion: """
      Deferreds by outcome and by the places that make most of them, Failures by type and by what became of them, the \
      longest waits, the busiest timers; how long it took, what the recorder dropped, and whether it was closed. As \
      json: one object; its times are microseconds.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Option(help: "What to print.") var format = Format.text
  @OptionGroup var following: FollowOption
  @OptionGroup var limits: BoundOptions
  @Argument(help: sourceHelp, completion: .file(extensions: ["yaml", "yml", "jsonl", "gz"])) var files:
    [String]

  func validate() throws { if files.isEmpty { throw ValidationError("Name a trace.") } }

  func run() throws {
    var gathering = StatsGathering(try source(of: files, bounds: limits.bounds, follows: following.follow))
    let stats = gathering.run()
    var output = Output()
    switch format {
    case .text: for line in StatsText(stats: stats).lines { try output.line(line) }
    case .json: try output.line(StatsJSON(stats: stats).object.text)
    }
    try output.flush()
  }
}
