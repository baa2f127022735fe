internal import Deferreds

/// An error that a scenario raises: of a type of its own, or of one of Python's and Twisted's.
struct RaisedError: NamedError {
  let typeName: String
  let parentNames: [String]
  let message: String
  /// Where the scenario says so; nil where it only follows from what it does.
  let mark: Mark?
}
