import Explorer

/// The numbers of a trace as one JSON object; times are microseconds.
struct StatsJSON {
  let stats: TraceStats

  var object: JSONTree {
    .object([
      member("title", .string(stats.title)), member("events", number(stats.events)),
      member("first_us", .number(String(stats.firstTime))),
      member("last_us", .number(String(stats.lastTime))),
      member("dropped", number(stats.dropped)), member("fault", stats.fault.map { .string($0) } ?? .null),
      member("closed", stats.closing.map { .string($0) } ?? .null),
      member("filter", .array(stats.filter.map { .string($0) })),
      member("deferreds", outcomes(stats.deferreds, waiting: true)),
      member("site_count", number(stats.siteCount)), member("sites", .array(stats.sites.map(site))),
      member("failures", .array(stats.failures.map(failure))), member("waits", .array(stats.waits.map(wait))),
      member("running", .array(stats.running.map(running))),
      member("timers", counts(stats.timers)), member("kinds", counts(stats.kinds)),
      member("threads", counts(stats.threads)),
    ])
  }

  private func member(_ key: String, _ value: JSONTree) -> JSONTree.Member {
    JSONTree.Member(key: key, value: value)
  }
  private func number(_ number: Int) -> JSONTree { .number(String(number)) }

  private func counts(_ counts: [TraceStats.Count]) -> JSONTree {
    .array(counts.map { .object([member("name", .string($0.name)), member("count", number($0.count))]) })
  }

  private func outcomes(_ outcomes: TraceStats.Outcomes, waiting: Bool = false) -> JSONTree {
    var members = [
      member("made", number(outcomes.made)), member("fine", number(outcomes.fine)),
      member("failed", number(outcomes.failed)), member("passed_on", number(outcomes.passedOn)),
      member("unhandled", number(outcomes.unhandled)),
      member("not_fired", number(outcomes.notFired)), member("stalled", number(outcomes.stalled)),
      member("running", number(outcomes.running)),
      member("collected", number(outcomes.collected)),
    ]
    if waiting {
      members += [
        member("waiting", number(outcomes.waiting)),
        member("fired_elsewhere", number(outcomes.firedElsewhere)),
        member("earlier", number(outcomes.earlier)),
      ]
    }
    return .object(members)
  }

  private func site(_ site: TraceStats.SiteCount) -> JSONTree {
    .object([
      member("name", .string(site.name)), member("place", site.place.isEmpty ? .null : .string(site.place)),
      member("deferreds", outcomes(site.outcomes)),
    ])
  }

  private func failure(_ failure: TraceStats.FailureCount) -> JSONTree {
    .object([
      member("type", .string(failure.type)), member("fate", .string(failure.fate.word)),
      member("count", number(failure.count)),
    ])
  }

  private func running(_ running: TraceStats.Running) -> JSONTree {
    .object([
      member("name", .string(running.name)),
      member("place", running.place.isEmpty ? .null : .string(running.place)),
      member("step", number(running.step)), member("thread", .string(running.thread)),
    ])
  }

  private func wait(_ wait: TraceStats.Wait) -> JSONTree {
    .object([
      member("us", .number(String(wait.span))), member("who", .string(wait.who)),
      member("on", .string(wait.on)),
      member("step", number(wait.step)), member("over", .bool(wait.isOver)),
      member("doubtful", .bool(wait.isDoubtful)),
    ])
  }
}
