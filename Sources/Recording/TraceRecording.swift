internal import CTicks
internal import Deferreds
private import Synchronization
internal import Traces

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A recording of the program that it is started in: what its Deferreds, timers and Failures do, as a trace.
///
/// ```swift
/// try TraceRecording.start(writingTo: "app.trace.jsonl")
/// ```
///
/// From here on everything is recorded that is made on this thread, and all that comes of it, until ``stop()`` or
/// the end of the program. Open the file with `trapline`.
public final class TraceRecording: Sendable {
  /// How values are written. They can be secrets.
  public enum Values: Sendable {
    /// In their own words, cut at 200 characters.
    case described
    /// By their types alone.
    case types
    /// Not at all, nor what errors say.
    case none
  }

  /// What the time of a record is.
  public enum Time: Sendable {
    /// Since the recording began, by the clock on the wall.
    case real
    /// That of the program's ``VirtualClock``.
    case virtual
  }

  /// Entries for which there is room in memory: 4 MiB, of which a program that is not busy uses little.
  private static let capacity = 1 << 16

  private let tape: Tape
  private let thread: TapeThread

  private init(_ file: TraceOutput, _ header: TraceHeader, _ values: Values, _ time: Time)
    throws(TraceRecordingError)
  {
    let tape = Tape(
      capacity: Self.capacity, stamp: time == .real ? { cticks_now() } : nil,
      takesPlainValues: values == .described)
    let observer = TapeObserver(tape, values, time)
    let transcript = TapeTranscript(header: header, clock: TapeClock(ticking: time == .real))
    let thread = try TapeThread(tape, transcript, file)
    self.tape = tape
    self.thread = thread
    tape.reader = Tape.Reader(
      words: { [unowned observer] value in
        let words = observer.text(value)
        return (words.text, words.isCut)
      },
      number: { [unowned observer] in observer.number($0) },
      wake: { thread.wake(waiting: $0) })
    let here = pthread_self()
    Observation.install(Observation(observer, tape: tape) { pthread_equal(pthread_self(), here) != 0 })
  }

  /// Begins to record, and goes on until ``stop()`` or until the program ends by itself or by `exit`.
  ///
  /// The file is written by a thread of its own, a few times a second: where the program is killed, no more than the
  /// last of it is missing. Where the program is faster than that thread for long, it waits for it; nothing is left
  /// out.
  ///
  /// - Parameters:
  ///   - path: of the trace; a file that is there is replaced. Only its owner can read it.
  ///   - values: how values are written.
  ///   - time: what the time of a record is.
  /// - Throws: where a recording goes on already, or the file cannot be written.
  @discardableResult
  public static func start(
    writingTo path: String, values: Values = .described, time: Time = .real
  ) throws(TraceRecordingError) -> TraceRecording {
    try current.begin { () throws(TraceRecordingError) in
      let file = try TraceOutput(path)
      return try TraceRecording(file, TraceHeader(of: time, values), values, time)
    }
  }

  /// Ends the recording, and returns when all of it is in the file.
  ///
  /// To be called where it was started. Deferreds that are still there go on, unrecorded.
  ///
  /// - Throws: where the file could not be written to its end.
  public func stop() throws(TraceRecordingError) {
    Self.current.end(self)
    defer {
      // It knows the thread, which knows it.
      tape.reader = nil
    }
    try thread.finish()
  }

  fileprivate func stopAtExit() {
    do { try thread.finish() } catch {
      var text = "\(error)\n"
      text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    }
  }

  private static let current = Current()

  /// The one recording that goes on, if one does.
  private final class Current: Sendable {
    private let recording = Mutex<TraceRecording?>(nil)
    private let isWatchingExit = Atomic<Bool>(false)

    func begin(_ make: () throws(TraceRecordingError) -> TraceRecording) throws(TraceRecordingError)
      -> TraceRecording
    {
      let made = try recording.withLock { current throws(TraceRecordingError) in
        guard current == nil else { throw TraceRecordingError(reason: "a recording goes on already") }
        let made = try make()
        current = made
        return made
      }
      if !isWatchingExit.exchange(true, ordering: .relaxed) {
        atexit { TraceRecording.current.take()?.stopAtExit() }
      }
      return made
    }

    func end(_ ended: TraceRecording) {
      let isCurrent = recording.withLock { current in
        defer { if current === ended { current = nil } }
        return current === ended
      }
      if isCurrent { Observation.install(nil) }
    }

    func take() -> TraceRecording? {
      recording.withLock { current in
        defer { current = nil }
        return current
      }
    }
  }
}

/// Why a recording could not be begun, or written to its end.
public struct TraceRecordingError: Error, CustomStringConvertible {
  /// In words.
  public let reason: String
  public var description: String { "the recording failed: \(reason)" }
}
