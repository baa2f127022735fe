import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Bytes that come one after the other, once: of a pipe, or of a file that is read through.
final class ByteStream {
  /// What a look at it brought.
  enum Arrival {
    case bytes(Int)
    /// Nothing has come yet.
    case none
    case end
    /// Why no more can be read, as a sentence for people.
    case failed(String)
  }

  private let descriptor: Int32
  /// Whether it is a pipe or the like, whose bytes come when they come.
  let isPipe: Bool
  private let file: FollowedFile?
  /// How many bytes have come.
  private(set) var count = 0

  /// Takes over an open descriptor.
  ///
  /// - Parameter file: of a file that may still grow, how that is known; nil for one that ends at its end.
  init(_ descriptor: Int32, isPipe: Bool, file: FollowedFile? = nil) {
    self.descriptor = descriptor
    self.isPipe = isPipe
    self.file = file
  }

  deinit { close(descriptor) }

  /// Takes what has come, without waiting for more.
  func take(into buffer: UnsafeMutableRawBufferPointer) -> Arrival {
    while true {
      if isPipe, !isReady(within: 0) { return .none }
      let got = read(descriptor, buffer.baseAddress, buffer.count)
      if got > 0 {
        count += got
        return .bytes(got)
      }
      if got == 0 { return atEnd }
      if errno == EAGAIN { return .none }
      guard errno == EINTR else { return .failed("it can't be read: \(String(cString: strerror(errno)))") }
    }
  }

  private var atEnd: Arrival {
    guard let file else { return .end }
    return file.change(since: count).map { .failed($0) } ?? .none
  }

  /// Takes note of the process that writes the file.
  func note(_ header: TraceHeader) { file?.note(header) }

  /// Waits until something may have come.
  func wait(atMost time_ms: Int) {
    if isPipe { _ = isReady(within: time_ms) } else { poll(nil, 0, Int32(time_ms)) }
  }

  private func isReady(within time_ms: Int) -> Bool {
    var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&source, 1, Int32(time_ms)) > 0
  }

  /// How long the file is; nil for a pipe.
  var size: Int? {
    var status = stat()
    guard !isPipe, fstat(descriptor, &status) == 0 else { return nil }
    return Int(status.st_size)
  }
}
