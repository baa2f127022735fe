#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The name of a file as the system has it: bytes, which need not be UTF-8.
struct FileName: Hashable {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
  init(_ text: String) { bytes = Array(text.utf8) }

  /// For C.
  var cString: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }
  /// For people; what is no UTF-8 in it is replaced.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The folder that we work in, with a slash at its end; nil where that is gone.
  static var workingFolder: FileName? {
    guard let folder = getcwd(nil, 0) else { return nil }
    defer { free(folder) }
    let path = UnsafeBufferPointer(start: folder, count: strlen(folder)).map { UInt8(bitPattern: $0) }
    return FileName(path.last == slash ? path : path + [slash])
  }

  /// The same file, as it is called in every folder.
  var absolute: FileName {
    guard bytes.first != slash, let folder = Self.workingFolder else { return self }
    return FileName(folder.bytes + bytes)
  }

  /// As a person types it in the folder that we work in.
  var fromHere: FileName {
    guard let folder = Self.workingFolder, bytes.starts(with: folder.bytes) else { return self }
    return FileName(bytes.dropFirst(folder.bytes.count))
  }

  /// The folder in which the file is.
  var folder: FileName {
    bytes.lastIndex(of: slash).map { FileName(bytes[...$0]) } ?? FileName(".")
  }

  var lastComponent: FileName? { bytes.split(separator: slash).last.map { FileName($0) } }

  func adding(_ ending: String) -> FileName { FileName(bytes + Array(ending.utf8)) }

  func hasSuffix(_ ending: String) -> Bool { bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8) }

  var isFile: Bool { status.map { $0.st_mode & S_IFMT != S_IFDIR } ?? false }

  /// In bytes; nil where there is none, or is a link.
  var size: Int? {
    var status = stat()
    return lstat(cString, &status) == 0 ? Int(status.st_size) : nil
  }

  private var status: stat? {
    var status = stat()
    return stat(cString, &status) == 0 ? status : nil
  }
}

private let slash = UInt8(ascii: "/")
