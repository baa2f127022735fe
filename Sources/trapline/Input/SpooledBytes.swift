import Traces

/// The bytes of a pipe, of something compressed, or of both, kept in a temporary file so that any of them can be read
/// again. No more is taken in than was asked for.
final class SpooledBytes: TraceBytes {
  private let stream: ByteStream
  private let spool: Spool
  private let inflater: Inflater?
  private let chunk: UnsafeMutableRawBufferPointer
  private(set) var isComplete = false
  private(set) var fault: String?

  private static let chunkSize = 1 << 16
  /// What a byte may become where it is much: traces become 5 to 100 times as long, and deflate ends at 1032.
  static let largestRatio = 400
  /// So much is never held against a ratio.
  static let harmlessSize = 64 << 20
  /// The longest trace that is kept.
  static let largestSize = 64 << 30

  /// Takes over a stream.
  ///
  /// - Parameters:
  ///   - start: what was read of it already.
  ///   - isCompressed: whether it is gzip.
  init(_ stream: ByteStream, after start: [UInt8], isCompressed: Bool) throws(InputFailure) {
    self.stream = stream
    spool = try Spool()
    inflater = isCompressed ? Inflater() : nil
    chunk = .allocate(byteCount: Self.chunkSize, alignment: 16)
    var start = start
    start.withUnsafeMutableBytes { take($0) }
  }

  deinit { chunk.deallocate() }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while !isComplete, spool.count < offset + buffer.count, takeNext() {}
    return offset < spool.count ? spool.read(at: offset, into: buffer) : 0
  }

  /// Takes what comes next; false where nothing has come.
  private func takeNext() -> Bool {
    switch stream.take(into: chunk) {
    case .bytes(let count): take(UnsafeMutableRawBufferPointer(rebasing: chunk[..<count]))
    case .none: return false
    // What is torn off is no fault: the trace tells that it was not closed.
    case .end: isComplete = true
    case .failed(let why): end(why)
    }
    return true
  }

  private func take(_ bytes: UnsafeMutableRawBufferPointer) {
    guard let inflater else {
      if let why = keep(UnsafeRawBufferPointer(bytes)) { end(why) }
      return
    }
    if case .damaged(let why) = inflater.take(bytes, { keep($0) }) { end(why) }
  }

  private func keep(_ bytes: UnsafeRawBufferPointer) -> String? {
    if let why = spool.append(bytes) { return why }
    if spool.count > Self.largestSize {
      return "it is longer than \(Self.largestSize >> 30) GiB: the rest is not read"
    }
    guard let inflater, inflater.produced > Self.harmlessSize else { return nil }
    // What was consumed is counted in whole pieces: a piece more or less decides nothing at that size.
    let isBomb = inflater.produced / max(1, inflater.consumed) > Self.largestRatio
    return isBomb ? "it grows to more than \(Self.largestRatio) times its size: the rest is not read" : nil
  }

  private func end(_ why: String) {
    fault = fault ?? why
    isComplete = true
  }

  /// As far as what was inflated so far tells how it goes on.
  var expectedSize: Int? {
    if isComplete { return spool.count }
    guard let size = stream.size else { return nil }
    guard let inflater else { return size }
    return inflater.consumed == 0
      ? nil : Int(Double(inflater.produced) / Double(inflater.consumed) * Double(size))
  }

  func note(_ header: TraceHeader) { stream.note(header) }
  func wait(atMost time_ms: Int) { if !isComplete { stream.wait(atMost: time_ms) } }
}
