/// The format's tables: what the reader checks keys against, and what the JSON Schema is made from.
enum Grammar {
  static let actionList = Shape.list(.table(.action))
  static let stageList = Shape.list(.table(.stage))
  static let lineList = Shape.list(.table(.line))
  static let stepList = Shape.list(.table(.step))
  static let seconds = Shape.seconds(mayBeNegative: false)
  /// A Deferred: by name, or made on the spot.
  static let deferred = Shape.either([.name, .table(.inlineDeferred)])

  /// Everything that may stand in a place.
  static func choices(_ name: TableName) -> ChoiceTable {
    switch name {
    case .scenario: one(scenario)
    case .loop: one(loop)
    case .task: one(task)
    case .cooperator: one(cooperator)
    case .queue: one(queue)
    case .deferred: deferreds
    case .inlineDeferred: inlineDeferreds
    case .stage: stages
    case .handler: handlers
    case .action: actions
    case .line: lines
    case .step: steps
    case .timelineEntry: timelineEntries
    case .lessonEntry: lessonEntries
    case .expectation: one(expectation)
    case .payload: payloads
    case .awaitedValue: one(awaitedValue)
    case .asyncFunction: one(asyncFunction)
    case .error: one(error)
    }
  }

  private static func one(_ table: MapTable) -> ChoiceTable {
    ChoiceTable(what: table.what, sentence: table.sentence, branches: [table])
  }

  static let scenario = MapTable(
    "a scenario", "A script of Deferreds, timers and errors.",
    rows: [
      required("trapline", .exactly(1), "The version of the format: 1."),
      optional("title", .text, "What the gallery calls it."),
      optional("summary", .text, "A sentence or two for the gallery."),
      optional("tags", .list(.text), "Words by which the gallery finds it."),
      optional(
        "errors", .map(keys: .errorType, values: .errorType),
        "Your own error types, each with its parent; undeclared ones are children of Exception."),
      optional(
        "deferreds", .map(keys: .name, values: .either([.table(.deferred), .nothing])),
        "The Deferreds made at set-up, in this order."),
      optional("loops", .map(keys: .name, values: .table(.loop)), "LoopingCalls; `start` starts them."),
      optional("tasks", .map(keys: .name, values: .table(.task)), "CooperativeTasks; `start` starts them."),
      optional(
        "cooperators", .map(keys: .name, values: .either([.table(.cooperator), .nothing])),
        "Cooperators; there is always one named `cooperator`."),
      optional("locks", .list(.name), "DeferredLocks."),
      optional(
        "semaphores", .map(keys: .name, values: .integer(atLeast: 1)),
        "DeferredSemaphores, each with its tokens."),
      optional(
        "queues", .map(keys: .name, values: .either([.table(.queue), .nothing])), "DeferredQueues."),
      optional("timeline", .list(.table(.timelineEntry)), "What happens when."),
      optional(
        "drive", .either([.oneOf(["each"]), .list(seconds)]),
        "How time moves: `each` due time in turn, or a list of advances as in Clock.pump."),
      optional("until", seconds, "Calls due at exactly this second still run, and the clock ends there."),
      optional("seed", .integer(atLeast: nil), "For anything random."),
      optional("lesson", .list(.table(.lessonEntry)), "What is said and asked along the way."),
      optional("expect", .list(.table(.expectation)), "What must hold."),
    ])

  static let loop = MapTable(
    "a loop", "A LoopingCall, which also names the Deferred that its start returns.",
    rows: [
      required("every", seconds, "Seconds from one tick to the next."),
      optional("now", .flag, "Whether the first tick comes at once; true if not given."),
      optional("with_count", .flag, "LoopingCall.withCount: `{count}` is Twisted's count."),
      required(
        "do", .either([.table(.handler), .list(.table(.handler))]),
        "What each tick does: a handler, or a list of them, one a tick, the last repeating."),
      optional("chain", stageList, "Stages added to the Deferred of each start."),
    ])

  static let task = MapTable(
    "a task", "A CooperativeTask, which also names its whenDone() Deferred.",
    rows: [
      optional("cooperator", .name, "Whose turns it takes; `cooperator` if not given."),
      required("steps", stepList, "Its units of work."),
      optional("chain", stageList, "Stages added to whenDone() at each start."),
    ])

  static let cooperator = MapTable(
    "a cooperator", "A Cooperator on the scenario's clock.",
    rows: [
      optional("started", .flag, "Whether it works from the beginning; true if not given."),
      optional("units_per_turn", .integer(atLeast: 1), "Units of work in one turn; 1 if not given."),
    ])

  static let queue = MapTable(
    "a queue", "A DeferredQueue.",
    rows: [
      optional("size", .integer(atLeast: 0), "How many values it holds; any number if not given."),
      optional("backlog", .integer(atLeast: 0), "How many may wait for a value; any number if not given."),
    ])

  static let timelineEntries: ChoiceTable = {
    let at = optional("at", seconds, "When it happens; without it, there and then at set-up.")
    let group = MapTable(
      "a group of actions", "Several actions of one call.", leading: "do",
      rows: [required("do", actionList, "The actions, in order.")])
    let branches = (actions.branches + [group]).map { $0.adding([at]) }
    return ChoiceTable(
      what: "a timeline entry", sentence: "One action, or `do` with several, and when.", branches: branches)
  }()

  static let lessonEntries: ChoiceTable = {
    let moments = [
      optional("at", seconds, "The second at which it comes."),
      optional("before", .handlerPath, "The handler before which it comes, as D.handler."),
      optional(
        "when", .oneOf(LessonEntry.Occasion.allCases.map(\.rawValue)), "The occasion on which it comes."),
    ]
    let branches = [
      MapTable(
        "a narration", "Something said.", leading: "say", rows: [required("say", .text, "What is said.")]),
      MapTable(
        "a question", "Something asked.", leading: "ask",
        rows: [
          required("ask", .text, "The question."),
          required("choices", .list(.text), "The answers to choose from."),
          required("answer", .integer(atLeast: 1), "Which of the choices is right, from 1."),
          optional("because", .text, "Why it is right."),
        ]),
      MapTable(
        "a prediction", "A question whose answer the engine knows.", leading: "predict",
        rows: [
          required(
            "predict", .oneOf(LessonEntry.Prediction.allCases.map(\.rawValue)), "What is to be predicted.")
        ]),
    ]
    return ChoiceTable(
      what: "a lesson entry", sentence: "A moment, and what is said or asked then.",
      branches: branches.map { $0.adding(moments) }, exclusive: moments.map(\.name))
  }()

  static let expectation = MapTable(
    "an expectation", "A moment, and what must hold then.",
    rows: [
      required("at", .either([seconds, .oneOf(["end"])]), "After everything due at this second, or `end`."),
      optional("result", .map(keys: .objectName, values: .value), "Deferreds and their current results."),
      optional(
        "failed", .map(keys: .objectName, values: .errorType),
        "Deferreds and the exact types they failed with."),
      optional("pending", .list(.objectName), "Deferreds that have not fired."),
      optional(
        "waiting", .map(keys: .objectName, values: .objectName),
        "Deferreds and whom they are chained to by await."),
      optional(
        "paused", .map(keys: .objectName, values: .integer(atLeast: nil)), "Deferreds and their pause counts."
      ),
      optional(
        "trapped", .map(keys: .errorType, values: .handlerPath),
        "Failures by type, and the handlers that trapped them."),
      optional("unhandled", .list(.objectName), "Deferreds whose Failure nobody handled, in any order."),
      optional("errors", .list(.errorType), "The types of all logged errors, in order."),
      optional("log", .list(.text), "All texts logged so far."),
      optional("timers", .list(seconds), "When the pending timers are due, from the start."),
      optional("ticks", .map(keys: .objectName, values: .integer(atLeast: 0)), "How often each loop ticked."),
      optional("held", .list(.objectName), "Exactly the locks and semaphores that are held."),
      optional("ran", .list(.handlerPath), "Handlers that ran in this order, among others."),
    ])
}
