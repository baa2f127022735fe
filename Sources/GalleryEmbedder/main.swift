import Foundation

// Writes the scenario files named on the command line into one Swift file, so that the gallery works from
// any directory: GalleryEmbedder OUTPUT FILE…
let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else { fatalError("usage: GalleryEmbedder OUTPUT FILE…") }
var text = "/// The scenarios of `scenarios/`, in lesson order. Made at build time.\n"
text += "let embeddedScenarios: [(name: String, text: String)] = [\n"
for path in arguments.dropFirst() {
  let url = URL(fileURLWithPath: path)
  let body = try String(contentsOf: url, encoding: .utf8)
  text += "  (\(url.lastPathComponent.debugDescription), \(body.debugDescription)),\n"
}
text += "]\n"
try text.write(toFile: output, atomically: true, encoding: .utf8)
