import Screen
import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What comes on standard input.
func readStandardInput(follows: Bool) throws(InputFailure) -> InputFile {
  let descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
  guard descriptor >= 0 else {
    throw InputFailure(
      ending: .inputOutput, message: "can't read \(standardInputName): \(String(cString: strerror(errno)))")
  }
  return try readInput(descriptor, name: standardInputName, follows: follows)
}

/// What is behind an open descriptor, which is taken over: of a trace its beginning, else all.
func readInput(_ descriptor: Int32, name: String, follows: Bool) throws(InputFailure) -> InputFile {
  let bytes = try bytes(of: descriptor, name: name, follows: follows)
  var input = InputFile(name: name, bytes: try beginning(of: bytes, name: name))
  if input.isTrace {
    input.trace = bytes
    input.isFollowed = follows
    return input
  }
  // A file that is no trace is refused, not followed: what is there of it tells why.
  input.bytes = try all(of: bytes, after: input.bytes, name: name, waits: !(bytes is TraceFileBytes))
  return input
}

/// The bytes as they were before they were compressed, by position.
private func bytes(of descriptor: Int32, name: String, follows: Bool) throws(InputFailure) -> any TraceBytes {
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
    close(descriptor)
    throw InputFailure(
      ending: .inputOutput, message: "\(cleaned(name)) is a directory; name a file in it")
  }
  // Of what was read in part already, only the rest is meant.
  let isFile = status.st_mode & S_IFMT == S_IFREG && lseek(descriptor, 0, SEEK_CUR) == 0
  let file = follows && isFile ? FollowedFile(descriptor, path: name) : nil
  if isFile, !isPacked(descriptor) { return TraceFileBytes(descriptor, file: file) }
  let stream = ByteStream(descriptor, isPipe: status.st_mode & S_IFMT != S_IFREG, file: file)
  let start = try start(of: stream, name: name)
  return try SpooledBytes(stream, after: start, isCompressed: start.starts(with: Inflater.magic))
}

/// So many bytes that gzip's mark is among them, or all there are.
private func start(of stream: ByteStream, name: String) throws(InputFailure) -> [UInt8] {
  var start: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 12)
  while start.count < Inflater.magic.count {
    switch chunk.withUnsafeMutableBytes({ stream.take(into: $0) }) {
    case .bytes(let count): start += chunk[..<count]
    case .none: stream.wait(atMost: longWait_ms)
    case .end: return start
    case .failed(let why):
      throw InputFailure(ending: .inputOutput, message: "can't read \(cleaned(name)): \(why)")
    }
  }
  return start
}

/// Whether a name is that of something whose bytes come once.
func isPipe(_ name: String) -> Bool {
  var status = stat()
  return stat(name, &status) == 0 && [S_IFIFO, S_IFSOCK, S_IFCHR].contains(status.st_mode & S_IFMT)
}

/// Whether a name is that of something that can be read.
func isFile(_ name: String) -> Bool {
  var status = stat()
  return stat(name, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
}

private let longWait_ms = 1000

/// The first line, which tells what it is, or what there is of it.
private func beginning(of bytes: any TraceBytes, name: String) throws(InputFailure) -> [UInt8] {
  var head: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 14)
  while head.count <= largestInput_bytes {
    let count = chunk.withUnsafeMutableBytes { bytes.read(at: head.count, into: $0) }
    head += chunk[..<count]
    if chunk[..<count].contains(0x0a) { return head }
    if let first = head.first, first != UInt8(ascii: "{"), first > UInt8(ascii: " ") { return head }
    guard count == 0 else { continue }
    // An empty file that is followed is a trace to be.
    if bytes.isComplete || bytes.expectedSize == 0 { return head }
    bytes.wait(atMost: longWait_ms)
  }
  return head
}

private func all(
  of bytes: any TraceBytes, after head: [UInt8], name: String, waits: Bool
) throws(InputFailure) -> [UInt8] {
  var all = head
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = chunk.withUnsafeMutableBytes { bytes.read(at: all.count, into: $0) }
    all += chunk[..<count]
    if all.count > largestInput_bytes {
      throw InputFailure(
        ending: .badInput, message: "\(cleaned(name)) is larger than \(largestInput_bytes >> 20) MiB")
    }
    guard count == 0 else { continue }
    if let fault = bytes.fault {
      throw InputFailure(ending: .inputOutput, message: "can't read \(cleaned(name)): \(fault)")
    }
    if bytes.isComplete || !waits { return all }
    bytes.wait(atMost: longWait_ms)
  }
}
