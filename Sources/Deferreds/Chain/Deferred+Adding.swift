extension Deferred {
  // MARK: Callbacks

  /// Adds a handler for values.
  ///
  /// - Parameters:
  ///   - name: what tools call it.
  ///   - file: where it is added, for tools and messages.
  ///   - line: the line there.
  ///   - body: gives the chain's next result. What it throws goes on along the errback line.
  /// - Returns: a handle on the same chain, for its new type.
  @inlinable @discardableResult
  public func addCallback<New>(
    named name: String = "callback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Value) throws -> New
  ) -> Deferred<New> {
    adding(.callback, name, name, file, line) { $0.called { .of(try body($0)) } }
  }

  /// Adds a handler for values that returns a Deferred: the chain takes its result, or waits for it.
  @inlinable @discardableResult
  public func addCallback<New>(
    named name: String = "callback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Value) throws -> Deferred<New>
  ) -> Deferred<New> {
    adding(.callback, name, name, file, line) { $0.called { .chain(try body($0).chain) } }
  }

  /// Adds a handler for values that says itself which way the chain goes on.
  @inlinable @discardableResult
  public func addCallback<New>(
    named name: String = "callback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Value) throws -> StageResult<New>
  ) -> Deferred<New> {
    adding(.callback, name, name, file, line) { $0.called { try body($0).outcome } }
  }

  // MARK: Errbacks

  /// Adds a handler for Failures; what it returns goes on along the callback line.
  @inlinable @discardableResult
  public func addErrback(
    named name: String = "errback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Failure) throws -> Value
  ) -> Deferred<Value> {
    adding(.errback, name, name, file, line) { $0.caught { .of(try body($0)) } }
  }

  /// Adds a handler for Failures that returns a Deferred.
  @inlinable @discardableResult
  public func addErrback(
    named name: String = "errback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Failure) throws -> Deferred<Value>
  ) -> Deferred<Value> {
    adding(.errback, name, name, file, line) { $0.caught { .chain(try body($0).chain) } }
  }

  /// Adds a handler for Failures that says itself which way the chain goes on.
  @inlinable @discardableResult
  public func addErrback(
    named name: String = "errback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Failure) throws -> StageResult<Value>
  ) -> Deferred<Value> {
    adding(.errback, name, name, file, line) { $0.caught { try body($0).outcome } }
  }

  // MARK: Pairs

  /// Adds a pair: one of the two is called. The errback does not see what its callback throws.
  @inlinable @discardableResult
  public func addCallbacks<New>(
    named name: String = "callback", errbackNamed errbackName: String = "errback",
    file: String = #fileID, line: Int = #line,
    _ callback: @escaping (Value) throws -> New, errback: @escaping (Failure) throws -> New
  ) -> Deferred<New> {
    adding(.both, name, errbackName, file, line) {
      $0.handled({ .of(try callback($0)) }, { .of(try errback($0)) })
    }
  }

  /// Adds a pair whose handlers return Deferreds.
  @inlinable @discardableResult
  public func addCallbacks<New>(
    named name: String = "callback", errbackNamed errbackName: String = "errback",
    file: String = #fileID, line: Int = #line,
    _ callback: @escaping (Value) throws -> Deferred<New>,
    errback: @escaping (Failure) throws -> Deferred<New>
  ) -> Deferred<New> {
    adding(.both, name, errbackName, file, line) {
      $0.handled({ .chain(try callback($0).chain) }, { .chain(try errback($0).chain) })
    }
  }

  /// Adds a pair whose handlers say themselves which way the chain goes on.
  @inlinable @discardableResult
  public func addCallbacks<New>(
    named name: String = "callback", errbackNamed errbackName: String = "errback",
    file: String = #fileID, line: Int = #line,
    _ callback: @escaping (Value) throws -> StageResult<New>,
    errback: @escaping (Failure) throws -> StageResult<New>
  ) -> Deferred<New> {
    adding(.both, name, errbackName, file, line) {
      $0.handled({ try callback($0).outcome }, { try errback($0).outcome })
    }
  }

  // MARK: Both

  /// Adds one handler for values and Failures.
  @inlinable @discardableResult
  public func addBoth<New>(
    named name: String = "both", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Result<Value, Failure>) throws -> New
  ) -> Deferred<New> {
    adding(.both, name, name, file, line) {
      $0.handled({ .of(try body(.success($0))) }, { .of(try body(.failure($0))) })
    }
  }

  /// Adds one handler for values and Failures that returns a Deferred.
  @inlinable @discardableResult
  public func addBoth<New>(
    named name: String = "both", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Result<Value, Failure>) throws -> Deferred<New>
  ) -> Deferred<New> {
    adding(.both, name, name, file, line) {
      $0.handled({ .chain(try body(.success($0)).chain) }, { .chain(try body(.failure($0)).chain) })
    }
  }

  /// Adds one handler for values and Failures that says itself which way the chain goes on.
  @inlinable @discardableResult
  public func addBoth<New>(
    named name: String = "both", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Result<Value, Failure>) throws -> StageResult<New>
  ) -> Deferred<New> {
    adding(.both, name, name, file, line) {
      $0.handled({ try body(.success($0)).outcome }, { try body(.failure($0)).outcome })
    }
  }

  // MARK: Another chain

  /// Fires `other` with this chain's result when it comes to this stage; leaves this chain empty.
  ///
  /// Cancelling `other` does not reach this chain. If `other` has been called already, the
  /// ``AlreadyCalledError`` goes on along this chain. Twisted: `Deferred.chainDeferred`.
  @discardableResult
  public func chainDeferred(
    _ other: Deferred<Value>, file: String = #fileID, line: Int = #line
  ) -> Deferred<Value> {
    let target = other.chain
    let id = chain.tag?.id(of: target) ?? -1
    chain.append(
      LibraryStage(.chainTo(id), "chainDeferred") { input in
        try target.fire(input, file: file, line: line)
        return .empty
      })
    return self
  }
}
