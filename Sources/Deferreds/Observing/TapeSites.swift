/// Numbers for the places where handlers are added, so that an entry has a number instead of three texts.
///
/// Each place has one row of a table, and two that share a row take turns: then it is told anew what its number means.
/// So the table is bounded, whatever a program calls its handlers.
struct TapeSites {
  private struct Row {
    var file = ""
    var callback = ""
    var errback = ""
    var line = -1
    var sides: UInt8 = 0
  }

  private static let count = 4096
  private var rows = [Row](repeating: Row(), count: TapeSites.count)

  /// The number of a place.
  ///
  /// - Parameter tell: is called first where the number did not stand for this place until now.
  @inline(__always)
  mutating func number(of stage: HandlerStage, tell: (UInt16, TapeSite) -> Void) -> UInt16 {
    let errback = stage.handlers.errbackName
    let sides = stage.handlers.sides.rawValue
    let (file, callback) = (Words(stage.file), Words(stage.name))
    var hash = UInt(bitPattern: stage.line) &* 0x9E37_79B9_7F4A_7C15
    hash ^= (file.second &+ callback.second &* 31) &* 0xC2B2_AE3D_27D4_EB4F
    let number = Int(truncatingIfNeeded: (hash ^ hash >> 29) >> 7) & (Self.count - 1)
    let isKnown = rows.withUnsafeBufferPointer { rows in
      let row = rows.baseAddress.unsafelyUnwrapped + number
      return row.pointee.line == stage.line && row.pointee.sides == sides
        && Words(row.pointee.file) == file && Words(row.pointee.callback) == callback
        && Words(row.pointee.errback) == Words(errback)
    }
    if !isKnown {
      rows[number] = Row(
        file: stage.file, callback: stage.name, errback: errback, line: stage.line, sides: sides)
      tell(
        UInt16(number),
        TapeSite(
          place: Place(file: stage.file, line: stage.line), callback: stage.name(of: .callback),
          errback: stage.name(of: .errback)))
    }
    return UInt16(number)
  }

  /// The two words that a String is: the same words are the same text, as long as one who has them keeps it alive.
  private struct Words: Equatable {
    var first: UInt
    var second: UInt

    @inline(__always)
    init(_ text: String) {
      (first, second) = unsafeBitCast(text, to: (UInt, UInt).self)
    }
  }
}
