import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Whether a process runs here; one that has ended, and that nobody has asked after yet, does not.
func isRunning(_ pid: pid_t) -> Bool {
  guard kill(pid, 0) == 0 || errno == EPERM else { return false }
  // After the program's name, which may hold anything.
  guard let words = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .isoLatin1),
    let name = words.lastIndex(of: ")")
  else { return true }
  return words[name...].dropFirst(2).first != "Z"
}

/// Whether a process here has a file open to write to it, as far as one may see: of others' processes one may not.
///
/// - Complexity: O(open files of all processes)
func isWritten(_ descriptor: Int32) -> Bool {
  var file = stat()
  guard fstat(descriptor, &file) == 0 else { return false }
  let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
  return processes.contains { process in
    guard let pid = pid_t(process), pid != getpid() else { return false }
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")) ?? []
    return numbers.contains { number in
      var other = stat()
      return stat("/proc/\(pid)/fd/\(number)", &other) == 0 && other.st_dev == file.st_dev
        && other.st_ino == file.st_ino && isForWriting("/proc/\(pid)/fdinfo/\(number)")
    }
  }
}

/// Whether a line of `fdinfo` says so: `flags:\t0100002`, octal.
private func isForWriting(_ info: String) -> Bool {
  guard let lines = try? String(contentsOfFile: info, encoding: .isoLatin1) else { return false }
  let flags = lines.split(separator: "\n").first { $0.hasPrefix("flags:") }?.drop { !$0.isNumber }
  return flags.flatMap { Int32($0, radix: 8) }.map { $0 & O_ACCMODE != O_RDONLY } ?? false
}
