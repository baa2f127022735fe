#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Lets this thread's stack grow to 100 MiB, where the system allows it.
///
/// A list that fires runs its callbacks inside the member that fired it, as in Twisted, and so do scripts that wait
/// for one another: a row of ten thousand of them nests deeper than the usual 8 MiB. The kernel keeps at least
/// 128 MiB of addresses free below the first stack, so a raised limit works at once; memory is taken only when used.
func raiseStackLimit() {
  let wanted: rlim_t = 100 << 20
  var limit = rlimit()
  guard getrlimit(stackResource, &limit) == 0, limit.rlim_cur < wanted else { return }
  limit.rlim_cur = min(wanted, limit.rlim_max)
  setrlimit(stackResource, &limit)
}

#if canImport(Glibc)
  private let stackResource = __rlimit_resource_t(RLIMIT_STACK.rawValue)
#else
  private let stackResource = RLIMIT_STACK
#endif
