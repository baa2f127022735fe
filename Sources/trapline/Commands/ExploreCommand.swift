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
  @Argument(help: sourceHelp, completion: .file(extensions: ["yaml", "yml", "jsonl", "gz"])) var files:
    [String] =
      []

  func run() throws {
    // Before the screen is taken: what is wrong with the file belongs on standard error.
    let opened = try files.isEmpty ? nil : openFirst()
    let terminal = try openTerminal()
    defer { terminal.close() }
    var model = Model(size: terminal.size, glyphs: terminal.glyphs, gallery: galleryEntries())
    model.isMouseOn = mouse
    let texts = DiskFiles()
    model.files = texts
    var loop = ExplorerLoop(model: model, terminal: terminal) { name throws(OpenFailure) in
      texts.forget()
      return try reopen(name)
    }
    loop.run(first: opened)
  }

  private func openFirst() throws -> Opened {
    do throws(OpenFailure) {
      return try openSources(files, bounds: limits.bounds, follows: following.follow)
    } catch { throw error.told() }
  }

  /// Opens what was chosen in the gallery, or reads again what is open.
  private func reopen(_ name: SourceName) throws(OpenFailure) -> Opened {
    let isJoined = files.count > 1 && name.text == joinedName(files).text
    let names = isJoined ? files : [name.text]
    if let once = names.first(where: { $0 == "-" || $0 == standardInputName || isPipe($0) }) {
      let what = once.hasPrefix("/") ? "a pipe" : "standard input"
      let reason = "\(what) can be read only once"
      throw OpenFailure(ending: .inputOutput, report: reason, summary: reason)
    }
    if isJoined { return try openSources(files, bounds: limits.bounds, follows: following.follow) }
    let isFollowed = following.follow && files.contains(name.text)
    return try openSource(name, bounds: limits.bounds, follows: isFollowed)
  }

  private func openTerminal() throws -> CursesTerminal {
    var options = CursesTerminal.Options()
    options.colorFlag = color
    options.isASCIIForced = ascii
    options.isMouseOn = mouse
    options.readsKeysFromTTY = files.contains("-")
    do throws(TerminalRefusal) { return try CursesTerminal(options: options) } catch {
      let name = files.first.map(cleaned) ?? "FILE"
      throw end(
        .inputOutput, "\(error)\nhint: `trapline run \(name)` prints the same run as text")
    }
  }
}

extension ColorChoice: ExpressibleByArgument {}
