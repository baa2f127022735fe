/// One thing that happened, in the few words in which a ``Tape`` has it: 40 bytes, all of them plain.
package struct TapeEntry {
  package enum Kind: UInt8 {
    case made, fired, entered, left, passed, settled, collected
    /// `index` is the stage's, `site` where it was added.
    case stage
    /// From here on, `site` stands for the ``TapeSite`` that goes along.
    case site
    /// An object of the watcher's own goes along.
    case other
  }

  /// In which of the fields that which went along a chain is.
  package enum Load: UInt8 {
    /// Nowhere: there is nothing to say, or the empty value.
    case nothing
    case moved
    /// In `word`.
    case int, bool, double, failure, deferred
    /// A text, to be taken, as it is.
    case string
    /// A text, to be taken, that is words for it; of `cutWords` the end is missing.
    case words, cutWords
    /// In `word`: an object that is to be taken.
    case object
  }

  /// When it happened, in the tape's own units.
  package var time: UInt64
  package var word: UInt64
  /// The second word of a text.
  var otherWord: UInt64
  package var id: UInt32
  package var index: UInt32
  package var site: UInt16
  /// The deepest that is told apart is 65,535.
  package var depth: UInt16
  package var kind: Kind
  package var load: Load
  package var side: Side
  package var origin: ChainOrigin
  /// Of `made`, whether there is a canceller; of `left`, whether the handler raised.
  package var flag: Bool
}

extension TapeEntry {
  /// The object that goes along; can be taken once.
  @discardableResult
  package func takeObject() -> AnyObject? {
    UnsafeRawPointer(bitPattern: UInt(word)).map { Unmanaged<AnyObject>.fromOpaque($0).takeRetainedValue() }
  }

  /// The text that goes along; can be taken once.
  package func takeText() -> String { TapeText.take((word, otherWord)) }

  /// Lets go of what goes along, untaken.
  func drop() {
    switch load {
    case .object: takeObject()
    case .string, .words, .cutWords: _ = takeText()
    default: break
    }
  }
}

/// A text as the two words that it is, so that entries are plain words.
enum TapeText {
  /// Keeps `text` alive until its words are taken.
  static func give(_ text: String) -> (UInt64, UInt64) {
    withUnsafeTemporaryAllocation(of: String.self, capacity: 1) { place in
      place.initializeElement(at: 0, to: text)
      return UnsafeMutableRawPointer(place.baseAddress.unsafelyUnwrapped).load(as: (UInt64, UInt64).self)
    }
  }

  static func take(_ words: (UInt64, UInt64)) -> String {
    withUnsafeTemporaryAllocation(of: (UInt64, UInt64).self, capacity: 1) { place in
      place.initializeElement(at: 0, to: words)
      return UnsafeMutableRawPointer(place.baseAddress.unsafelyUnwrapped)
        .assumingMemoryBound(to: String.self).move()
    }
  }
}

/// Where handlers were added, and what they are called.
package final class TapeSite: Sendable {
  package let place: Place
  package let callback: String?
  package let errback: String?

  init(place: Place, callback: String?, errback: String?) {
    self.place = place
    self.callback = callback
    self.errback = errback
  }
}
