/// A value as a scenario writes it: what the format's tables call `V`.
///
/// Strings are templates, parsed at load; everything else is what YAML says it is.
package indirect enum Literal: Sendable, Equatable {
  case none
  case bool(Bool)
  case int(Int)
  case double(Double)
  case text(Template)
  case list([Literal])
  case map([Entry])

  /// One key and its value, in file order.
  package struct Entry: Sendable, Equatable {
    package var key: String
    package var value: Literal

    package init(key: String, value: Literal) {
      self.key = key
      self.value = value
    }
  }
}

/// A text with placeholders in it, split where they stand.
package struct Template: Sendable, Equatable {
  /// A piece of a template: text as it is (braces already unescaped), or something to fill in.
  package enum Segment: Sendable, Equatable {
    case text(String)
    case placeholder(Placeholder)
  }

  /// The pieces in order; empty for an empty text, and never two texts in a row.
  package var segments: [Segment]

  package init(_ segments: [Segment]) { self.segments = segments }

  /// A template with nothing to fill in.
  package init(text: String) { segments = text.isEmpty ? [] : [.text(text)] }

  /// The placeholder that is the whole template, which then stands for that value itself and not for its text.
  package var wholePlaceholder: Placeholder? {
    guard segments.count == 1, case .placeholder(let placeholder) = segments[0] else { return nil }
    return placeholder
  }

  /// The text, when there is nothing to fill in.
  package var plainText: String? {
    if segments.isEmpty { return "" }
    guard segments.count == 1, case .text(let text) = segments[0] else { return nil }
    return text
  }
}

/// What a template can ask for.
package enum Placeholder: Sendable, Hashable {
  /// `{value}`: what came in, none where nothing comes in.
  case value
  /// `{failure}`: the message of the Failure that came in.
  case failureMessage
  /// `{failure.type}`
  case failureType
  /// `{failure.sub}`: the message of the Failure inside a FirstError.
  case subFailureMessage
  /// `{failure.sub.type}`
  case subFailureType
  /// `{failure.index}`: which member of the list failed, from 0.
  case failureIndex
  /// `{count}`: only inside a loop's `do`, where nested handlers see it too.
  case count
  /// `{x}`: a variable of the script around it.
  case variable(String)
}

/// An error as a scenario writes it: what the format's tables call `E`.
package struct ErrorLiteral: Sendable {
  package var type: String
  package var message: Template
  package var mark: Mark
}

/// Microseconds, the unit in which a scenario's decimal seconds are kept.
package typealias Microseconds = Int64
