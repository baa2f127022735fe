import CZlib

/// Takes gzip apart, as it comes: one member after the other.
final class Inflater {
  /// How far what was given led.
  enum State {
    case wantsMore
    /// Why what follows can't be read, as a sentence for people.
    case damaged(String)
  }

  /// What says that bytes are gzip's.
  static let magic: [UInt8] = [0x1f, 0x8b]

  // The library keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>
  private let output: UnsafeMutableRawBufferPointer
  /// Whether a member has ended, and no other has begun.
  private var isBetween = false
  private var isOver = false
  /// How many bytes it has been given, and has given.
  private(set) var consumed = 0
  private(set) var produced = 0

  private static let outputSize = 1 << 18

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    output = .allocate(byteCount: Self.outputSize, alignment: 16)
    // With a window of 32 KiB, and gzip's frame around it.
    let made = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(made == Z_OK, "there is no memory for zlib")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  /// Takes more of what is compressed, and hands what comes of it to `body`, which says why it takes no more.
  func take(_ input: UnsafeMutableRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> String?) -> State {
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(input.count)
    while !isOver {
      if isBetween {
        guard stream.pointee.avail_in > 0 else { return .wantsMore }
        if let fault = beginMember() { return .damaged(fault) }
        if isOver { break }
      }
      let before = Int(stream.pointee.avail_in)
      stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(output.count)
      let result = inflate(stream, Z_NO_FLUSH)
      consumed += before - Int(stream.pointee.avail_in)
      let made = output.count - Int(stream.pointee.avail_out)
      produced += made
      if made > 0, let refusal = body(UnsafeRawBufferPointer(rebasing: output[..<made])) {
        return .damaged(refusal)
      }
      switch result {
      case Z_STREAM_END: isBetween = true
      case Z_OK where stream.pointee.avail_out == 0 || stream.pointee.avail_in > 0: break
      // It has nothing to do without more.
      case Z_OK, Z_BUF_ERROR: return .wantsMore
      default: return .damaged(damage)
      }
    }
    return .wantsMore
  }

  /// Begins another member, if one follows: some programs fill up with zeros, which say nothing.
  private func beginMember() -> String? {
    while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
      consumed += 1
    }
    guard stream.pointee.avail_in > 0 else { return nil }
    guard stream.pointee.next_in.pointee == Self.magic[0] else {
      isOver = true
      return "what follows byte \(consumed) of the compressed file is not gzip"
    }
    isBetween = false
    inflateReset(stream)
    return nil
  }

  private var damage: String {
    let why = stream.pointee.msg.map { ": \(String(cString: $0))" } ?? ""
    return "the compressed file is damaged near its byte \(consumed)\(why)"
  }
}
