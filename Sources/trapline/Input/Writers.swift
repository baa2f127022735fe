import Foundation
import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What tells of the processes that run here.
let procFolder = "/proc"

/// A process that runs here, told from later ones of its number.
struct RunningProcess: Equatable {
  private let pid: pid_t
  /// When it was started, in ticks since the machine was; nil where one may not see that.
  private let birth: Int64?

  /// The process of that number; nil where none runs: one that has ended, and that nobody has asked after, does not.
  init?(_ pid: pid_t) {
    guard kill(pid, 0) == 0 || errno == EPERM else { return nil }
    self.pid = pid
    // After the program's name, which may hold anything, come its state and, 19 words on, its start.
    let words = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .isoLatin1)) ?? ""
    let fields = words.lastIndex(of: ")").map { words[$0...].dropFirst().split(separator: " ") } ?? []
    guard fields.first != "Z" else { return nil }
    birth = fields.count > 19 ? Int64(fields[19]) : nil
  }

  var isStillRunning: Bool { RunningProcess(pid) == self }

  /// Whether it may write to a file: it has that open to do so, or one may not see what it has. Whose the process is
  /// tells nothing: it may have opened the file before it gave up root.
  ///
  /// - Parameter folder: what tells of processes.
  func mayWrite(_ descriptor: Int32, in folder: String = procFolder) -> Bool {
    var file = stat()
    guard fstat(descriptor, &file) == 0 else { return false }
    return isWriting("\(folder)/\(pid)", file) != false
  }

  /// Whether it was started after that time, by more than clocks are inexact.
  func isYounger(than time: CalendarTime?) -> Bool {
    guard let time, let birth else { return false }
    let age = microseconds(CLOCK_BOOTTIME) - birth * 1_000_000 / max(1, Int64(sysconf(Int32(_SC_CLK_TCK))))
    return microseconds(CLOCK_REALTIME) - age > time.advanced(by: 2_000_000).microseconds
  }

  private func microseconds(_ clock: clockid_t) -> Int64 {
    var now = timespec()
    clock_gettime(clock, &now)
    return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
  }
}

/// Whether other machines may write to a file too: it lies in a file system that is shared with them.
func isShared(_ descriptor: Int32) -> Bool {
  var file = stat()
  guard fstat(descriptor, &file) == 0,
    let mounts = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .isoLatin1)
  else { return false }
  let device = UInt64(file.st_dev)
  let numbers = (device >> 8 & 0xFFF, device & 0xFF | device >> 12 & 0xFFF00)
  return isShared(device: "\(numbers.0):\(numbers.1)", in: mounts)
}

/// The same by the lines of `mountinfo`: `36 25 0:32 / /home rw shared:1 - nfs4 server:/home rw`.
func isShared(device: String, in mounts: String) -> Bool {
  mounts.split(separator: "\n").contains { line in
    let words = line.split(separator: " ")
    guard words.count > 2, words[2] == device, let mark = words.firstIndex(of: "-"), mark + 1 < words.count
    else {
      return false
    }
    let shared = ["nfs", "cifs", "smb", "9p", "fuse.sshfs", "fuse.gluster", "virtiofs", "ceph", "afs"]
    return shared.contains { words[mark + 1].hasPrefix($0) }
  }
}

/// Whether a process here has a file open to write to it, as far as one may see: of others' processes one may not.
///
/// - Complexity: O(open files of all processes)
func isWritten(_ descriptor: Int32) -> Bool {
  var file = stat()
  guard fstat(descriptor, &file) == 0 else { return false }
  let processes = (try? FileManager.default.contentsOfDirectory(atPath: procFolder)) ?? []
  return processes.contains { process in
    guard let pid = pid_t(process), pid != getpid() else { return false }
    return isWriting("\(procFolder)/\(process)", file) ?? false
  }
}

/// Whether the process that a folder tells of has a file open to write to it; nil where one may not see that.
private func isWriting(_ process: String, _ file: stat) -> Bool? {
  let numbers = try? FileManager.default.contentsOfDirectory(atPath: "\(process)/fd")
  return numbers?.contains { number in
    var other = stat()
    return stat("\(process)/fd/\(number)", &other) == 0 && other.st_dev == file.st_dev
      && other.st_ino == file.st_ino && isForWriting("\(process)/fdinfo/\(number)")
  }
}

/// Whether a line of `fdinfo` says so: `flags:\t0100002`, octal.
private func isForWriting(_ info: String) -> Bool {
  guard let lines = try? String(contentsOfFile: info, encoding: .isoLatin1) else { return false }
  let flags = lines.split(separator: "\n").first { $0.hasPrefix("flags:") }?.drop { !$0.isNumber }
  return flags.flatMap { Int32($0, radix: 8) }.map { $0 & O_ACCMODE != O_RDONLY } ?? false
}
