/// What tells the processes of several recordings from each other.
struct ProcessLabels {
  /// One for each header: `4711`, or `worker.py 4711` where programs differ; no two are the same.
  let all: [String]

  init(_ headers: [TraceHeader]) {
    let isOneProgram = Set(headers.map(\.program)).count == 1
    var seen: [String: Int] = [:]
    all = headers.map { header in
      let process = header.pid.map { "\($0)" }
      let name = isOneProgram ? process : [header.program, process].compactMap { $0 }.joined(separator: " ")
      let label = name ?? "recording"
      seen[label, default: 0] += 1
      // A process that becomes another program keeps its number.
      return seen[label] == 1 ? label : "\(label) #\(seen[label] ?? 0)"
    }
  }
}
