import Screen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Which file a person means, however it is named: a symbolic or a hard link is the file that it leads to.
enum FileIdentity: Hashable {
  case onDisk(device: UInt64, inode: UInt64)
  case builtIn(String)

  /// Nil where there is no such file.
  init?(of name: String) {
    var status = stat()
    if (name == "-" ? fstat(STDIN_FILENO, &status) : stat(name, &status)) == 0 {
      self = .onDisk(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    } else if let embedded = embeddedFile(named: name) {
      self = .builtIn(embedded.name)
    } else {
      return nil
    }
  }
}

/// The files that a command was given, each once.
struct FilesGiven {
  /// Those that were given first, in their order.
  private(set) var names: [String] = []
  /// What was left out, as sentences for people.
  private(set) var notes: [String] = []

  init(_ all: [String]) {
    var known: [FileIdentity: String] = [:]
    for name in all {
      if let identity = FileIdentity(of: name) {
        if let first = known[identity] {
          notes.append(Self.note(name, repeats: first, as: "file"))
          continue
        }
        known[identity] = name
      }
      names.append(name)
    }
  }

  static func note(_ name: String, repeats first: String, as what: String) -> String {
    let (name, first) = (cleaned(name), cleaned(first))
    return name == first
      ? "\(name) was given twice: it is read once" : "\(name) is the same \(what) as \(first): it is left out"
  }
}
