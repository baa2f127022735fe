package import Deferreds

/// One run of a scenario: live Deferreds on a virtual clock, driven call by call.
///
/// `setUp()` once, `advance()` until it says no, `finish()` at the end; nothing runs in between. What happens
/// goes to the observation as it happens. A run whose `fault` is set has ended: it does nothing any more.
package final class ScenarioRun {
  package let scenario: Scenario
  package let bounds: Bounds
  /// The watcher of everything that this run makes.
  package let observation: Observation
  /// Why the run ended early, once it did.
  package internal(set) var fault: RunFault?
  /// What became of each expectation whose moment has come, in the order in which they came.
  package internal(set) var expectationResults: [ExpectationResult] = []

  /// How many records there were when everything was made and nothing had run: a good place to look first.
  package internal(set) var openingStep = 0

  let clock: VirtualClock
  let tap: RunTap
  var journal: Journal
  var driver: Driver
  var pendingExpectations: [Expectation]
  /// The current number of records, for whoever wants to say at which step something came.
  let step: () -> Int

  // What exists, by the names that the scenario uses.
  var deferreds: [String: RunDeferred] = [:]
  var loops: [String: RunLoop] = [:]
  var tasks: [String: RunTask] = [:]
  var declaredTasks: [String: TaskDeclaration] = [:]
  var cooperators: [String: Cooperator] = [:]
  var sharing: [String: Sharing] = [:]
  var calls: [String: DelayedCall] = [:]
  /// By the name that a timer is shown under: who speaks in the log when it raises.
  var callOwners: [String: String] = [:]

  /// Every Deferred under every name of its own, in the order in which they were made.
  var made: [RunDeferred] = []
  var madeByName: [String: RunDeferred] = [:]
  var namesByChain: [ObjectIdentifier: RunDeferred] = [:]
  var labels = Labels()
  var callLabels = Labels()

  /// How often each place in the file that has `each` has been called.
  var turns: [Int]
  var ticks: [String: Int] = [:]
  /// Who runs now, innermost last: the owner of what is logged.
  var running: [String] = []
  var meter: Meter

  /// - Parameters:
  ///   - bounds: what it may do before it counts as endless.
  ///   - observer: who hears what happens, if anyone does.
  ///   - records: whether `observed` is wanted in the end; without it a long run keeps no history.
  ///   - step: the number of records so far.
  package init(
    _ scenario: Scenario, bounds: Bounds = Bounds(), observer: (any ChainObserver)? = nil,
    records: Bool = false, step: @escaping () -> Int = { 0 }
  ) {
    self.scenario = scenario
    self.bounds = bounds
    self.step = step
    tap = RunTap(passingOnTo: observer, scenario: scenario, step: step)
    let observation = Observation(tap)
    self.observation = observation
    clock = Observation.with(observation) {
      VirtualClock(stepping: scenario.drive == .each ? .each : .jump)
    }
    journal = Journal(for: scenario.expectations, recordsAll: records)
    driver = Driver()
    pendingExpectations = scenario.expectations
    turns = Array(repeating: 0, count: scenario.counters)
    meter = Meter(bounds, for: scenario)
    tap.run = self
  }
}

@available(*, unavailable) extension ScenarioRun: Sendable {}
