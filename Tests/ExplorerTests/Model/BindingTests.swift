import Screen
import Testing

@testable import Explorer

@Test func `no key is bound twice in a context`() {
  var seen: Set<String> = []
  for binding in Bindings.table {
    for key in binding.keys {
      for context in binding.contexts {
        #expect(seen.insert("\(key) in \(context)").inserted, "\(key) is bound twice in \(context)")
      }
    }
  }
}

@Test func `every binding has keys, contexts and a sentence of help`() {
  for binding in Bindings.table {
    #expect(!binding.keys.isEmpty && !binding.contexts.isEmpty)
    #expect(binding.help.hasSuffix("."), "\(binding.command)")
    #expect(binding.help.first?.isUppercase == true || binding.help.hasPrefix("''"), "\(binding.command)")
  }
}

@Test func `every command has one row`() {
  let commands = Bindings.table.map(\.command)
  #expect(Set(commands).count == commands.count)
}

@Test func `what goes forward on a lower case letter goes back on the upper case one`() {
  let stepping = Bindings.table.filter { $0.section == .stepping }
  #expect(stepping.count >= 14)
  for binding in stepping {
    for case .character(let character) in binding.keys where character.isLowercase {
      let upper = Key.character(Character(character.uppercased()))
      #expect(Bindings.binding(for: upper, in: .explorer)?.command == binding.reverse.command, "\(character)")
    }
  }
}

@Test func `every binding has a reverse that is bound, or says why it has none`() {
  for binding in Bindings.table {
    switch binding.reverse {
    case .pair(let other):
      #expect(Bindings.binding(of: other)?.reverse == .pair(binding.command), "\(binding.command)")
    case .undone(let by):
      #expect(Bindings.binding(of: by) != nil, "\(binding.command)")
    case .none(let reason):
      #expect(reason.hasSuffix(".") && reason.contains(" "), "\(binding.command)")
    }
  }
}

@Test func `what only lower and upper case tell apart are reverses of each other`() {
  for binding in Bindings.table where binding.contexts.contains(.explorer) {
    for case .character(let character) in binding.keys where character.isLowercase {
      let upper = Key.character(Character(character.uppercased()))
      guard let other = Bindings.binding(for: upper, in: .explorer), other.command != .quit else { continue }
      #expect(binding.reverse == .pair(other.command), "\(character)")
    }
  }
}

@Test(arguments: [
  (Key.character("s"), Command.step), ("S", .stepBack), (.right, .step), (.left, .stepBack),
  (.function(11), .step), ("o", .over), ("O", .overBack), (.function(10), .over), ("u", .out),
  ("U", .outBack),
  (.function(12), .out), ("t", .nextMoment), ("T", .previousMoment), ("e", .nextFailure),
  ("E", .previousFailure), ("^", .toStart), (.home, .toStart), ("$", .toEnd), (.end, .toEnd),
  ("[", .visitedBack), ("]", .visitedOn), ("w", .whence), ("W", .whither), ("n", .nextMatch),
  ("N", .previousMatch), ("x", .nextListed), ("X", .previousListed), (" ", .play), (.backspace, .playBack),
  (">", .faster), ("<", .slower),
])
func `the keys of stepping and playing do what they are for`(key: Key, command: Command) {
  #expect(Bindings.binding(for: key, in: .explorer)?.command == command)
}

@Test(arguments: [
  (Key.character("/"), Command.search), ("f", .filter), ("F", .unfilter), (":", .commandLine),
  ("m", .setBookmark), ("M", .deleteBookmark), ("'", .goToBookmark), (.enter, .choose), (.escape, .release),
  ("j", .rowDown), (.down, .rowDown), ("k", .rowUp), (.up, .rowUp), (.pageDown, .pageDown),
  (.pageUp, .pageUp), ("g", .firstRow), ("G", .lastRow), ("l", .scrollRight), ("h", .scrollLeft),
  (.tab, .focusNext), (.backTab, .focusPrevious), ("1", .focus(.chain)), ("9", .focus(.narration)),
  ("v", .nextView), ("V", .previousView), ("+", .zoom), ("_", .unzoom), ("y", .copy), ("r", .reload),
  (.control("l"), .redraw),
  (.control("z"), .suspend), ("?", .help), (.function(1), .help), ("q", .back), ("Q", .quit),
  (.control("c"), .interrupt),
])
func `the other keys do what they are for`(key: Key, command: Command) {
  #expect(Bindings.binding(for: key, in: .explorer)?.command == command)
}

@Test(arguments: ["zoom", "suspend", "redraw", "invert", "interrupt", "filter", "whence", "copy", "bookmark"])
func `help is found by the word that the hints and people use`(word: String) {
  let driver = Driver()
  driver.type("?/\(word)\n")
  #expect(driver.model.helpLines.contains { if case .row = $0 { true } else { false } })
}

@Test func `help scrolls no further than its last line, so that k moves at once`() {
  let driver = Driver()
  driver.type("?G")
  let bottom = view(driver.model).picture
  driver.type("jk")
  #expect(view(driver.model).picture != bottom)
}

@Test func `Esc clears the search of the help, then leaves it`() {
  let driver = Driver()
  driver.type("?/zoom\n\u{1b}")
  #expect(driver.model.help?.searchText == "")
  driver.type("\u{1b}")
  #expect(driver.model.help == nil)
}

@Test func `the search of the help begins anew each time, and n and N go from line to line of it`() {
  let driver = Driver()
  driver.type("?n")
  #expect(driver.message == "There is nothing to search for yet: / begins a search.")
  driver.type("/digits\n/go")
  #expect(driver.model.help?.searchText == "go")
  driver.type("\nn")
  let next = driver.model.help?.scroll ?? 0
  #expect(next > 0)
  driver.type("n")
  #expect(driver.model.help?.scroll ?? 0 > next)
  driver.type("N")
  #expect(driver.model.help?.scroll == next)
  driver.type("NNNN")
  #expect(driver.model.help?.scroll == 0 && driver.message == "No line with go before this one.")
  driver.type("Gn")
  #expect(driver.message == "No line with go after those shown.")
}

@Test func `a key that is not bound says so`() {
  let driver = Driver()
  driver.type("b")
  #expect(driver.message == "b does nothing here; ? shows the keys.")
}

@Test func `help lists every binding and every typed command`() {
  let driver = Driver()
  driver.type("?")
  let rows = driver.model.helpLines.filter { if case .row = $0 { true } else { false } }
  #expect(rows.count >= Bindings.table.count + TypedCommand.table.count)
  #expect(driver.model.mode == .help)
}

@Test func `help can be searched, and says what can't act now`() {
  let driver = Driver()
  driver.type("?/S, Left\n")
  #expect(
    driver.model.helpLines == [
      .heading(Binding.Section.stepping.rawValue),
      .row(keys: "S, Left", help: "Go one step back.", note: "Already at the start. s goes on."),
    ])
  driver.type("q")
  #expect(driver.model.mode == .explorer)
}
