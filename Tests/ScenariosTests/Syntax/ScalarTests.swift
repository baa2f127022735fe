import Scenarios
import Testing

@Suite struct `Scalars` {
  /// What `succeed: …` is read as.
  private func value(_ written: String) throws -> Literal {
    guard
      case .succeed(let value) = try scenario(file("deferreds: {d: {succeed: \(written)}}")).deferreds[0]
        .origin
    else { return .none }
    return value
  }

  @Test(arguments: ["none", "null", "Null", "NULL", "~", ""])
  func `are none in six ways`(written: String) throws { #expect(try value(written) == Literal.none) }

  @Test(arguments: [
    ("true", Literal.bool(true)), ("False", .bool(false)), ("TRUE", .bool(true)),
    ("12", .int(12)), ("-9223372036854775808", .int(.min)), ("+7", .int(7)), ("012", .int(12)),
    ("0x1F", .int(31)), ("0o17", .int(15)),
    ("1.5", .double(1.5)), ("2.0", .double(2)), (".5", .double(0.5)), ("1.", .double(1)),
    ("-1e3", .double(-1000)),
  ])
  func `are numbers and truth values by YAML 1.2`(written: String, expected: Literal) throws {
    #expect(try value(written) == expected)
  }

  @Test(arguments: [
    "yes", "no", "on", "off", "y", "None", "NONE", "tRue", "12:30", "2020-01-01", "1_000", "0x", "0b1", "1e",
    "-",
    "inf", "0X1F", "-0x1F",
  ])
  func `are texts otherwise`(written: String) throws {
    #expect(try value(written) == .text(Template(text: written)))
  }

  @Test(arguments: ["none", "true", "12", "1.5", "~", ""])
  func `are texts in quotes`(word: String) throws {
    #expect(try value("\"\(word)\"") == .text(Template(text: word)))
    #expect(try value("'\(word)'") == .text(Template(text: word)))
  }

  @Test func `in lists and maps keep their order`() throws {
    let expected = Literal.map([
      .init(key: "b", value: .list([.int(1), .none, .text(Template(text: "x"))])),
      .init(key: "1", value: .none),
    ])
    #expect(try value("{b: [1, none, x], 1: null}") == expected)
  }

  @Test(
    arguments: [
      ("0", 0), ("1", 1_000_000), ("2.5", 2_500_000), ("0.1", 100_000), ("0.0000004", 0), ("0.0000005", 1),
      ("0.00000049999999999999999999", 0), ("0.0000015", 2), ("1e-6", 1), ("1.5e3", 1_500_000_000),
      (".5", 500_000),
      ("0x10", 16_000_000), ("0e999999999999", 0), ("1e-999999999999", 0), ("-0", 0),
      ("9007199254.740993", 9_007_199_254_740_993), ("9223372036854.775807", Int64.max),
    ] as [(String, Int64)])
  func `are seconds, exactly, to the microsecond and halves up`(written: String, expected: Int64) throws {
    #expect(try scenario(file("until: \(written)")).until == expected)
  }

  @Test(arguments: [("-1.5", -1_500_000), ("-0.0000005", 0), ("-0.0000006", -1)] as [(String, Int64)])
  func `are negative seconds only under by`(written: String, expected: Int64) throws {
    let text = "timeline: [{call: c, after: 1, do: []}, {delay_call: c, by: \(written)}]"
    guard case .delayCall(_, let by) = try scenario(file(text)).timeline[1].actions[0].kind
    else { return #expect(Bool(false)) }
    #expect(by == expected)
  }

  @Test(arguments: ["9223372036854.7758075", "1e13", "9223372036855", "1e999999999999"])
  func `are no seconds beyond 2^63 microseconds`(written: String) {
    #expect(faults(file("until: \(written)")).contains("`until` is beyond 2^63 microseconds"))
  }

  @Test(arguments: [(2.0, "2"), (0.1, "0.1"), (1e16, "1e+16"), (-0.5, "-0.5")])
  func `are shown in their shortest form`(number: Double, text: String) {
    #expect(shortestText(of: number) == text)
  }
}
