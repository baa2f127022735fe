import Testing

@testable import Traces

@Test func `timers come in the order in which they are due, ties in the order in which they were made`() {
  var queue = DueQueue()
  for (id, due) in [5, 3, 5, 1, 3].enumerated() { queue.insert(.init(due: Int64(due), id: id)) }
  #expect(queue.map(\.id) == [3, 1, 4, 0, 2])
  #expect(queue.first?.id == 3)
}

@Test(arguments: 0..<10)
func `a due queue agrees with a sorted array, and its copies stay as they were`(seed: Int) {
  var dice = Dice(UInt64(seed))
  var queue = DueQueue()
  var array: [DueQueue.Entry] = []
  var copies: [(DueQueue, [DueQueue.Entry])] = []
  for id in 0..<600 {
    if Bool.random(using: &dice), let entry = array.randomElement(using: &dice) {
      queue.remove(entry)
      array.removeAll { $0 == entry }
    } else {
      let entry = DueQueue.Entry(due: Int64.random(in: 0..<50, using: &dice), id: id)
      queue.insert(entry)
      array.append(entry)
    }
    if id % 100 == 0 { copies.append((queue, array)) }
  }
  #expect(Array(queue) == array.sorted())
  #expect(queue.count == array.count)
  for (copy, expected) in copies { #expect(Array(copy) == expected.sorted()) }
}

@Test(arguments: 0..<10)
func `a number set agrees with a set of numbers`(seed: Int) {
  var dice = Dice(UInt64(seed))
  var numbers = NumberSet()
  var expected: Set<Int> = []
  for _ in 0..<500 {
    let number = Int.random(in: 0..<700, using: &dice)
    let isIn = Bool.random(using: &dice)
    numbers.set(number, isIn)
    if isIn { expected.insert(number) } else { expected.remove(number) }
  }
  let sorted = expected.sorted()
  #expect(Array(numbers) == sorted)
  #expect(numbers.count == sorted.count)
  for (rank, number) in sorted.enumerated() {
    #expect(numbers.number(atRank: rank) == number && numbers.rank(of: number) == rank)
  }
  for number in -1...701 {
    #expect(numbers.next(from: number) == sorted.first { $0 >= number })
    #expect(numbers.previous(from: number) == sorted.last { $0 <= number })
  }
}

@Test(arguments: [1, 63, 64, 65, 4096, 4097, 10_000])
func `the depth index finds what a plain search finds`(count: Int) {
  var dice = Dice(UInt64(count))
  let depths = (0..<count).map { _ in
    Int.random(in: 0..<20, using: &dice) * (Bool.random(using: &dice) ? 1 : 3)
  }
  var index = DepthIndex()
  for depth in depths { index.append(Int32(depth)) }
  for _ in 0..<300 {
    let step = Int.random(in: -1...(count + 2), using: &dice)
    let depth = Int.random(in: -1..<6, using: &dice)
    let next = (0..<count).first { $0 + 1 > step && depths[$0] <= depth }.map { $0 + 1 }
    let previous = (0..<count).last { $0 + 1 < step && depths[$0] <= depth }.map { $0 + 1 }
    #expect(index.next(after: step, depth: depth) == next)
    #expect(index.previous(before: step, depth: depth) == previous)
  }
}

@Test func `those that wait keep their order when one in the middle leaves`() {
  var tale = Tale()
  for id in 0..<6 { tale.tell(.made(id, origin: "deferred", name: nil, hasCanceller: false)) }
  for id in 1..<6 { tale.tell(.waits(outer: id, inner: 0, innerStage: id - 1)) }
  for id in [3, 1, 5] { tale.tell(.unpaused(id, count: 0)) }
  let waiters = tale.world.deferreds[0].waiters
  #expect(waiters == [2, 4])
  #expect(waiters.first == 2 && waiters.last == 4 && waiters.count == 2)
}

@Test(arguments: [1, 63, 64, 65, 4096, 4097, 300_000])
func `a set of steps finds what a plain search finds`(last: Int) {
  var dice = Dice(UInt64(last))
  var (set, steps) = (StepSet(), [Int]())
  var step = Int.random(in: 0...2, using: &dice)
  while step <= last {
    set.append(step)
    steps.append(step)
    step += Bool.random(using: &dice) ? 1 : Int.random(in: 1...9000, using: &dice)
  }
  #expect(set.count == steps.count)
  for _ in 0..<300 {
    let step = Int.random(in: -1...(last + 100), using: &dice)
    #expect(set.next(after: step) == steps.first { $0 > step })
    #expect(set.previous(before: step) == steps.last { $0 < step })
  }
}
