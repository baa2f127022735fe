import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file that somebody still writes to: whether it is still the one that was opened, has what it had, and will have
/// more.
final class FollowedFile {
  private let descriptor: Int32
  private let path: String
  /// The number of the process that writes it, and that process where it was seen to run.
  private var writer: (pid: pid_t, process: RunningProcess?)?
  /// Since when that is known to be gone, with so many bytes in the file.
  private var end: (time: ContinuousClock.Instant, count: Int)?

  /// When it was looked last whether somebody here writes it.
  private var looked: (time: ContinuousClock.Instant, isWritten: Bool)?

  /// What belongs to a process that is gone may still be written for it, so long.
  private let grace: Duration
  private let processes: String

  /// Watches the file that was opened by that path.
  ///
  /// - Parameter processes: the folder that tells what the process has open that is said to write the file.
  init(_ descriptor: Int32, path: String, grace: Duration = .seconds(2), processes: String = procFolder) {
    self.descriptor = descriptor
    self.path = path
    self.grace = grace
    self.processes = processes
  }

  /// Takes note of the process that writes it.
  ///
  /// One that does not run here ended before anybody looked, or is called otherwise in a container: then it is gone
  /// if nobody here has the file open. So it is where its number is here that of a process that was started later, or
  /// has not the file.
  func note(_ header: TraceHeader) {
    (end, looked, writer) = (nil, nil, nil)
    guard let pid = header.pid.flatMap({ pid_t(exactly: $0) }), pid > 0 else { return }
    let start = header.startTime
    let process = RunningProcess(pid).flatMap { process in
      process.isYounger(than: start) || !process.mayWrite(descriptor, in: processes) ? nil : process
    }
    // Who writes to another machine's file may run there.
    if process != nil || !isShared(descriptor) { writer = (pid, process) }
  }

  /// What happened to it that makes waiting vain, as a sentence for people.
  ///
  /// - Parameter count: how many bytes it has had.
  func change(since count: Int) -> String? {
    var (here, there) = (stat(), stat())
    guard fstat(descriptor, &here) == 0 else { return nil }
    if Int(here.st_size) < count { return Self.truncated }
    // More has come, or nothing has changed.
    guard Int(here.st_size) == count else { return nil }
    guard stat(path, &there) == 0 else { return "the file was removed while it was followed" }
    let isSame = here.st_dev == there.st_dev && here.st_ino == there.st_ino
    return isSame
      ? writerEnd(at: count) : "the file was replaced by another one while it was followed: read that anew"
  }

  /// That the writer is gone, and nothing came since.
  private func writerEnd(at count: Int) -> String? {
    guard let writer, writer.process.map({ !$0.isStillRunning }) ?? !isWrittenHere() else { return nil }
    guard let end, end.count == count else {
      // More came though nobody here writes: who does runs elsewhere, and nobody can tell when that ends.
      if end != nil, writer.process == nil { self.writer = nil }
      end = (.now, count)
      return nil
    }
    guard end.time.duration(to: .now) >= grace else { return nil }
    return writer.process == nil
      ? "the trace was not closed, and nobody who can be seen here writes it: its program was process \(writer.pid)"
      : "the trace was not closed: its program, process \(writer.pid), was stopped"
  }

  /// Whether some process here writes it; looked at now and then, as all their open files are gone through.
  private func isWrittenHere() -> Bool {
    if let looked, looked.time.duration(to: .now) < grace { return looked.isWritten }
    let found = isWritten(descriptor)
    looked = (.now, found)
    return found
  }

  static let truncated = "the file was cut while it was read: it is shorter than it was"
}
