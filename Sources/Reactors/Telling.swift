#if Reactor
  import Deferreds
  import Logging

  extension Failure {
    /// What a log keeps of a Failure beside the words.
    var metadata: Logger.Metadata {
      var metadata: Logger.Metadata = ["error.type": "\(typeName)", "error.message": "\(message)"]
      if !origin.file.isEmpty { metadata["error.origin"] = "\(origin.file):\(origin.line)" }
      return metadata
    }
  }

  extension Logger {
    /// Tells of a Failure that nobody handled, with its story.
    func tell(_ unhandled: UnhandledFailure) {
      var metadata: Logger.Metadata = [
        "error.type": "\(unhandled.typeName)", "error.message": "\(unhandled.message)",
      ]
      if !unhandled.origin.file.isEmpty {
        metadata["error.origin"] = "\(unhandled.origin.file):\(unhandled.origin.line)"
      }
      if !unhandled.fired.file.isEmpty {
        metadata["deferred.fired"] = "\(unhandled.fired.file):\(unhandled.fired.line)"
      }
      critical("\(unhandled.kind.rawValue): \(unhandled.story)", metadata: metadata)
    }
  }
#endif
