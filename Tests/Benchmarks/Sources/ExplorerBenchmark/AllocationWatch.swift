import CAllocation
import Glibc

/// What a program under watch asks of the allocator, read while it runs.
final class AllocationWatch {
  /// What the program is to be started with.
  let environment: [String]
  private let path = "/tmp/trapline-bench-\(getpid())-allocations"
  private let counts: UnsafeMutablePointer<allocation_counts>

  /// - Returns: nil where the library that counts was not built beside this program.
  init?() {
    var own = [CChar](repeating: 0, count: 4096)
    guard readlink("/proc/self/exe", &own, own.count - 1) > 0 else { return nil }
    let program = String(decoding: own.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let folder = program.prefix(upTo: program.lastIndex(of: "/") ?? program.startIndex)
    let library = "\(folder)/libAllocationCounter.so"
    guard access(library, R_OK) == 0 else { return nil }
    environment = ["LD_PRELOAD=\(library)", "TRAPLINE_ALLOCATIONS=\(path)"]

    let size = MemoryLayout<allocation_counts>.size
    let file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer { close(file) }
    guard file >= 0, ftruncate(file, size) == 0,
      let shared = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), shared != MAP_FAILED
    else { return nil }
    counts = shared.bindMemory(to: allocation_counts.self, capacity: 1)
  }

  deinit {
    munmap(counts, MemoryLayout<allocation_counts>.size)
    unlink(path)
  }

  /// What was asked for since the program began.
  var now: (calls: Int, bytes: Int) { (Int(counts.pointee.calls), Int(counts.pointee.bytes)) }
}
