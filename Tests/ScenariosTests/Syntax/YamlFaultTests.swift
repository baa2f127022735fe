import Testing

@Suite struct `Faults of YAML` {
  static let cases: [FaultCase] = [
    FaultCase(
      "a key given twice",
      ##"""
      title: a
      deferreds: {d: {chain: [], chain: []}}
      title: b
      """##,
      ##"""
      3:28 the key `chain` is given twice
        it is already at 3:17
      4:1 the key `title` is given twice
        it is already at 2:1
      """##),
    FaultCase(
      "tags",
      ##"""
      title: !!str x
      summary: !mine y
      """##,
      ##"""
      2:8 tags (`tag:yaml.org,2002:str`) are not part of the format
        leave it out
      3:10 tags (`!mine`) are not part of the format
        leave it out
      """##),
    FaultCase(
      "merge keys",
      ##"""
      deferreds:
        a: &a {chain: []}
        b: {<<: *a}
      """##,
      ##"""
      4:7 merge keys (`<<`) are not part of the format
        write the keys out
      """##),
    FaultCase(
      "recursive aliases",
      ##"""
      deferreds: {a: {succeed: &a [1, *a]}}
      """##,
      ##"""
      2:33 `*a` stands inside of what it names, which would never end
      """##),
    FaultCase(
      "an alias of nothing",
      ##"""
      deferreds: {a: {succeed: &first 1}, b: {succeed: *frist}}
      """##,
      ##"""
      2:50 there is no anchor `&frist` above this
        did you mean `*first`?
      """##),
    FaultCase(
      "a second document",
      ##"""
      title: one
      ---
      trapline: 1
      """##,
      ##"""
      3:1 a file is one scenario, and a second document starts here
        make it a file of its own
      """##),
    FaultCase(
      "a key that is a list",
      ##"""
      deferreds: {[a, b]: {}}
      """##,
      ##"""
      2:13 a key must be a word, not a list or a map
        a text that starts with a brace or a bracket is quoted: "{value}"
      """##),
    FaultCase(
      "an error with a colon, in a block",
      ##"""
      deferreds:
        d:
          chain:
            - callback:
                raise: ValueError: bad
      """##,
      ##"""
      6:28 this is not YAML: mapping values are not allowed in this context
        an error has no colon between type and message: `raise: ValueError bad`; or quote it
      """##),
    FaultCase(
      "an error with a colon, in braces",
      ##"""
      deferreds: {d: {fail: ValueError: bad}}
      """##,
      ##"""
      2:33 this is not YAML: did not find expected ',' or '}' (while parsing a flow mapping at 2:16)
        an error has no colon between type and message: `raise: ValueError bad`; or quote it
      """##),
    FaultCase(
      "a text with a colon",
      ##"""
      title: One thing: another
      """##,
      ##"""
      2:17 this is not YAML: mapping values are not allowed in this context
        a text with a colon and a space in it is quoted
      """##),
    FaultCase(
      "a template that is not quoted",
      ##"""
      deferreds:
        d:
          chain:
            - callback: {log: {value}!}
      """##,
      ##"""
      5:33 this is not YAML: did not find expected whitespace or line break (while scanning a tag at 5:32)
        a template is quoted: "{value}!"
      """##),
    FaultCase(
      "tabs",
      ##"""
      deferreds:
      	d: {}
      """##,
      ##"""
      3:1 this is not YAML: found character that cannot start any token (while scanning for the next token at 3:1)
        indent with spaces, not with tabs
      """##),
    FaultCase(
      "a text that starts with a special character",
      ##"""
      title: @home
      """##,
      ##"""
      2:8 this is not YAML: found character that cannot start any token (while scanning for the next token at 2:8)
        a text that starts with this character is quoted
      """##),
    FaultCase(
      "a brace that is never closed",
      ##"""
      deferreds: {d: {chain: []
      """##,
      ##"""
      3:1 this is not YAML: did not find expected ',' or '}' (while parsing a flow mapping at 2:16)
        inside {…} and […] a comma ends the value; a text with a comma, a brace or a colon in it is quoted
      """##),
    FaultCase(
      "a fault behind an alias is one fault",
      ##"""
      deferreds: {a: &a {chian: []}, b: *a, c: *a}
      """##,
      ##"""
      2:20 a Deferred has no key `chian`
        did you mean `chain`?
      """##),
  ]

  @Test(arguments: cases)
  func `are reported where they stand`(fault: FaultCase) {
    #expect(fault.found == fault.expected)
  }
}
