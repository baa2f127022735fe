import Explorer
import Foundation
import Scenarios
import TestSupport
import Testing
import Traces

@testable import trapline

/// The list of what is built in.
@Suite struct GalleryTests {
  @Test func `the gallery says of each scenario what the whole file says`() throws {
    let entries = galleryEntries()
    #expect(entries.map(\.fileName) == (embeddedScenarios + embeddedTraces).map(\.name))
    for (entry, embedded) in zip(entries, embeddedScenarios) {
      let scenario = try parseScenario(Array(embedded.text.utf8), file: embedded.name).get()
      #expect(entry.title == scenario.title)
      #expect(entry.summary == scenario.summary)
      #expect(entry.tags == scenario.tags)
      #expect(!entry.summary.isEmpty && !entry.tags.isEmpty)
    }
  }

  @Test func `a recorded example says what it is about, and opens where its Failure is born`() throws {
    let entry = try #require(galleryEntries().first { $0.fileName == "shop.trace.jsonl" })
    #expect(entry.title == "Sold out, and nothing was logged")
    #expect(entry.summary.hasPrefix("A recorded program: ") && entry.tags == ["recorded"])
    let opened = try openSource(SourceName(entry.fileName, in: .builtIn), bounds: .init())
    let timeline = Timeline(opened.source)
    while timeline.extend(budget: 1000) {}
    timeline.seek(to: opened.source.openingStep)
    let newest = try #require(timeline.world.failures.last)
    #expect(newest.type == "ValueError" && newest.bornAt == opened.source.openingStep)
  }

  @Test(arguments: embeddedTraces.map(\.name))
  func `a recorded example is whole, small and tells nothing of where it was made`(name: String) throws {
    let file = try #require(embeddedFile(named: name))
    let trace = try TraceFile(file.bytes, name: name)
    while !trace.isAtEnd { trace.extend() }
    #expect(trace.faults.isEmpty && trace.unknownLines == 0 && trace.isClosed)
    #expect(100...400 ~= trace.allRecords.count && file.bytes.count < 60_000)
    let text = String(decoding: file.bytes, as: UTF8.self)
    let paths = text.matches(of: /"(\/[^" :]+)/).map(\.1)
    #expect(!paths.isEmpty)
    for path in paths { #expect(path.hasPrefix("/srv/") || path.hasPrefix("/usr/lib/python"), "\(path)") }
  }

  @Test func `a recorded example opens by its name, with or without its ending`() throws {
    let whole = try Program.run("check", "shop.trace.jsonl")
    #expect(whole.status == 0 && whole.output.hasPrefix("shop.trace.jsonl: no faults in "))
    #expect(try Program.run("check", "shop").output == whole.output)
    #expect(try Program.run("list").output.contains("Sold out, and nothing was logged"))
  }

  @Test func `the story of the recorded example goes from the line that raised to the handler that took it`()
    throws
  {
    let all = try Program.run("why", "shop").output
    #expect(all.contains("became FirstError, taken by Shop.sold_out (shop/shop.py:"))
    let story = try Program.run("why", "shop", "1").output
    #expect(
      story.hasPrefix("1. ValueError: invalid literal for int() with base 10: 'free'\n   Born at step "))
    #expect(story.contains(", in Shop.price "))
    #expect(story.contains("it went into slot 0 of gatherResults "))
    #expect(story.contains("\n\n2. FirstError: "), "what took its place is told as well")
    #expect(
      story.contains(#"took it without asking for a type, and gave '{"thing": "air", "sold": "out"}'."#))
  }

  @Test(arguments: [["why", "shop"], ["why", "shop", "1"]])
  func `the README tells the story of the recorded example as why does`(words: [String]) throws {
    let readme = try String(contentsOf: BuiltProgram.package.appending(path: "README.md"), encoding: .utf8)
    #expect(
      readme.contains("$ trapline \(words.joined(separator: " "))\n\(try Program.run(words).output)```\n"))
  }
}
