import Explorer
import Foundation
import Testing
import Traces

@testable import trapline

/// The files of recorded programs, as they lie on this disk.
@Suite struct DiskFilesTests {
  @Test func `a file is read once, with its tabs as spaces, and anew when it was forgotten`() throws {
    let file = try TemporaryFile("def f():\r\n\treturn 1\n", named: "shop.py")
    let files = DiskFiles()
    let read = try #require(files.file(file.path, recordedAt: nil))
    #expect(read.lines == ["def f():", "        return 1", ""] && read.path == file.path && !read.isChanged)
    try "new".write(toFile: file.path, atomically: false, encoding: .utf8)
    #expect(files.file(file.path, recordedAt: nil)?.lines.count == 3)
    files.forget()
    #expect(files.file(file.path, recordedAt: nil)?.lines == ["new"])
  }

  @Test func `a file that was written to after the recording began is said to be changed`() throws {
    let file = try TemporaryFile("x", named: "shop.py")
    let files = DiskFiles()
    #expect(files.file(file.path, recordedAt: CalendarTime("2001-01-01T00:00:00Z"))?.isChanged == true)
    #expect(files.file(file.path, recordedAt: CalendarTime("2901-01-01T00:00:00Z"))?.isChanged == false)
  }

  @Test func `what is no text, no file, or too large is not at hand, and nothing is waited for`() throws {
    let file = try TemporaryFile("a\0b", named: "binary.py")
    let pipe = file.folder + "/pipe.py"
    #expect(mkfifo(pipe, 0o600) == 0)
    let large = file.folder + "/large.py"
    _ = FileManager.default.createFile(atPath: large, contents: Data(count: DiskFiles.fileLimit_bytes + 1))
    let files = DiskFiles()
    for name in [file.path, file.folder, pipe, large, "/dev/zero", "/nowhere/a.py", "", "a\0b"] {
      #expect(files.file(name, recordedAt: nil) == nil, "\(name.debugDescription)")
    }
  }
}
