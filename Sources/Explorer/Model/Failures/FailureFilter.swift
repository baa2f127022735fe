package import Traces

/// Which Failures a person wants to see: `type:KeyError fate:unhandled`, and words of what they say.
///
/// All of it must be true of a Failure; of several fates, or several types, one.
package struct FailureFilter: Equatable, Sendable {
  /// As it was typed.
  package let text: String
  private let types: [String]
  package let fates: Set<FateKind>
  private let words: Query?
  private let isInverted: Bool

  /// nil where nothing is asked for.
  ///
  /// - Throws: a sentence, where a word is no fate.
  init?(_ text: String) throws(TypedFault) {
    var types: [String] = []
    var fates: Set<FateKind> = []
    var words: [Substring] = []
    var rest = text.drop { $0 == " " }
    isInverted = rest.first == "!"
    if isInverted { rest.removeFirst() }
    for word in rest.split(separator: " ") {
      if word.hasPrefix("type:") {
        types.append(String(word.dropFirst(5)))
      } else if word.hasPrefix("fate:") {
        fates.insert(try Self.fate(word.dropFirst(5)))
      } else {
        words.append(word)
      }
    }
    self.text = String(text.drop { $0 == " " })
    self.types = types.filter { !$0.isEmpty }
    self.fates = fates
    self.words = Query(words.joined(separator: " "))
    if self.types.isEmpty, fates.isEmpty, self.words == nil { return nil }
  }

  private static func fate(_ word: Substring) throws(TypedFault) -> FateKind {
    let kinds = FateKind.allCases
    let fitting = word.isEmpty ? [] : kinds.filter { $0.word.hasPrefix(word.lowercased()) }
    if let kind = kinds.first(where: { $0.word == word.lowercased() }) ?? fitting.first { return kind }
    let fault = word.isEmpty ? "Which fate?" : "No fate is called \(word)."
    throw TypedFault("\(fault) There are: \(kinds.map(\.word).joined(separator: ", ")).")
  }

  /// Whether a Failure is one of those that are asked for.
  package func matches(_ failure: FailureState, _ kind: FateKind) -> Bool {
    let isFound =
      (fates.isEmpty || fates.contains(kind)) && (types.isEmpty || types.contains { isType($0, failure) })
      && words?.matches(failure.title) ?? true
    return isFound != isInverted
  }

  /// By a part of its name, or by the whole name of a type above it.
  private func isType(_ type: String, _ failure: FailureState) -> Bool {
    Query(type)?.matches(failure.type) == true || failure.parents.contains(type)
  }

  /// What must be typed for the same filter with another fate, or with any.
  func text(withFate fate: FateKind?) -> String {
    let others = text.split(separator: " ").filter { !$0.hasPrefix("fate:") && !$0.hasPrefix("!fate:") }
    let words = others.map(String.init) + (fate.map { ["fate:\($0.word)"] } ?? [])
    return words.joined(separator: " ")
  }
}
