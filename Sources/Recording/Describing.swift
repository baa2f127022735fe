public import Traces

/// The text of a value as a record has it: strings in quotes, nothing as `none`, cut at `limit` characters.
///
/// Control characters stay as they are: whoever shows a text cleans it for the place where it is shown.
///
/// - Complexity: that of the value's own description.
public func describe(_ value: Any, limit: Int = 200) -> ValueText {
  if value is Void { return .none }
  if let string = value as? String {
    let cut = cutText(string, limit: limit)
    return ValueText("\"\(cut.text)\"", isCut: cut.isCut)
  }
  if let optional = value as? any OptionalValue {
    guard let wrapped = optional.wrappedValue else { return .none }
    return describe(wrapped, limit: limit)
  }
  return cutText(String(describing: value), limit: limit)
}

/// At most `limit` characters of a text.
public func cutText(_ text: String, limit: Int) -> ValueText {
  // A character takes at least one byte.
  if text.utf8.count <= limit { return ValueText(text) }
  let start = text.prefix(limit)
  return start.endIndex == text.endIndex ? ValueText(text) : ValueText(String(start), isCut: true)
}

/// Any Optional, whatever it wraps.
private protocol OptionalValue {
  var wrappedValue: Any? { get }
}

extension Optional: OptionalValue {
  fileprivate var wrappedValue: Any? { self }
}
