import Explorer
import Screen
import Traces

/// The numbers of a trace as a page of text.
struct StatsText {
  let stats: TraceStats

  var lines: [String] {
    var lines = [cleaned(stats.title), ""]
    lines += head
    lines += section("Not over at the end", stats.running.map { row($0) })
    lines += section("Deferreds", deferreds)
    lines += section("Made most by", stats.sites.map { row($0) }, of: stats.siteCount)
    lines += section(
      "Failures", stats.failures.prefix(TraceStats.listLimit).map { row($0) }, of: stats.failures.count)
    lines += section("Longest waits", stats.waits.prefix(10).map { row($0) })
    lines += section(
      "Busiest timers", stats.timers.prefix(10).map { row($0.count, $0.name) }, of: stats.timers.count)
    lines += section("Events by kind", stats.kinds.map { row($0.count, $0.name) })
    if stats.threads.count > 1 {
      lines += section(
        "Events by thread", stats.threads.prefix(10).map { row($0.count, $0.name) }, of: stats.threads.count)
    }
    return lines
  }

  private var head: [String] {
    let span = secondsText(trapline.span(from: stats.firstTime, to: stats.lastTime))
    let events = stats.events == 1 ? "1 event" : "\(stats.events) events"
    var lines = ["\(events) in \(span) s, from \(secondsText(stats.firstTime)) s on"]
    if stats.dropped > 0 {
      let missing = stats.dropped == 1 ? "1 event is missing" : "\(stats.dropped) events are missing"
      let them = stats.dropped == 1 ? "it" : "them"
      lines.append("DROPPED: \(missing), the recorder did not keep \(them)")
    }
    let why = stats.closing.map { " (\(cleaned($0)))" } ?? ""
    let whole = "\(stats.dropped > 0 ? "" : "whole: it was ")closed by its recorder\(why)"
    lines.append(stats.fault.map { "not whole: \(cleaned($0))" } ?? whole)
    if !stats.filter.isEmpty {
      lines.append("in part: recorded with --filter \(cleaned(stats.filter.joined(separator: " ")))")
    }
    return lines
  }

  private func section(_ title: String, _ rows: [String], of count: Int? = nil) -> [String] {
    guard !rows.isEmpty else { return [] }
    let note = count.map { $0 > rows.count ? " (the first \(rows.count) of \($0))" : "" } ?? ""
    return ["", "\(title)\(note)"] + rows
  }

  private func row(_ count: Int, _ text: String) -> String {
    "\(String(repeating: " ", count: max(0, 9 - String(count).count)))\(count)  \(cleaned(text))"
  }

  private var deferreds: [String] {
    let counts = stats.deferreds
    let rows: [(Int, String)] = [
      (counts.made, "made"), (counts.fine, "with a value at the end"),
      (counts.failed, "with a Failure at the end"),
      (counts.passedOn, "failed, and passed that on to who waited for them"),
      (counts.unhandled, "dropped with a Failure that nobody handled"),
      (counts.notFired, asTold("never fired", elsewise: "not fired")),
      (counts.stalled, asTold("fired, and stalled by another one that a handler returned")),
      (counts.running, asTold("fired, and in the middle of a handler at the end")),
      (counts.waiting, asTold("of all these still wait for another one at the end")),
      (counts.firedElsewhere, "of all these were fired on another thread than they were made on"),
      (counts.collected, "of all these are gone: nobody holds them any more"),
      (
        counts.earlier,
        stats.dropped > 0 ? "more whose making is not told" : "more that were there before the trace began"
      ),
    ]
    return rows.filter { $0.0 > 0 }.map { row($0.0, $0.1) }
  }

  /// What the missing events might have ended is no certainty.
  private func asTold(_ words: String, elsewise: String? = nil) -> String {
    stats.dropped > 0 ? "\(elsewise ?? words), as far as is told" : words
  }

  private func row(_ site: TraceStats.SiteCount) -> String {
    let counts = site.outcomes
    let parts: [(Int, String)] = [
      (counts.unhandled, "unhandled"), (counts.failed, "failed"),
      (counts.passedOn, "failed and passed on"), (counts.notFired, "not fired"),
      (counts.stalled, "stalled"), (counts.running, "in a handler"), (counts.fine, "fine"),
    ]
    let how = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let place = site.place.isEmpty ? "" : "  \(pathInPackages(site.place) ?? site.place)"
    return row(counts.made, "\(site.name)\(place)  (\(how))")
  }

  private func row(_ failure: TraceStats.FailureCount) -> String {
    row(failure.count, "\(failure.type)  \(failure.fate.word)")
  }

  private func row(_ running: TraceStats.Running) -> String {
    let thread = running.thread == "main" ? "" : " in \(running.thread)"
    let place = running.place.isEmpty ? "" : "  \(pathInPackages(running.place) ?? running.place)"
    return cleaned("           \(running.name)\(thread), from step \(running.step)\(place)")
  }

  private func row(_ wait: TraceStats.Wait) -> String {
    let span = "\(secondsText(wait.span)) s"
    let end = (wait.isOver ? "" : ", to the end") + (wait.isDoubtful ? ", as far as is told" : "")
    return String(repeating: " ", count: max(0, 14 - span.count)) + span
      + cleaned("  \(wait.who) on \(wait.on), from step \(wait.step)\(end)")
  }
}
