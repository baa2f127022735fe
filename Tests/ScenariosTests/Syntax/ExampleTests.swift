import Scenarios
import Testing

@Suite struct `The large example` {
  @Test func `has no faults`() { #expect(faults(largeExample) == "") }
}
