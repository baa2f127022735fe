#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The processes that record, looked at while they run: what one that hangs has not written is written for it.
struct RecordedProcesses {
  private let report: String
  private let limit: Int
  /// Each takes a descriptor.
  private static let most = 200
  private var bytesRead = 0
  private var waiting: [Int32: WaitingLines] = [:]
  private var paths: [Int32: FileName] = [:]
  /// What was put aside of a long run whose last is kept.
  private var earlier: [Int32: FileName] = [:]
  /// Their Python goes down: they write each event at once, but a signal would not let them say that this was all.
  private var ending: Set<Int32> = []

  /// - Parameters:
  ///   - report: the file into which they put what becomes of them.
  ///   - limit: the largest size of their files in bytes; nil where there is none.
  init(report: String, limit: Int?) {
    self.report = report
    self.limit = limit ?? .max
  }

  /// To be called from time to time. What a process tells waits for 0.2 s at most while more comes, and then for two
  /// looks: where these are a tenth of a second apart, 0.4 s in all.
  mutating func look() {
    for line in newLines() { take(line) }
    for process in waiting.keys {
      waiting[process]?.look()
      if waiting[process]?.isOver == true { waiting[process] = nil }
    }
  }

  private mutating func newLines() -> [ReportLine] {
    guard let file = fopen(report, "re") else { return [] }
    defer { fclose(file) }
    fseek(file, bytesRead, SEEK_SET)
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      text += buffer[..<count]
    }
    guard let end = text.lastIndex(of: 0x0A) else { return [] }
    bytesRead += end + 1
    return ReportLine.lines(in: text[..<end])
  }

  private mutating func take(_ line: ReportLine) {
    guard !line.details.isEmpty, let process = line.process else { return }
    switch line.word {
    case "file":
      paths[process] = line.file
      waiting[process] = nil
      earlier[process] = nil
      ending.remove(process)
    case "waiting" where waiting.count < Self.most:
      waiting[process] = paths[process].flatMap {
        WaitingLines(line.text, path: $0, limit: limit)
      }
    case "before": earlier[process] = line.file
    case "ending": ending.insert(process)
    case "stopped", "full", "closed":
      waiting[process] = nil
      earlier[process] = nil
      ending.remove(process)
    default: break
    }
  }

  /// To be called at the end: writes what could not be written before for those that have ended.
  mutating func end() {
    for line in newLines() { take(line) }
    for (process, lines) in waiting where !isAlive(process) { lines.end() }
    for (process, half) in earlier where !isAlive(process) {
      if let path = paths[process] { KeptHalves(earlier: half, later: path).join() }
    }
    for process in ending where !isAlive(process) {
      if let path = paths[process] { close(path) }
    }
  }

  /// Says for a process that this was all.
  private func close(_ path: FileName) {
    guard let file = OpenFile(path, O_RDWR | O_NOFOLLOW) else { return }
    let line = Array("{\"e\":\"closed\",\"why\":\"ended while Python went down\"}\n".utf8)
    let bytes = file.isPacked ? stored(line) : line
    if file.size + bytes.count <= limit { _ = writeAll(bytes, to: file.descriptor, at: file.size) }
  }
}
