/// What tells the processes of several recordings from each other.
struct ProcessLabels {
  /// One for each header: `4711`, or `worker.py 4711` where programs differ; no two are the same.
  let all: [String]

  /// Begins the label of a recording that tells no process.
  static let nameless = "recording"

  /// What stands between the label of a recording and the name of a thread of it.
  static let betweenNames = " · "

  /// A name of a thread as ``RecordSource/recording(ofThread:)`` has it.
  static func parts(_ name: String) -> (label: String, thread: String?) {
    guard let dot = name.firstRange(of: betweenNames) else { return (name, nil) }
    return (String(name[..<dot.lowerBound]), String(name[dot.upperBound...]))
  }

  init(_ headers: [TraceHeader]) {
    let isOneProgram = Set(headers.map(\.program)).count == 1
    var seen: [String: Int] = [:]
    all = headers.map { header in
      let process = header.pid.map { "\($0)" }
      let name = isOneProgram ? process : [header.program, process].compactMap { $0 }.joined(separator: " ")
      let label = (name ?? Self.nameless).split(separator: Self.betweenNames).joined(separator: "·")
      seen[label, default: 0] += 1
      // A process that becomes another program keeps its number.
      return seen[label] == 1 ? label : "\(label) #\(seen[label] ?? 0)"
    }
  }
}
