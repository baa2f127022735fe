import ArgumentParser
import CursesTerminal
import Explorer
import Scenarios
import Screen

/// `trapline` and `trapline FILE`: the explorer.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Open the explorer on a scenario or a trace, or the gallery (the default command).")

  @Option(help: "Whether to use colour; NO_COLOR in the environment turns it off as well.")
  var color = ColorChoice.auto
  @Flag(help: "Draw with ASCII characters only, whatever the locale.") var ascii = false
  @Flag(inversion: .prefixedNo, help: "Take the mouse for selecting and scrolling.") var mouse = true
  @OptionGroup var following: FollowOption
  @OptionGroup var limits: BoundOptions
  @Argument(help: sourceHelp, completion: .file(extensions: ["yaml", "yml", "jsonl"])) var file: String?

  func run() throws {
    // Before the screen is taken: what is wrong with the file belongs on standard error.
    let opened = try file.map { name in
      do throws(OpenFailure) { return try open(SourceName(name)) } catch { throw error.told() }
    }
    let terminal = try openTerminal()
    defer { terminal.close() }
    var model = Model(size: terminal.size, glyphs: terminal.glyphs, gallery: galleryEntries())
    model.isMouseOn = mouse
    let files = DiskFiles()
    model.files = files
    var loop = ExplorerLoop(model: model, terminal: terminal) { name throws(OpenFailure) in
      files.forget()
      return try open(name)
    }
    loop.run(first: opened)
  }

  private func open(_ name: SourceName) throws(OpenFailure) -> Opened {
    guard name.text != standardInputName else {
      let reason = "standard input can be read only once"
      throw OpenFailure(ending: .inputOutput, report: reason, summary: reason)
    }
    return try openSource(name, bounds: limits.bounds, follows: following.follow)
  }

  private func openTerminal() throws -> CursesTerminal {
    var options = CursesTerminal.Options()
    options.colorFlag = color
    options.isASCIIForced = ascii
    options.isMouseOn = mouse
    options.readsKeysFromTTY = file == "-"
    do throws(TerminalRefusal) { return try CursesTerminal(options: options) } catch {
      let name = file.map(cleaned) ?? "FILE"
      throw end(
        .inputOutput, "\(error)\nhint: `trapline run \(name)` prints the same run as text")
    }
  }
}

extension ColorChoice: ExpressibleByArgument {}
