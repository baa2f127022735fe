/// Reads the nodes of a file into a scenario, and collects everything that is wrong with it.
///
/// Functions named after a thing of the format read that thing; they return nil after reporting why there is
/// none, and nothing else looks at the result before the end, where any fault refuses the file.
final class ScenarioReader {
  let source: SourceText
  let faults: FaultList
  var names = NameTable()
  /// Which `each` counter belongs to which place, so that an alias shares the one of its anchor.
  var counters: [Mark: Int] = [:]
  var errorTypes = ErrorTypes()
  /// Every error type that is written somewhere, where it comes first.
  var usedTypes: [String: Mark] = [:]
  /// The names that handlers are given anywhere in the file.
  var handlerNames: Set<String> = []
  /// Where `advance` stands, which only a `drive` list allows.
  var advances: [Mark] = []
  /// Members of combinations made at set-up that nothing above them declares.
  var members: [(name: Name, key: String)] = []
  /// Handlers named from outside, checked once all handlers are known.
  var paths: [HandlerPath] = []

  init(source: SourceText, faults: FaultList) {
    self.source = source
    self.faults = faults
  }

  func fault(_ mark: Mark, _ message: String, hint: String? = nil) {
    faults.add(mark, message, hint: hint)
  }
}

/// What a place in the file can see.
struct Scope {
  /// The variables of the script around it.
  var variables: Set<String> = []
  var isInLoop = false
  var isInExcept = false
  var isAsync = false
  /// At set-up, members must be Deferreds declared above: their names, or nil where names are bound later.
  var declaredAbove: Set<String>?

  /// What a handler written here sees: its own placeholders, and no script's variables.
  var ofHandler: Scope { Scope(isInLoop: isInLoop) }
}

/// Reads a scenario file.
///
/// - Parameters:
///   - bytes: the file's contents; any bytes at all are answered with a scenario or with faults.
///   - file: its name, for the faults.
/// - Returns: the scenario, or everything that is wrong with the file.
package func parseScenario(_ bytes: [UInt8], file: String) -> Result<Scenario, ScenarioFaults> {
  guard bytes.count <= largestFile else {
    return refuse(file, Mark(line: 1, column: 1), "this file is larger than \(largestFile >> 20) MiB", nil)
  }
  if let (mark, message) = SourceText.fault(in: bytes) {
    // Only a file that starts as text has a line to show.
    let prefix = Array(bytes.prefix { $0 != 0 && $0 < 0x80 })
    return refuse(file, mark, message, SourceText(prefix))
  }
  let source = SourceText(bytes)
  let faults = FaultList(file: file, excerpt: source.excerpt)
  let root = YamlReader.read(source, faults: faults)
  if let root {
    let reader = ScenarioReader(source: source, faults: faults)
    let scenario = reader.scenario(root, file: file)
    if let scenario, faults.errorCount == 0 { return .success(scenario) }
  }
  if faults.errorCount == 0 {
    faults.add(Mark(line: 1, column: 1), "this file is empty", hint: "a scenario starts with `trapline: 1`")
  }
  return .failure(faults.report)
}

/// In bytes; the largest hand-written scenario is a thousandth of it.
private let largestFile = 16 << 20

private func refuse(
  _ file: String, _ mark: Mark, _ message: String, _ source: SourceText?
) -> Result<Scenario, ScenarioFaults> {
  let faults = FaultList(file: file) { mark in
    source?.excerpt(at: mark) ?? SourceText.Excerpt(text: "", column: 1)
  }
  faults.add(mark, message)
  return .failure(faults.report)
}
