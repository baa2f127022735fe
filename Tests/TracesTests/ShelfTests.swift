import Testing

@testable import Traces

@Test(arguments: [0, 1, 3, 4, 31, 32, 33, 127, 128, 129, 1023, 1024, 1025, 4096, 5000, 33_000])
func `a shelf holds what an array holds`(count: Int) {
  let shelf = Shelf(0..<count)
  #expect(shelf.count == count)
  #expect(shelf.elementsEqual(0..<count))
}

@Test func `a change to a copy leaves the original as it was`() {
  let original = Shelf(0..<5000)
  var copy = original
  for position in stride(from: 0, to: 5000, by: 7) { copy[position] = -1 }
  copy.append(5000)
  #expect(original.elementsEqual(0..<5000))
  #expect(copy[7] == -1 && copy[8] == 8 && copy[5000] == 5000)
}

@Test(arguments: 0..<20)
func `random changes with copies in between leave each copy as it was`(seed: Int) {
  var dice = Dice(UInt64(seed))
  var shelf = Shelf<String>()
  var array: [String] = []
  var copies: [(Shelf<String>, [String])] = []
  for number in 0..<2000 {
    switch Int.random(in: 0..<3, using: &dice) {
    case 0 where !array.isEmpty:
      let position = array.indices.randomElement(using: &dice) ?? 0
      shelf[position] += "!"
      array[position] += "!"
    case 1 where number % 50 == 0: copies.append((shelf, array))
    default:
      shelf.append("\(number)")
      array.append("\(number)")
    }
  }
  #expect(shelf.elementsEqual(array))
  for (copy, expected) in copies { #expect(copy.elementsEqual(expected)) }
}

@Test func `big elements lie in small leaves, and are still all there`() {
  struct Big: Equatable {
    var number: Int; var pad = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    static func == (left: Big, right: Big) -> Bool { left.number == right.number }
  }
  #expect(Shelf<Big>.leafBits == 2)
  var shelf = Shelf((0..<3000).map { Big(number: $0) })
  let copy = shelf
  shelf[2999].number = 0
  #expect(shelf[2999].number == 0 && copy[2999].number == 2999)
  #expect(copy.map(\.number) == Array(0..<3000))
}

@Test func `equality looks at elements, not at how they came to be there`() {
  var built: Shelf = [1, 2]
  built.append(3)
  #expect(built == [1, 2, 3])
  #expect(built != [1, 2, 4])
  #expect(built != [1, 2])
}

@Test func `a position outside of a shelf is nil where one asks for it`() {
  let shelf: Shelf = [1]
  #expect(shelf.at(0) == 1)
  #expect(shelf.at(1) == nil)
  #expect(shelf.at(-1) == nil)
}
