import Screen
import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes all of a source as a trace, which opens as the source does.
///
/// Where the name ends in `.gz` it is compressed. The file is readable by its owner alone: values may be secrets.
func writeTrace(of source: any RecordSource, to path: String) throws {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else {
    throw end(.inputOutput, "can't write \(cleaned(path)): \(String(cString: strerror(errno)))")
  }
  defer { close(descriptor) }
  let writer = TraceWriter()
  var output = Output(to: descriptor, compressed: path.hasSuffix(".gz"))
  try output.write(writer.line(for: TraceHeader(source)))
  for step in 1..<source.count + 1 { try output.write(writer.line(for: source.record(at: step))) }
  try output.write(writer.end(fault: source.fault, why: source.closing))
  try output.finish()
}

extension TraceHeader {
  fileprivate init(_ source: any RecordSource) {
    let text = source.sourceText
    self.init(program: source.title, scenario: text?.file)
    summary = source.summary.isEmpty ? nil : source.summary
    self.source = text?.lines.joined(separator: "\n")
    opening = source.openingStep == 0 ? nil : source.openingStep
    // What a trace was made from stays what it was.
    if let recording = source.recording { self = recording }
  }
}
