#if Reactor
  import Deferreds
  import Foundation
  import Reactors
  import Testing

  @Suite struct `A program under react` {
    @Test func `ends with 0 when its Deferred fires`() async throws {
      let status = try await onThread { Reactor.exitStatus { $0.sleep(for: .milliseconds(1)) } }
      #expect(status == 0)
    }

    @Test(arguments: [true, false])
    func `ends with 1, and tells the Failure's story, when it fails`(atOnce: Bool) async throws {
      let log = Log()
      let status = try await onThread {
        Reactor.exitStatus(logger: log.logger) { reactor -> Deferred<Void> in
          if atOnce { throw Oops("bad") }
          return reactor.deferLater(after: .milliseconds(1)) { () throws -> Void in throw Oops("bad") }
        }
      }
      #expect(status == 1)
      #expect(
        log.lines == ["critical main function encountered error: Oops bad [error.message error.type]"])
    }

    @Test func `ends with the status that it asks for`() async throws {
      let log = Log()
      let status = try await onThread {
        Reactor.exitStatus(logger: log.logger) { reactor -> Deferred<Void> in
          reactor.deferLater(after: .zero) { () throws -> Void in throw SystemExit(3) }
        }
      }
      #expect(status == 3 && log.lines == [])
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `ends with 0 when it is told to stop`(signal: Int32) async throws {
      let result = await #expect(
        processExitsWith: .exitCode(0), observing: [\.standardErrorContent]
      ) { [signal] in
        react { reactor in
          reactor.callLater(after: .milliseconds(1)) { kill(getpid(), signal) }
          return Deferred<Void>()
        }
      }
      let told = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(told.contains("shutting down"))
    }

    @Test func `ends the process`() async throws {
      await #expect(processExitsWith: .exitCode(1)) {
        react { reactor in reactor.deferLater(after: .zero) { () throws -> Void in throw Oops() } }
      }
    }

    @Test func `may be the README's`() async throws {
      let result = await #expect(
        processExitsWith: .exitCode(0), observing: [\.standardOutputContent]
      ) {
        react { reactor in
          Deferred {
            try await reactor.sleep(for: .milliseconds(1)).value
            print(try await reactor.deferToThread { "roses" }.value)
          }
        }
      }
      let printed = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
      #expect(printed.contains("roses"))
    }
  }
#endif
