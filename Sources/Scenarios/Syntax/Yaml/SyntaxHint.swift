/// What a person probably meant by a line that is not YAML.
///
/// - Parameters:
///   - problem: the YAML parser's words.
///   - excerpt: the line on which it gave up, or the part around the place.
func syntaxHint(problem: String, at excerpt: SourceText.Excerpt) -> String? {
  let line = excerpt.text
  if problem.contains("cannot start any token") {
    let character = line.unicodeScalars.dropFirst(excerpt.column - 1).first
    if character == "\t" { return "indent with spaces, not with tabs" }
    if character == "@" || character == "`" || character == "%" {
      return "a text that starts with this character is quoted"
    }
  }
  if errorWithColon(line) {
    return "an error has no colon between type and message: `raise: ValueError bad`; or quote it"
  }
  if hasLooseTemplate(line) { return #"a template is quoted: "{value}!""# }
  if problem.contains("mapping values are not allowed") {
    return "a text with a colon and a space in it is quoted"
  }
  if problem.contains("',' or '}'") || problem.contains("',' or ']'") {
    return
      "inside {…} and […] a comma ends the value; a text with a comma, a brace or a colon in it is quoted"
  }
  if problem.contains("expected ':'") || problem.contains("expected <block end>") {
    return "keys that belong together start in the same column, each with a colon and a space"
  }
  return nil
}

/// `raise: ValueError: bad`, and the same after `fail`, `with` and `return_failure`.
private func errorWithColon(_ line: String) -> Bool {
  let words = line.split { " {[,".contains($0) }
  for (word, next) in zip(words, words.dropFirst()) {
    guard ["raise:", "fail:", "with:", "return_failure:"].contains(word) else { continue }
    if next.hasSuffix(":"), next.first?.isUppercase == true { return true }
  }
  return false
}

/// `log: {value}!`, which YAML takes for a map and something behind it.
private func hasLooseTemplate(_ line: String) -> Bool {
  ["value", "failure", "failure.type", "count"].contains { line.contains(" {\($0)}") }
}
