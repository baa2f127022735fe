import Screen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What printed text may look like where it goes.
struct Paper {
  var columns: Int
  var glyphs: Glyphs

  /// In a pipe and in a file, where nothing says how wide it is.
  private static let columnsOfFile = 100

  /// What standard output is: as wide as its terminal, and in ASCII unless the locale is of UTF-8.
  static func ofStandardOutput() -> Paper {
    var size = winsize()
    let isTerminal = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    setlocale(LC_CTYPE, "")
    let isUTF8 = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } == "UTF-8"
    return Paper(
      columns: isTerminal ? Int(size.ws_col) : columnsOfFile, glyphs: isUTF8 ? .unicode : .ascii)
  }
}
