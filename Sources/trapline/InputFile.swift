import Explorer
import Screen
import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file as it was read: what to call it, and its bytes.
struct InputFile {
  var name: String
  /// All of a scenario; of a trace its beginning, or all.
  var bytes: [UInt8]
  /// The whole of a trace that is too long to be in memory.
  var trace: (any TraceBytes)?
  /// Where it was found, and is to be found again.
  var place = SourceName.Place.file
}

/// Why a file could not be read.
struct InputFailure: Error {
  var ending: Ending
  var message: String
}

/// Larger files are refused, but for traces: no scenario that people write comes near.
let largestInput_bytes = 16 << 20

/// What standard input is called where files are named.
let standardInputName = "<stdin>"

/// Reads what a person named: a path, `-` for standard input, or the name of an embedded file.
///
/// A file of that name wins over an embedded one. That may be given by its file name, without `.yaml` or
/// `.trace.jsonl`, or by its number.
func readInput(_ source: SourceName) throws(InputFailure) -> InputFile {
  let name = source.text
  if source.place == .builtIn {
    if let embedded = embeddedFile(named: name) { return embedded }
    throw InputFailure(ending: .noSuchFile, message: "no scenario or trace \(cleaned(name)) is built in")
  }
  if name == "-" {
    return InputFile(name: standardInputName, bytes: try readAll(STDIN_FILENO, name: standardInputName))
  }
  let descriptor = open(name, O_RDONLY | O_CLOEXEC)
  if descriptor >= 0 {
    if let trace = try traceInput(descriptor, name: name) { return trace }
    defer { close(descriptor) }
    return InputFile(name: name, bytes: try readAll(descriptor, name: name))
  }
  let reason = errno
  if reason == ENOENT, source.place == .anywhere, let embedded = embeddedFile(named: name) {
    return embedded
  }
  let shown = cleaned(name)
  guard reason == ENOENT else {
    throw InputFailure(
      ending: .inputOutput, message: "can't open \(shown): \(String(cString: strerror(reason)))")
  }
  throw InputFailure(
    ending: .noSuchFile, message: "no such file, nor is one built in: \(shown)\n\(nearestHint(name))")
}

/// The embedded scenario or trace of that name.
func embeddedFile(named name: String) -> InputFile? {
  embeddedScenario(named: name)
    ?? embeddedTraces.first { $0.name == name || $0.name == name + traceSuffix }.map(builtIn)
}

private let traceSuffix = ".trace.jsonl"

private func builtIn(_ embedded: (name: String, text: String)) -> InputFile {
  InputFile(name: embedded.name, bytes: Array(embedded.text.utf8), place: .builtIn)
}

/// A regular file that is a trace, which is read as somebody looks at it; nil for any other, of which nothing is read.
private func traceInput(_ descriptor: Int32, name: String) throws(InputFailure) -> InputFile? {
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
  var head = [UInt8](repeating: 0, count: 1 << 16)
  let count = pread(descriptor, &head, head.count, 0)
  let input = InputFile(name: name, bytes: Array(head.prefix(max(0, count))))
  guard input.isTrace else { return nil }
  var trace = input
  trace.trace = TraceFileBytes(descriptor)
  return trace
}

/// The embedded scenario of that file name, file name without `.yaml`, or number.
func embeddedScenario(named name: String) -> InputFile? {
  let found =
    embeddedScenarios.first { $0.name == name || $0.name == name + ".yaml" }
    ?? Int(name).flatMap { number in embeddedScenarios.first { Int($0.name.prefix { $0 != "-" }) == number } }
  return found.map(builtIn)
}

private func nearestHint(_ name: String) -> String {
  let word = name.split(separator: "/").last.map(String.init) ?? name
  let names = (embeddedScenarios + embeddedTraces).map(\.name)
  let near = names.filter { $0.contains(word) || word.contains($0.prefix { $0 != "." }) }
  guard let first = near.first else { return "hint: `trapline list` names the embedded files" }
  return "hint: there is an embedded file \(first)"
}

private func readAll(_ descriptor: Int32, name: String) throws(InputFailure) -> [UInt8] {
  var status = stat()
  if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
    throw InputFailure(
      ending: .inputOutput, message: "\(cleaned(name)) is a directory; name a scenario file in it")
  }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    if count == 0 { return bytes }
    if count < 0 {
      if errno == EINTR { continue }
      throw InputFailure(
        ending: .inputOutput, message: "can't read \(cleaned(name)): \(String(cString: strerror(errno)))")
    }
    bytes.append(contentsOf: chunk[0..<count])
    if bytes.count > largestInput_bytes {
      throw InputFailure(
        ending: .badInput, message: "\(cleaned(name)) is larger than \(largestInput_bytes >> 20) MiB")
    }
  }
}
