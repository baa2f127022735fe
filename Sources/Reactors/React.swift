#if Reactor
  public import Deferreds
  private import Dispatch
  public import Logging

  #if canImport(Glibc)
    private import Glibc
  #elseif canImport(Musl)
    private import Musl
  #elseif canImport(Darwin)
    private import Darwin
  #endif

  /// Runs a program on a reactor until the Deferred that `main` returns has fired, and ends the process.
  ///
  /// The exit status is 0; 1 if the Deferred failed, whose story is then logged; or what a ``SystemExit`` says.
  /// SIGINT and SIGTERM stop the reactor, and the status is 0 then too. Twisted: `task.react`.
  public func react<Value>(
    logger: Logger = Logger(label: "Deferreds"), _ main: @escaping (Reactor) throws -> Deferred<Value>
  ) -> Never {
    exit(Reactor.exitStatus(logger: logger, of: main))
  }

  /// Ends a program that runs under ``react(logger:_:)`` with a status of its own choice.
  public struct SystemExit: NamedError, Hashable {
    /// The exit status of the process.
    public let code: Int32
    public init(_ code: Int32) { self.code = code }
    public var parentNames: [String] { [] }
    public var message: String { "\(code)" }
  }

  extension Reactor {
    /// Does what ``react(logger:_:)`` does, and returns the exit status instead.
    public static func exitStatus<Value>(
      logger: Logger = Logger(label: "Deferreds"), of main: @escaping (Reactor) throws -> Deferred<Value>
    ) -> Int32 {
      var status: Int32 = 0
      // Held until the end, also where nobody else holds the Deferred that main returns.
      var finished: Deferred<Void>?
      var signals: StopSignals?
      do {
        try run(logger: logger) { reactor in
          signals = StopSignals(reactor.handle, logger)
          finished = Deferred.maybe { try main(reactor) }.addBoth {
            (result: Result<Value, Failure>) -> Void in
            if case .failure(let failure) = result { status = reactor.status(of: failure) }
            try? reactor.stop()
          }
        }
      } catch {
        logger.critical("The reactor did not run: \(error)")
        status = 1
      }
      withExtendedLifetime((finished, signals)) {}
      return status
    }

    private func status(of failure: Failure) -> Int32 {
      if let exit = failure.check(SystemExit.self) { return exit.code }
      tell("main function encountered error", failure)
      return 1
    }
  }

  /// Stops a reactor when the process is asked to end.
  private final class StopSignals {
    private var sources: [any DispatchSourceSignal] = []

    /// From when this returns on, the signals are taken.
    init(_ handle: ReactorHandle, _ logger: Logger) {
      let queue = DispatchQueue(label: "Deferreds.signals")
      let isTaken = DispatchSemaphore(value: 0)
      for (number, name) in [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM")] {
        #if canImport(Darwin)
          signal(number, SIG_IGN)
        #endif
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler {
          logger.info("Received \(name), shutting down.")
          handle.callFromThread { try? $0.stop() }
        }
        source.setRegistrationHandler { isTaken.signal() }
        source.resume()
        sources.append(source)
        isTaken.wait()
      }
    }

    deinit {
      for source in sources { source.cancel() }
    }
  }
#endif
