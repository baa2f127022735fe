#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// How deep generator code goes on inside other generator code, on one thread.
///
/// Code that ends fires its chain, and code that waited for that goes on inside: a row of 100,000 that wait for
/// one another would need as many frames of the stack. From some depth on, code therefore goes on when the
/// outermost has come back. Twisted raises `RecursionError` at a few hundred.
final class Nesting {
  private static let deepest = 100
  private var depth = 0
  private var later: [() -> Void] = []
  private var next = 0

  /// Calls `body` now, or, where that is too deep, before the outermost call returns.
  ///
  /// - Throws: what `body` throws; where it is called later, `onError` is given that.
  static func enter(
    _ body: @escaping () throws -> Void, onError: @escaping (any Error) -> Void
  ) throws {
    let nesting = ofThisThread
    guard nesting.depth < deepest else {
      nesting.later.append {
        do { try body() } catch { onError(error) }
      }
      return
    }
    nesting.depth += 1
    defer {
      if nesting.depth == 1 { nesting.runLater() }
      nesting.depth -= 1
    }
    try body()
  }

  /// Calls what was put off, and what that puts off, in order.
  private func runLater() {
    while next < later.count {
      let body = later[next]
      later[next] = {}
      next += 1
      body()
    }
    later.removeAll()
    next = 0
  }

  // MARK: One a thread

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { Nesting.release($0) }
    return key
  }()

  private static var ofThisThread: Nesting {
    if let pointer = pthread_getspecific(key) {
      return Unmanaged<Nesting>.fromOpaque(pointer).takeUnretainedValue()
    }
    let nesting = Nesting()
    pthread_setspecific(key, Unmanaged.passRetained(nesting).toOpaque())
    return nesting
  }

  private static func release(_ pointer: UnsafeMutableRawPointer?) {
    if let pointer { Unmanaged<Nesting>.fromOpaque(pointer).release() }
  }
}
