import Traces

/// A trace that is open, with what it was read from.
typealias OpenTrace = (input: InputFile, file: TraceFile)

/// Whether two traces are copies of one recording, of which one may have been made before the other was complete.
///
/// Two that begin alike need not be: `--keep-last` leaves the halves of one recording, with the same header and texts
/// before the records of each, and one of them may have none yet.
func areCopies(_ first: OpenTrace, _ second: OpenTrace) -> Bool {
  let header = first.file.header
  guard header.pid != nil, header.started != nil, header == second.file.header,
    hasRecord(first.file), hasRecord(second.file),
    let first = first.input.trace, let second = second.input.trace
  else { return false }
  let reach = min(reach(of: first), reach(of: second))
  return (0...sampleCount).allSatisfy { number in
    isAlike(first, second, at: max(0, reach - sampleSize_bytes) * number / sampleCount)
  }
}

/// Many texts may stand before the first one.
private func hasRecord(_ file: TraceFile) -> Bool {
  if file.count == 0 { file.extend() }
  return file.count > 0
}

/// How many bytes there are by now, as far as they are looked at.
private func reach(of bytes: any TraceBytes) -> Int {
  if bytes is TraceFileBytes { return bytes.expectedSize ?? 0 }
  // How much is there tells only who has looked: what is compressed may have been looked at in part.
  var (there, gone) = (0, inflatedReach_bytes)
  if hasByte(bytes, at: gone - 1) { return gone }
  while there < gone {
    let middle = (there + gone) / 2
    if hasByte(bytes, at: middle) { there = middle + 1 } else { gone = middle }
  }
  return there
}

private func hasByte(_ bytes: any TraceBytes, at offset: Int) -> Bool {
  var byte: UInt8 = 0
  return withUnsafeMutableBytes(of: &byte) { bytes.read(at: offset, into: $0) } > 0
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
