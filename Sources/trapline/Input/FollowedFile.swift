#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file that somebody still writes to: whether it is still the one that was opened, and has what it had.
struct FollowedFile {
  private let descriptor: Int32
  private let path: String

  /// Watches the file that was opened by that path.
  init(_ descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
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
    return isSame ? nil : "the file was replaced by another one while it was followed: read that anew"
  }

  static let truncated = "the file was cut while it was read: it is shorter than it was"
}
