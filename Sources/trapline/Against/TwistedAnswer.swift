/// A Python that was found, and the Twisted it has.
struct TwistedPython: Equatable {
  var path: String
  /// Of Python.
  var version: String
  /// Of Twisted.
  var twisted: String

  /// The version of Twisted that Trapline is proven against.
  static let proven = "26.10.0"
}

/// What came of running a scenario on real Twisted.
enum TwistedAnswer {
  /// It ran to its end, and this is the observed object as text.
  case observed([UInt8], on: TwistedPython)
  /// It never ends there, for this reason.
  case endless(String, on: TwistedPython)
  /// No Python could be asked.
  case unavailable(TwistedLack)
}

/// Why no Python could be asked.
struct TwistedLack {
  /// What was tried, and why it is of no use.
  var tried: [UselessPython]
  /// What names the only one to try; nil where the usual places were searched.
  var namedBy: String?
}

/// A program that was tried in vain.
struct UselessPython: Error {
  var path: String
  /// In words, such as `it did not answer within 20 s`.
  var why: String
  /// It is a Python that would be of use if it had (another) Twisted.
  var needsTwisted = false
}
