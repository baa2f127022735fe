import Traces

/// A trace that is open, with what it was read from.
typealias OpenTrace = (input: InputFile, file: TraceFile)

/// Whether two traces are copies of one recording, of which one may have been made before the other was complete.
///
/// Two that begin alike need not be: `--keep-last` leaves the halves of one recording, with the same header before each.
func areCopies(_ first: OpenTrace, _ second: OpenTrace) -> Bool {
  let header = first.file.header
  guard header.pid != nil, header.started != nil, header == second.file.header,
    let first = first.input.trace, let second = second.input.trace
  else { return false }
  let sizes = [first, second].map { $0 is TraceFileBytes ? $0.expectedSize ?? 0 : inflatedReach_bytes }
  let reach = min(sizes[0], sizes[1])
  return (0...sampleCount).allSatisfy { number in
    isAlike(first, second, at: max(0, reach - sampleSize_bytes) / sampleCount * number)
  }
}

/// Looked at in so many places, from the beginning to the end of the shorter one.
private let sampleCount = 64
private let sampleSize_bytes = 1 << 12
/// Of what is compressed or comes through a pipe only so much, since all before a place has to be read first.
private let inflatedReach_bytes = 16 << 20

private func isAlike(_ first: any TraceBytes, _ second: any TraceBytes, at offset: Int) -> Bool {
  let samples = [first, second].map { bytes in
    [UInt8](unsafeUninitializedCapacity: sampleSize_bytes) { buffer, count in
      count = bytes.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
    }
  }
  return zip(samples[0], samples[1]).allSatisfy { $0 == $1 }
}
