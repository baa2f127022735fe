import Testing
import Traces

@Test func `a lazy source gives one moment at a time`() {
  let source = PoemScene.open(isLazy: true)
  #expect(source.records.last?.time == 0)
  source.extend()
  #expect(source.records.last?.time == 1_000_000)
  #expect(!source.isAtEnd)
  source.extend()
  #expect(source.records == PoemScene.records())
  #expect(source.isAtEnd)
}
