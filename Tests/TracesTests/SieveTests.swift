import Testing

@testable import Traces

#if canImport(Glibc)
  import Glibc
#endif

/// What a search passes over has none of the words.
@Suite struct SievingTests {
  @Test(arguments: 0..<12)
  func `a record is picked whose sentence has the word, in nonsense of all kinds`(seed: UInt64) throws {
    let writer = TraceWriter()
    var bytes = writer.line(for: TraceHeader(program: "nonsense"))
    for (number, record) in Nonsense.records(1500, seed: seed).enumerated() {
      var record = record
      if number % 7 == 0 { record.thread = "pool \(number % 3)" }
      bytes += writer.line(for: record)
    }
    let timeline = Timeline(try TraceFile(bytes, name: "n"))
    while timeline.extend(budget: 10_000) {}
    let world = timeline.frontier
    let narrator = Narrator(valueLimit: 400)
    let sentences = (1...timeline.count).map { step in
      timeline.record(at: step).map { narrator.sentence(for: $0, in: world).lowercased() } ?? ""
    }
    var dice = Dice(seed)
    for _ in 0..<60 {
      let words = (sentences.randomElement(using: &dice) ?? "").split(separator: " ")
      guard let word = words.randomElement(using: &dice) else { continue }
      let piece = Array(word.utf8.dropFirst(Int.random(in: 0..<word.utf8.count, using: &dice)))
      guard var sieve = Sieve([piece], isCaseSensitive: false, in: timeline.source) else { continue }
      sieve.mark(world, budget: .max)
      let picked = Set(sieve.candidates(after: 0, through: timeline.count, in: world))
      let text = String(decoding: piece, as: UTF8.self)
      for step in 1...timeline.count where sentences[step - 1].contains(text) {
        #expect(picked.contains(step), "\(text): \(sentences[step - 1])")
      }
    }
  }

  /// Any text of the narration's sources must be made of words that are known to be its own.
  @Test func `every word that the narration has of its own is in the list`() throws {
    let sources = [
      "Traces/Narrating/Narrator", "Traces/Narrating/Words", "Traces/Narrating/Telling+Chains",
      "Traces/Narrating/Telling+Handlers", "Traces/Narrating/Telling+Time", "Traces/Narrating/Telling+Actors",
      "Traces/Narrating/Telling+Failures", "Explorer/Model/SearchText", "Traces/World/DeferredState",
      "Traces/World/OtherStates", "Traces/World/FailureState", "Traces/World/StageState",
      "Traces/World/World",
      "Traces/Reading/TraceLooking",
    ]
    for source in sources {
      for word in words(inLiteralsOf: try Golden.source(source)) {
        #expect(NarrationWords.contain(Array(word.utf8)), "\(word), of \(source)")
      }
    }
  }

  /// The words of what stands between quotes, without what is put in there.
  private func words(inLiteralsOf source: String) -> [String] {
    var words: [String] = []
    for line in source.split(separator: "\n") where !line.contains("///") {
      // Inside of quotes or not, and how deep in what is put in.
      var (depths, word, last): ([Int], String, Character) = ([], "", " ")
      for character in line {
        switch character {
        case "\"" where depths.last == 0: depths.removeLast()
        case "\"": depths.append(0)
        case "(" where last == "\\" || depths.last ?? 0 > 0: depths[depths.count - 1] += 1
        case ")" where depths.last ?? 0 > 0: depths[depths.count - 1] -= 1
        case _ where depths.last == 0 && character.isLetter:
          word.append(character)
          last = character
          continue
        default: break
        }
        if !word.isEmpty { words.append(word) }
        (word, last) = ("", character)
      }
      if !word.isEmpty { words.append(word) }
    }
    return words
  }

  @Test(arguments: [
    ("zork", "bazork", true), ("zork", "bazor", false), ("item/1", "x ITEM/1", true), ("qz", "", false),
    ("abcdefghijkl", "0123456789abcdefghijklm", true), ("[x", "a{x b", false), ("1234", "1023412034", false),
  ])
  func `a needle is found wherever it is`(needle: String, text: String, isThere: Bool) throws {
    let needle = try #require(Needle(Array(needle.utf8), isCaseSensitive: false))
    #expect(needle.isIn(text) == isThere)
  }

  @Test(arguments: ["trap", "12", "it's", "a.b", "\"", "", "Call"])
  func `what sentences have of their own is no needle`(text: String) {
    #expect(Needle(Array(text.utf8), isCaseSensitive: false) == nil)
  }
}
