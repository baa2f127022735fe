/// Where records come from: a scenario that is driven on demand, a file that is read, or one that still grows.
public protocol RecordSource: AnyObject {
  /// Every record so far.
  var records: [Record] { get }
  /// Whether nothing more will come.
  var isAtEnd: Bool { get }
  /// Brings in what happens next (for a scenario: runs the next due call to its end), if anything does.
  ///
  /// A fault that ends the source (a bound was reached) is in `fault` afterwards.
  func extend()
  /// Why it ended early, as a sentence for people.
  var fault: String? { get }
  /// The program's source, where there is one: file name and lines.
  var sourceText: (file: String, lines: [String])? { get }
  /// The step at which a person looks first: where the set-up is over and nothing has happened.
  var openingStep: Int { get }
  /// Title and summary.
  var title: String { get }
  var summary: String { get }
}

extension RecordSource {
  /// The very start, where a source knows no better.
  public var openingStep: Int { 0 }
}
