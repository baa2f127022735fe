import Glibc

/// Seconds on the wall.
func seconds(_ body: () -> Void) -> Double {
  let start = ContinuousClock.now
  body()
  return start.duration(to: .now) / .seconds(1)
}

/// Seconds of this process's own processor time, so that others on the machine count less.
func processorSeconds(_ body: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  let start = now()
  body()
  return now() - start
}

/// Memory of this process that no file stands behind, in bytes.
func ownMemory() -> Int {
  guard let file = fopen("/proc/self/status", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while fgets(&line, 256, file) != nil {
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard text.hasPrefix("RssAnon:") else { continue }
    return (text.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0) * 1024
  }
  return 0
}

func fixed(_ number: Double, _ digits: Int = 1) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let whole = Int(number * scale + 0.5)
  guard digits > 0 else { return "\(whole)" }
  let fraction = String(whole % Int(scale))
  return "\(whole / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
}

/// `median 0.8, p99 3.2, worst 4.0 us`.
func spread(_ times: [Double]) -> String {
  let sorted = times.map { $0 * 1e6 }.sorted()
  return "median \(fixed(sorted[sorted.count / 2])), p99 \(fixed(sorted[sorted.count * 99 / 100])), "
    + "worst \(fixed(sorted[sorted.count - 1])) us"
}
