import Screen
import Traces

@testable import Explorer

/// A person at the explorer, without a terminal: types keys, and waits until nothing more is to be done.
final class Driver {
  var model: Model
  /// Everything that was asked for, except more work.
  private(set) var effects: [Effect] = []
  /// How many slices of work were done.
  private(set) var slices = 0

  init(_ source: (any RecordSource)? = PoemScene.open(), gallery: [GalleryEntry] = []) {
    let size = Size(width: 80, height: 24)
    if let source {
      model = Model(size: size, gallery: gallery, opening: source, name: "scene.yaml")
    } else {
      model = Model(size: size, gallery: gallery)
    }
  }

  /// Sends one input, without doing the work it leaves.
  @discardableResult
  func send(_ input: Input) -> Bool {
    let answer = update(&model, input)
    effects += answer.filter { $0 != .continueWork }
    return answer.contains(.continueWork)
  }

  /// Types keys one after the other, each without waiting for work.
  func press(_ keys: Key...) { for key in keys { send(.key(key)) } }

  /// Types characters; `\n` is Enter, `\t` Tab, `\u{1b}` Esc. Work is done after each.
  func type(_ text: String) {
    for character in text {
      switch character {
      case "\n": send(.key(.enter))
      case "\t": send(.key(.tab))
      case "\u{1b}": send(.key(.escape))
      default: send(.key(.character(character)))
      }
      finishWork()
    }
  }

  /// Lets the work that was begun go on to its end, within a bound.
  func finishWork() {
    for _ in 0..<10_000 where model.session?.work != nil {
      send(.idle)
      slices += 1
    }
  }

  /// Lets everything go on that goes on by itself.
  func settle() {
    for _ in 0..<10_000 {
      guard send(.idle) else { return }
      slices += 1
    }
  }

  var session: Session { model.session! }
  var step: Int { model.session?.step ?? -1 }
  var message: String { model.message?.text ?? "" }
}

extension Driver {
  /// The step of the first record that is as asked for.
  func step(where isWanted: (Event) -> Bool) -> Int {
    (session.source.allRecords.firstIndex { isWanted($0.event) } ?? -2) + 1
  }
}
