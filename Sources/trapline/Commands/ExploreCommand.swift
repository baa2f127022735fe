import ArgumentParser
import CursesTerminal
import Explorer
import Scenarios
import Screen
import Traces

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
    let awaited = AwaitedFiles(following.follow ? files : [])
    // Before the screen is taken: what is wrong with the file belongs on standard error.
    var opened = try files.isEmpty || awaited.missing() != nil ? nil : openFirst()
    let terminal = try openTerminal()
    defer { terminal.close() }
    if opened == nil, !files.isEmpty {
      guard awaitFiles(awaited, on: terminal) else { return }
      opened = try openFirst()
    }
    var model = Model(size: terminal.size, glyphs: terminal.glyphs, gallery: galleryEntries())
    model.isMouseOn = mouse
    let texts = DiskFiles()
    model.files = texts
    let joined = opened?.source is JoinedTraces ? opened?.name : nil
    var loop = ExplorerLoop(model: model, terminal: terminal) { name throws(OpenFailure) in
      texts.forget()
      return try reopen(name, joined: joined)
    }
    loop.run(first: opened)
  }

  private func openFirst() throws -> Opened {
    do throws(OpenFailure) {
      return try openSources(files, bounds: limits.bounds, follows: following.follow)
    } catch { throw error.told() }
  }

  /// Opens what was chosen in the gallery, or reads again what is open.
  ///
  /// - Parameter joined: what the traces are called together that were named on the command line.
  private func reopen(_ name: SourceName, joined: SourceName?) throws(OpenFailure) -> Opened {
    let isJoined = name == joined
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
