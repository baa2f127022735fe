import ArgumentParser
import Scenarios

/// How much a run may do before it counts as one that never ends.
struct BoundOptions: ParsableArguments {
  @Option(
    name: .customLong("max-timer-calls"),
    help: "Let the clock make this many calls before the run counts as endless.")
  var timerCalls = 20_000

  @Option(
    name: .customLong("max-handler-calls"),
    help: "Let the scenario's handlers be called this often before the run counts as endless.")
  var handlerCalls = 50_000

  var bounds: Bounds { Bounds(timerCalls: timerCalls, handlerCalls: handlerCalls) }

  func validate() throws {
    guard timerCalls > 0, handlerCalls > 0 else {
      throw ValidationError("A bound must be a whole number above 0.")
    }
  }
}

/// Whether a trace is read on while its program writes to it.
struct FollowOption: ParsableArguments {
  @Flag(help: "Wait for a trace that is not there yet, and read on while it grows, until it is closed.")
  var follow = false
}

/// The help of every argument that names a scenario.
let scenarioHelp: ArgumentHelp = "A scenario file, - for standard input, or the name of an embedded scenario."
