#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How much stack a run may need.
///
/// A list that fires runs its callbacks inside the member that fired it, as in Twisted, and so do scripts that
/// wait for one another: a row of ten thousand of them nests deeper than the usual 8 MiB. How long such rows may
/// be is bounded (`Bounds`), so this is enough. Memory is taken only when used.
private let deepStack_bytes = 100 << 20

/// Runs `body` to its end where there is stack enough: here, if the system lets this thread's stack grow, and
/// else on a thread made for it.
func onDeepStack(_ body: @escaping @Sendable () -> Void) {
  if raiseStackLimit() { return body() }
  var attributes = pthread_attr_t()
  var thread = pthread_t()
  let work = Unmanaged.passRetained(Work(body))
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  let isMade =
    pthread_attr_setstacksize(&attributes, deepStack_bytes) == 0
    && pthread_create(&thread, &attributes, runWork, work.toOpaque()) == 0
  guard isMade else {
    // Too little memory for that: short rows still run.
    return work.takeRetainedValue().body()
  }
  // Signals are for the thread that works, which may hold them back for a while.
  var all = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_BLOCK, &all, nil)
  pthread_join(thread, nil)
}

private final class Work: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runWork(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
  return nil
}

/// The kernel keeps at least 128 MiB of addresses free below the first stack, so a raised limit works at once.
///
/// - Returns: whether this thread's stack may grow as far as is wanted.
private func raiseStackLimit() -> Bool {
  let wanted = rlim_t(deepStack_bytes)
  var limit = rlimit()
  guard getrlimit(stackResource, &limit) == 0 else { return false }
  if limit.rlim_cur >= wanted { return true }
  guard limit.rlim_max >= wanted else { return false }
  let before = limit
  limit.rlim_cur = wanted
  guard setrlimit(stackResource, &limit) == 0 else { return false }
  limitBefore = before
  return true
}

/// As it was before it was raised; nil where it was not. Written once, before anything else runs.
private nonisolated(unsafe) var limitBefore: rlimit?

/// Lets the stack grow no further than it might at first: for what is started from here, and takes its limits over.
func restoreStackLimit() {
  guard var limit = limitBefore else { return }
  setrlimit(stackResource, &limit)
}

#if canImport(Glibc)
  private let stackResource = __rlimit_resource_t(RLIMIT_STACK.rawValue)
#else
  private let stackResource = RLIMIT_STACK
#endif
