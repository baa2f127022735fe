import Screen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How deep folders are searched: deeper ones are a mistake.
private let deepestFolder = 32

/// The scenario files that a path stands for: itself, or every `.yaml` and `.yml` below a folder, by name.
///
/// Links to folders are not followed, since they may lead back. A folder without any is an error: a test run
/// that tests nothing must not look like success. A folder that can't be looked into stands for itself: opening
/// it tells why.
func scenarioFiles(under path: String) throws -> [String] {
  guard isFolder(path) else { return [path] }
  let files = files(in: path, depth: 0)
  guard !files.isEmpty else { throw end(.noSuchFile, "no scenario files (*.yaml) in \(cleaned(path))") }
  return files
}

private func files(in folder: String, depth: Int) -> [String] {
  guard depth < deepestFolder, let stream = opendir(folder) else { return [folder] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if !name.hasPrefix(".") { names.append(name) }
  }
  let base = folder.hasSuffix("/") ? folder : folder + "/"
  return names.sorted().flatMap { name -> [String] in
    if isFolder(base + name, followingLinks: false) { return files(in: base + name, depth: depth + 1) }
    return name.hasSuffix(".yaml") || name.hasSuffix(".yml") ? [base + name] : []
  }
}

private func isFolder(_ path: String, followingLinks: Bool = true) -> Bool {
  var status = stat()
  let result = followingLinks ? stat(path, &status) : lstat(path, &status)
  return result == 0 && status.st_mode & S_IFMT == S_IFDIR
}
