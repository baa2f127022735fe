import Foundation

// Writes the files named on the command line into one Swift file, as lists of their names and texts, in the order
// given: FileEmbedder OUTPUT --list NAME FILE… [--list NAME FILE…]
var arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.popFirst(), arguments.first == "--list" else {
  fatalError("usage: FileEmbedder OUTPUT --list NAME FILE… [--list NAME FILE…]")
}
var text = "// Made at build time.\n"
while arguments.popFirst() == "--list", let list = arguments.popFirst() {
  text += "let \(list): [(name: String, text: String)] = [\n"
  while let path = arguments.first, path != "--list" {
    arguments.removeFirst()
    let file = URL(fileURLWithPath: path)
    let body = try String(contentsOf: file, encoding: .utf8)
    text += "  (\(file.lastPathComponent.debugDescription), \(body.debugDescription)),\n"
  }
  text += "]\n"
}
try text.write(toFile: output, atomically: true, encoding: .utf8)
