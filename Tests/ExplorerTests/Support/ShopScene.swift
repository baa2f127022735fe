import Traces

@testable import Explorer

/// A recording of a real program, as it might be: `fetch` is a coroutine that waits on two requests, the second
/// of which comes after a long wait and fails; a thread works beside it.
enum ShopScene {
  static let fetch: DeferredID = 0

  static let file = [
    "@inlineCallbacks", "def fetch(url):", "    response = yield treq.get(url)",
    "    body = yield response.text()",
    "    raise LookupError(body)  # always", "",
  ]

  /// The files of the program, as they would lie on a disk.
  final class Files: ProgramFiles {
    var isChanged = false
    private(set) var asked: [String] = []
    func file(_ name: String, recordedAt start: CalendarTime?) -> ProgramFile? {
      asked.append(name)
      guard name == "/app/shop.py" else { return nil }
      return ProgramFile(path: name, lines: ShopScene.file, isChanged: isChanged)
    }
  }

  static func records() -> [Record] {
    var script = RecordScript()
    func line(_ number: Int, _ script: inout RecordScript) {
      script.place = Place(file: "/app/shop.py", line: number)
    }
    line(2, &script)
    let fetch = script.make("fetch 0", origin: "generator")
    script.say(.generatorBegan(fetch, name: "fetch"))
    script.place = Place(file: "/usr/lib/python3/site-packages/treq/api.py", line: 24)
    let first = script.make("request 1")
    line(3, &script)
    script.say(.generatorYielded(fetch, on: first))
    script.at(0.01) { script in
      script.thread = "PoolThread-0"
      script.note("log", "crunched", who: "crunch")
      script.thread = nil
      script.say(.generatorResumed(fetch, .text("<Response 500>")))
      script.place = Place(file: "/usr/lib/python3/site-packages/treq/api.py", line: 24)
      let second = script.make("request 2")
      line(4, &script)
      script.say(.generatorYielded(fetch, on: second))
    }
    script.at(2) { script in
      script.say(.generatorResumed(fetch, .text("'sold out'")))
      line(5, &script)
      let failure = script.failure("LookupError", "sold out")
      script.say(.generatorEnded(fetch, .raised(failure)))
      script.say(.fired(fetch, .failure(failure)))
      script.say(.settled(fetch, .failure(failure)))
    }
    return script.records
  }

  static func open() -> ScriptedSource {
    let source = ScriptedSource(records(), title: "shop.py")
    var header = TraceHeader(program: "shop.py", clock: "monotonic")
    header.started = "2026-11-27T19:43:23.264263Z"
    source.recording = header
    return source
  }

  /// A person who has opened it and gone to its start, with all of it known.
  static func driver(files: Files = Files()) -> Driver {
    let driver = Driver(nil)
    driver.model.files = files
    driver.send(.opened(open(), name: "shop.trace.jsonl"))
    driver.settle()
    driver.model.session?.move(to: 0)
    driver.model.message = nil
    return driver
  }
}
