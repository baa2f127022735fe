internal import Deferreds

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The thread that reads a tape and writes the file.
///
/// What both threads touch is the tape, which sees to that itself, and the flags, under the lock.
final class TapeThread: @unchecked Sendable {
  /// How long an entry waits on the tape at most.
  private static let longestRest_ms = 100
  /// So much is written at once.
  private static let batch = 1 << 18

  private let tape: Tape
  private let file: TraceOutput
  /// Of the reading thread alone, until it has ended.
  private var transcript: TapeTranscript
  private var failure: TraceRecordingError?

  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let isWanted = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let hasRead = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var isAsked = false
  private var isStopping = false
  private var isOver = false
  private var thread: pthread_t?

  init(_ tape: Tape, _ transcript: TapeTranscript, _ file: TraceOutput) throws(TraceRecordingError) {
    self.tape = tape
    self.transcript = transcript
    self.file = file
    pthread_mutex_init(lock, nil)
    pthread_cond_init(isWanted, nil)
    pthread_cond_init(hasRead, nil)
    try file.append(self.transcript.takeBytes())
    var made = pthread_t()
    let status = pthread_create(
      &made, nil,
      { pointer in
        // Signals are the program's.
        guard let pointer else { return nil }
        Unmanaged<TapeThread>.fromOpaque(pointer).takeRetainedValue().work()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    guard status == 0 else {
      Unmanaged.passUnretained(self).release()
      throw TraceRecordingError(reason: "no thread: \(String(cString: strerror(status)))")
    }
    thread = made
  }

  deinit {
    pthread_cond_destroy(isWanted)
    pthread_cond_destroy(hasRead)
    pthread_mutex_destroy(lock)
    isWanted.deallocate()
    hasRead.deallocate()
    lock.deallocate()
  }

  // MARK: The program's side

  /// Has what is on the tape read soon.
  ///
  /// - Parameter waiting: whether to return only when some of it has been read.
  func wake(waiting: Bool) {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    isAsked = true
    pthread_cond_signal(isWanted)
    while waiting, isAsked, !isOver { pthread_cond_wait(hasRead, lock) }
  }

  /// Has all that is on the tape written, and the file closed. A second time does nothing.
  func finish() throws(TraceRecordingError) {
    pthread_mutex_lock(lock)
    isStopping = true
    pthread_cond_signal(isWanted)
    let thread = self.thread
    self.thread = nil
    pthread_mutex_unlock(lock)
    guard let thread else { return }
    pthread_join(thread, nil)
    if let failure { throw failure }
  }

  // MARK: The reading thread

  private func work() {
    while rest() { read() }
    // First read, then end: from the end on what is put down is the writer's alone, which may go on while another
    // thread has called `exit`.
    read()
    tape.end()
    transcript.end()
    save()
    do { try file.end() } catch { failure = failure ?? error }
    pthread_mutex_lock(lock)
    isOver = true
    pthread_cond_broadcast(hasRead)
    pthread_mutex_unlock(lock)
  }

  /// Waits until there is something to do.
  ///
  /// - Returns: false if the recording is to end.
  private func rest() -> Bool {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    pthread_cond_broadcast(hasRead)
    if !isAsked, !isStopping {
      var until = timespec()
      clock_gettime(CLOCK_REALTIME, &until)
      until.tv_nsec += Self.longestRest_ms * 1_000_000
      until.tv_sec += until.tv_nsec / 1_000_000_000
      until.tv_nsec %= 1_000_000_000
      pthread_cond_timedwait(isWanted, lock, &until)
    }
    isAsked = false
    return !isStopping
  }

  private func read() {
    transcript.adjustClock()
    tape.drain { entry in
      transcript.add(entry)
      if transcript.byteCount >= Self.batch { save() }
    }
    transcript.flush()
    save()
  }

  /// What could not be written once is not tried again: the file would have a hole.
  private func save() {
    let bytes = transcript.takeBytes()
    guard failure == nil, !bytes.isEmpty else { return }
    do { try file.append(bytes) } catch { failure = error }
  }
}
