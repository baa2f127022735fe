import ArgumentParser
import Explorer
import Scenarios
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
  /// Whether it may still grow.
  var isFollowed = false
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
///
/// - Parameter follows: whether somebody may still write to it.
func readInput(_ source: SourceName, follows: Bool = false) throws(InputFailure) -> InputFile {
  let name = source.text
  if source.place == .builtIn {
    if let embedded = embeddedFile(named: name) { return embedded }
    throw InputFailure(ending: .noSuchFile, message: "no scenario or trace \(cleaned(name)) is built in")
  }
  if name == "-" { return try readStandardInput(follows: follows) }
  let descriptor = open(name, O_RDONLY | O_CLOEXEC)
  if descriptor >= 0 { return try readInput(descriptor, name: name, follows: follows) }
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

/// The embedded scenario of that file name, file name without `.yaml`, or number.
func embeddedScenario(named name: String) -> InputFile? {
  let found =
    embeddedScenarios.first { $0.name == name || $0.name == name + ".yaml" }
    ?? Int(name).flatMap { number in embeddedScenarios.first { Int($0.name.prefix { $0 != "-" }) == number } }
  return found.map(builtIn)
}

private func nearestHint(_ name: String) -> String {
  let commands = Trapline.configuration.subcommands.compactMap { $0.configuration.commandName }
  if commands.contains(name) { return "hint: a command comes before options and files: trapline \(name)" }
  let word = name.split(separator: "/").last.map(String.init) ?? name
  let names = (embeddedScenarios + embeddedTraces).map(\.name)
  let near = names.filter { $0.contains(word) || word.contains($0.prefix { $0 != "." }) }
  if let first = near.first { return "hint: there is an embedded file \(first)" }
  // The first word is a command where it is no file.
  if name == CommandLine.arguments.dropFirst().first, let near = nearest(to: name, among: commands) {
    return "hint: did you mean `trapline \(near)`?"
  }
  return "hint: `trapline list` names the embedded files"
}
