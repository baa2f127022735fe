/// What tells the processes of several recordings from each other.
struct ProcessLabels {
  /// One for each header: `4711`, or `worker.py 4711` where programs differ; no two are the same.
  let all: [String]

  /// Begins the label of a recording that tells no process.
  static let nameless = "recording"

  /// What stands between the label of a recording and the name of a thread of it.
  private static let betweenNames = " · "

  /// What a thread of a recording is called beside those of others; one without a name is the main one.
  ///
  /// Nobody takes that apart again: a thread may be called anything.
  static func name(_ label: String, _ thread: String?) -> String {
    thread.map { "\(label)\(betweenNames)\($0)" } ?? label
  }

  init(_ headers: [TraceHeader]) {
    let isOneProgram = Set(headers.map(\.program)).count == 1
    var labels = UniqueLabels()
    all = headers.map { header in
      let process = header.pid.map { "\($0)" }
      let name = isOneProgram ? process : [header.program, process].compactMap { $0 }.joined(separator: " ")
      return labels.take(name ?? Self.nameless)
    }
  }
}

/// Labels of which no two are the same: a process that becomes another program keeps its number.
struct UniqueLabels {
  private var known: Set<String> = []
  private var counts: [String: Int] = [:]

  /// The label, or `label #2` where that is another's.
  mutating func take(_ label: String) -> String {
    while true {
      let count = counts[label, default: 0] + 1
      counts[label] = count
      let taken = count == 1 ? label : "\(label) #\(count)"
      if known.insert(taken).inserted { return taken }
    }
  }
}
