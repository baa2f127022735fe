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
      #expect(Bindings.binding(for: upper, in: .explorer)?.command == binding.reverse, "\(character)")
    }
  }
}

@Test func `reverses come in pairs`() {
  for binding in Bindings.table {
    guard let reverse = binding.reverse else { continue }
    #expect(Bindings.binding(of: reverse)?.reverse == binding.command, "\(binding.command)")
  }
}

@Test(arguments: [
  "s", "S", "o", "O", "u", "U", "t", "T", "e", "E", "^", "$", "[", "]", " ", "<", ">", "m", "'", "w",
])
func `the keys of stepping and playing are bound`(key: Character) {
  #expect(Bindings.binding(for: .character(key), in: .explorer) != nil)
}

@Test(arguments: [
  Key.character("/"), "n", "N", "f", ":", "j", "k", "g", "G", .pageUp, .pageDown, .tab, .backTab, "1", "9",
  "+",
  "_", "y", "r", .control("l"), .control("z"), "?", .function(1), "q", "Q", .control("c"), .left, .right,
  .function(11), .function(10), .function(12),
])
func `the other keys are bound`(key: Key) {
  #expect(Bindings.binding(for: key, in: .explorer) != nil)
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
      .row(keys: "S, Left", help: "Go one step back.", note: "Already at the start. Use s to step on."),
    ])
  driver.type("q")
  #expect(driver.model.mode == .explorer)
}
