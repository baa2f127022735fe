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
  for depth in depths { index.append(depth) }
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
  var waiters = Waiters()
  let positions = (0..<5).map { waiters.append($0) }
  waiters.remove(2, at: positions[2])
  waiters.remove(0, at: positions[0])
  waiters.remove(4, at: positions[3])
  #expect(Array(waiters) == [1, 3, 4])
  #expect(waiters.first == 1 && waiters.count == 3)
}
