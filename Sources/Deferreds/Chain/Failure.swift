/// An error on its way along a chain: what was raised, where, and which Failure it came from.
public final class Failure: Error {
  public let error: any Error
  init(_ error: any Error) { self.error = error }
}
