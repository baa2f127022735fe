import ArgumentParser

/// A size that a person gives: a number, with k, M or G for thousands of thousands.
struct ByteCount {
  let bytes: Int

  /// The least that holds a header, a few events and the end.
  static let least = 10_000

  /// Reads it from the command line, where what is no size is told by what one is.
  static func read(_ argument: String) throws -> ByteCount {
    guard let size = ByteCount(argument) else {
      throw ValidationError("A size is a number of bytes, \(least) at least, or one with k, M or G: 20M.")
    }
    return size
  }

  init?(_ argument: String) {
    let units: [Character: Int] = ["k": 1000, "K": 1000, "M": 1_000_000, "G": 1_000_000_000]
    let unit = argument.last.flatMap { units[$0] }
    guard let number = Int(unit == nil ? argument[...] : argument.dropLast()) else { return nil }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: unit ?? 1)
    guard !overflows, bytes >= Self.least else { return nil }
    self.bytes = bytes
  }
}
