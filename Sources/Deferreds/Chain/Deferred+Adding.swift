extension Deferred {
  // MARK: Callbacks

  /// Adds a handler for values.
  ///
  /// - Parameters:
  ///   - name: what tools call it.
  ///   - body: gives the chain's next result. What it throws goes on along the errback line.
  /// - Returns: a handle on the same chain, for its new type.
  @inlinable @discardableResult
  public func addCallback<New>(
    named name: String = "callback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Value) throws -> New
  ) -> Deferred<New> {
    chain.append(CallbackStage(name, file: file, line: line, body))
    return Deferred<New>(chain: chain)
  }

  /// Adds a handler for values that returns a Deferred: the chain takes its result, or waits for it.
  @inlinable @discardableResult
  public func addCallback<New>(
    named name: String = "callback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Value) throws -> Deferred<New>
  ) -> Deferred<New> {
    chain.append(ChainingStage(name, file: file, line: line, body))
    return Deferred<New>(chain: chain)
  }

  /// Adds a handler for values that says itself which way the chain goes on.
  @inlinable @discardableResult
  public func addCallback<New>(
    named name: String = "callback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Value) throws -> StageResult<New>
  ) -> Deferred<New> {
    chain.append(
      GeneralStage<Value, New>(name, file: file, line: line, callback: body, errback: nil))
    return Deferred<New>(chain: chain)
  }

  // MARK: Errbacks

  /// Adds a handler for Failures; what it returns goes on along the callback line.
  @inlinable @discardableResult
  public func addErrback(
    named name: String = "errback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Failure) throws -> Value
  ) -> Deferred<Value> {
    chain.append(ErrbackStage(name, file: file, line: line, body))
    return self
  }

  /// Adds a handler for Failures that returns a Deferred.
  @inlinable @discardableResult
  public func addErrback(
    named name: String = "errback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Failure) throws -> Deferred<Value>
  ) -> Deferred<Value> {
    addErrback(named: name, file: file, line: line) { .wait(try body($0)) }
  }

  /// Adds a handler for Failures that says itself which way the chain goes on.
  @inlinable @discardableResult
  public func addErrback(
    named name: String = "errback", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Failure) throws -> StageResult<Value>
  ) -> Deferred<Value> {
    chain.append(
      GeneralStage<Value, Value>(name, file: file, line: line, callback: nil, errback: body))
    return self
  }

  // MARK: Pairs

  /// Adds a pair: one of the two is called. The errback does not see what its callback throws.
  @inlinable @discardableResult
  public func addCallbacks<New>(
    named name: String = "callback", errbackNamed errbackName: String = "errback",
    file: String = #fileID, line: Int = #line,
    _ callback: @escaping (Value) throws -> New, errback: @escaping (Failure) throws -> New
  ) -> Deferred<New> {
    addCallbacks(
      named: name, errbackNamed: errbackName, file: file, line: line,
      { StageResult<New>.value(try callback($0)) }, errback: { .value(try errback($0)) })
  }

  /// Adds a pair whose handlers return Deferreds.
  @inlinable @discardableResult
  public func addCallbacks<New>(
    named name: String = "callback", errbackNamed errbackName: String = "errback",
    file: String = #fileID, line: Int = #line,
    _ callback: @escaping (Value) throws -> Deferred<New>,
    errback: @escaping (Failure) throws -> Deferred<New>
  ) -> Deferred<New> {
    addCallbacks(
      named: name, errbackNamed: errbackName, file: file, line: line,
      { StageResult<New>.wait(try callback($0)) }, errback: { .wait(try errback($0)) })
  }

  /// Adds a pair whose handlers say themselves which way the chain goes on.
  @inlinable @discardableResult
  public func addCallbacks<New>(
    named name: String = "callback", errbackNamed errbackName: String = "errback",
    file: String = #fileID, line: Int = #line,
    _ callback: @escaping (Value) throws -> StageResult<New>,
    errback: @escaping (Failure) throws -> StageResult<New>
  ) -> Deferred<New> {
    chain.append(
      GeneralStage<Value, New>(
        name, errbackName: errbackName, file: file, line: line, callback: callback, errback: errback))
    return Deferred<New>(chain: chain)
  }

  // MARK: Both

  /// Adds one handler for values and Failures.
  @inlinable @discardableResult
  public func addBoth<New>(
    named name: String = "both", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Result<Value, Failure>) throws -> New
  ) -> Deferred<New> {
    addBoth(named: name, file: file, line: line) { StageResult<New>.value(try body($0)) }
  }

  /// Adds one handler for values and Failures that returns a Deferred.
  @inlinable @discardableResult
  public func addBoth<New>(
    named name: String = "both", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Result<Value, Failure>) throws -> Deferred<New>
  ) -> Deferred<New> {
    addBoth(named: name, file: file, line: line) { StageResult<New>.wait(try body($0)) }
  }

  /// Adds one handler for values and Failures that says itself which way the chain goes on.
  @inlinable @discardableResult
  public func addBoth<New>(
    named name: String = "both", file: String = #fileID, line: Int = #line,
    _ body: @escaping (Result<Value, Failure>) throws -> StageResult<New>
  ) -> Deferred<New> {
    chain.append(
      GeneralStage<Value, New>(
        name, file: file, line: line,
        callback: { try body(.success($0)) }, errback: { try body(.failure($0)) }))
    return Deferred<New>(chain: chain)
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
      LibraryStage(.chainTo(id), "chainDeferred") { [unowned chain] input in
        try target.fire(input, file: file, line: line)
        return chain.emptyOutcome
      })
    return self
  }
}
