/// What a person can answer that a lesson asks: which of its choices is right, and why.
public struct LessonQuestion: Sendable, Equatable {
  /// How many choices there are, which are counted from 1.
  public var choices: Int
  /// The right one.
  public var answer: Int
  /// Why it is right, if the lesson says.
  public var because: String?

  /// A question with so many choices, of which one is right.
  public init(choices: Int, answer: Int, because: String? = nil) {
    self.choices = choices
    self.answer = answer
    self.because = because
  }
}
