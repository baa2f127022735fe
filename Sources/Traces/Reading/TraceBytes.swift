/// The bytes of a trace, wherever they are: in memory, in a file, or on their way out of a compressed one.
///
/// They are read by position, again and again, and may grow at the end.
public protocol TraceBytes: AnyObject {
  /// Fills a buffer from `offset` on, as far as there are bytes by now.
  ///
  /// - Returns: how many there were; 0 at the end.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int
  /// How many there will be, as far as that is known.
  var expectedSize: Int? { get }
  /// Whether no more will come than there are now.
  var isComplete: Bool { get }
  /// Why not all of them could be read, as a sentence for people.
  var fault: String? { get }
  /// Waits until more may have come, at most so long.
  func wait(atMost time_ms: Int)
  /// Takes note of what the header says of the process that writes them: once that is gone, nothing will come.
  func note(_ header: TraceHeader)
}

extension TraceBytes {
  /// Nothing is waited for, where all is there.
  public func wait(atMost time_ms: Int) {}
  /// Whoever wrote them is done.
  public func note(_ header: TraceHeader) {}
}

/// Bytes that are all in memory.
public final class MemoryBytes: TraceBytes {
  private let bytes: [UInt8]

  /// Takes the bytes as they are.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard offset >= 0, offset < bytes.count else { return 0 }
    let count = min(buffer.count, bytes.count - offset)
    bytes.withUnsafeBytes { all in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[offset..<offset + count]))
    }
    return count
  }

  public var expectedSize: Int? { bytes.count }
  public var isComplete: Bool { true }
  public var fault: String? { nil }
}

@available(*, unavailable) extension MemoryBytes: Sendable {}
