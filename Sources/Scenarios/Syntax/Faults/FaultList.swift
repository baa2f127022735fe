/// Collects the faults of one file, each once, and no more than a person will read.
final class FaultList {
  /// How many are listed; the others are counted.
  static let most = 100

  /// How many are remembered, from which the first in file order are listed.
  private static let mostRemembered = 1_000

  private let file: String
  private let excerpt: (Mark) -> SourceText.Excerpt
  private var faults: [Found] = []
  private var seen: Set<Key> = []
  private(set) var errorCount = 0

  private struct Key: Hashable {
    var mark: Mark
    var message: String
  }

  private struct Found {
    var mark: Mark
    var message: String
    var hint: String?
    var severity: Fault.Severity
  }

  /// Nothing more is remembered, so looking for more is of no use.
  var isFull: Bool { faults.count >= Self.mostRemembered }

  /// - Parameters:
  ///   - file: the name to report.
  ///   - excerpt: what to show of the line at a place.
  init(file: String, excerpt: @escaping (Mark) -> SourceText.Excerpt) {
    self.file = file
    self.excerpt = excerpt
  }

  func add(_ mark: Mark, _ message: String, hint: String? = nil, severity: Fault.Severity = .error) {
    guard faults.count < Self.mostRemembered else {
      if severity == .error { errorCount += 1 }
      return
    }
    // What an alias brings in twice is wrong once.
    guard seen.insert(Key(mark: mark, message: message)).inserted else { return }
    if severity == .error { errorCount += 1 }
    faults.append(Found(mark: mark, message: message, hint: hint, severity: severity))
  }

  /// All that was found, in file order; how many more there are counts errors only.
  var report: ScenarioFaults {
    let listed = list(faults)
    let errors = listed.count { $0.severity == .error }
    return ScenarioFaults(faults: listed, unlisted: errorCount - errors)
  }

  var warnings: [Fault] { list(faults.filter { $0.severity == .warning }) }

  private func list(_ found: [Found]) -> [Fault] {
    let inOrder = found.sorted { ($0.mark, $0.message) < ($1.mark, $1.message) }
    return inOrder.prefix(Self.most).map { found in
      Fault(
        file: file, line: found.mark.line, column: found.mark.column, message: found.message,
        hint: found.hint, severity: found.severity, excerpt: excerpt(found.mark))
    }
  }
}
