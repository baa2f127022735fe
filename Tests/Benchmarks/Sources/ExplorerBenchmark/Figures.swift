func milliseconds(_ duration: Duration) -> Double {
  Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
}

func shown(_ values: [Double]) -> String {
  let sorted = values.sorted()
  guard let worst = sorted.last else { return "nothing was painted" }
  func at(_ part: Double) -> String { fixed(sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]) }
  return "median \(at(0.5)) ms, p99 \(at(0.99)) ms, worst \(fixed(worst)) ms"
}

func fixed(_ value: Double) -> String { value.isFinite ? "\(Double(Int(value * 100)) / 100)" : "no" }
