extension Grammar {
  // MARK: Handlers

  /// The keys of a handler that end it; at most one is given.
  static let outcomeRows = [
    optional("return", .value, "Returns this value."),
    optional("raise", .error, "Raises this error."),
    optional("await", deferred, "Returns this Deferred, so the chain waits for it."),
    optional("pass", .yes, "Returns what came in, a Failure included."),
    optional("return_failure", .error, "Returns a Failure instead of raising it."),
  ]

  static let handlerName = optional("name", .name, "What its box is called.")

  static let handlerRows =
    [
      handlerName,
      optional("trap", .errorTypes, "failure.trap: another type of Failure goes on as it is."),
      optional("log", .template, "Writes to the log."),
      optional("do", actionList, "Actions, in order."),
    ] + outcomeRows

  static let eachRow = required(
    "each", .list(.table(.handler)), "One handler a call, the last repeating.")

  static let plainHandler = MapTable(
    "a handler", "What is done when it is called; without return, raise, await, pass it returns none.",
    rows: handlerRows)

  static let eachHandler = MapTable(
    "a handler with `each`", "A handler that does something else each time.", leading: "each",
    rows: [handlerName, eachRow])

  static let handlers = ChoiceTable(
    what: "a handler", sentence: "A function on a chain or under a timer; an action alone is one too.",
    branches: [plainHandler, eachHandler] + actions.branches.filter { !sharedActions.contains($0.leading) },
    exclusive: outcomeRows.map(\.name))

  /// Actions that are also keys of a handler, and mean the same there.
  private static let sharedActions: [String?] = ["raise", "log"]

  // MARK: Stages

  static let stages = ChoiceTable(
    what: "a stage", sentence: "One entry of a chain.",
    branches: [
      MapTable(
        "a callback", "addCallback, or with `errback` addCallbacks.", leading: "callback",
        rows: [
          required("callback", .table(.handler), "Gets what is no Failure."),
          optional("errback", .table(.handler), "Gets a Failure, but none of the callback beside it."),
        ]),
      MapTable(
        "an errback", "addErrback.", leading: "errback",
        rows: [required("errback", .table(.handler), "Gets a Failure.")]),
      MapTable(
        "a `both` stage", "addBoth.", leading: "both",
        rows: [required("both", .table(.handler), "Gets whatever comes.")]),
      MapTable(
        "a timeout", "addTimeout, which covers the stages above it.", leading: "timeout",
        rows: [
          required("timeout", seconds, "Seconds from when the stage is added."),
          optional("on_timeout", .table(.handler), "Runs only if the timer ended it."),
        ]),
      MapTable(
        "a `chain_to` stage", "chainDeferred.", leading: "chain_to",
        rows: [required("chain_to", deferred, "The Deferred that gets the result.")]),
    ])

  // MARK: Deferreds

  private static let chainRow = optional("chain", stageList, "Its stages, added when it is made.")

  private static let cancellerRow = optional(
    "canceller", .either([.table(.action), actionList]), "What runs when it is cancelled before it fires.")

  private static let members = Shape.list(deferred)

  private static let consumeErrors = optional(
    "consume_errors", .flag, "Whether a failed member becomes none afterwards.")

  static let origins: [MapTable] = [
    MapTable("a Deferred", "Deferred(canceller).", rows: [cancellerRow]),
    origin("succeed", .value, "defer.succeed", "The value with which it has fired."),
    origin("fail", .error, "defer.fail", "The error with which it has failed."),
    MapTable(
      "a `later` Deferred", "task.deferLater, with a handler's keys.", leading: "later",
      rows: [required("later", seconds, "Seconds until its handler is called.")] + handlerRows
        + [optional("each", .list(.table(.handler)), "One handler a call, the last repeating.")]),
    origin(
      "maybe", .either([.table(.handler), .table(.asyncFunction)]), "defer.maybeDeferred",
      "What is called at once: a handler, or {async: [lines]}."),
    MapTable(
      "a list", "DeferredList.", leading: "list",
      rows: [
        required("list", members, "Its members."),
        optional("fire_on_one_callback", .flag, "Whether the first success fires it."),
        optional("fire_on_one_errback", .flag, "Whether the first Failure fires it, as a FirstError."),
        consumeErrors,
      ]),
    MapTable(
      "a gather", "defer.gatherResults.", leading: "gather",
      rows: [required("gather", members, "Its members."), consumeErrors]),
    origin("race", members, "defer.race", "Its members, of which the first success cancels the others."),
    origin("script", lineList, "defer.inlineCallbacks", "The lines of the generator."),
    origin("async", lineList, "Deferred.fromCoroutine", "The lines of the coroutine."),
  ]

  static let asyncFunction = MapTable(
    "an async function", "A function that returns a coroutine.", leading: "async",
    rows: [required("async", lineList, "The lines of the coroutine.")])

  private static func origin(
    _ key: String, _ shape: Shape, _ twisted: String, _ sentence: String
  ) -> MapTable {
    let article = key == "async" ? "an" : "a"
    return MapTable(
      "\(article) `\(key)` Deferred", twisted + ".", leading: key, rows: [required(key, shape, sentence)])
  }

  static let deferreds = ChoiceTable(
    what: "a Deferred", sentence: "A Deferred, by where it comes from.",
    branches: origins.map { $0.adding([chainRow]) }, exclusive: outcomeRows.map(\.name))

  static let inlineDeferreds = ChoiceTable(
    what: "an inline Deferred", sentence: "A Deferred made on the spot, anew each time.",
    branches: deferreds.branches.map { $0.adding([optional("as", .name, "What it is called.")]) },
    exclusive: outcomeRows.map(\.name))
}
