/// One entry of `lesson`: something said or asked at a moment of the run.
package struct LessonEntry: Sendable {
  package enum Moment: Sendable {
    case at(Microseconds)
    /// Before this handler runs for the first time.
    case before(HandlerPath)
    case when(Occasion)
  }

  package enum Occasion: String, Sendable, CaseIterable {
    case failure, trap, unhandled, timer
  }

  package enum Content: Sendable {
    case say(String)
    case ask(Question)
    case predict(Prediction)
  }

  package enum Prediction: String, Sendable, CaseIterable {
    case next, outcome, handler
  }

  package struct Question: Sendable {
    package var text: String
    package var choices: [String]
    /// Counts from 1, and is never beyond the choices.
    package var answer: Int
    package var because: String?

    /// As the run says it: with its choices, and without its answer.
    package var narration: String {
      ([text] + choices.enumerated().map { "(\($0.offset + 1)) \($0.element)" }).joined(separator: "\n")
    }
  }

  package var moment: Moment
  package var content: Content
  package var mark: Mark
}

/// A handler named from outside, `D.handler`, as traces and `observed` output name it.
package struct HandlerPath: Sendable {
  /// As written: `poem.parse`, `poem#2.callback 0`, `all.0.errback 1`.
  package var text: String
  package var mark: Mark

  /// The part before the last dot, or all of it for a loop's or task's own name.
  package var owner: Substring {
    guard let dot = text.lastIndex(of: ".") else { return text[...] }
    return text[..<dot]
  }

  /// The part after the last dot, or nil.
  package var handler: Substring? {
    guard let dot = text.lastIndex(of: ".") else { return nil }
    return text[text.index(after: dot)...]
  }
}
