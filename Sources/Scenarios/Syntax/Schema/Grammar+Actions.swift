extension Grammar {
  private static let stagesRow = optional("stages", stageList, "Stages added to the Deferred it returns.")
  private static let asRow = optional("as", .name, "What the Deferred it returns is called.")
  private static let after = required("after", seconds, "Seconds from now.")

  static let actions = ChoiceTable(
    what: "an action", sentence: "One call of Twisted's API.",
    branches: firing + running + timers + sharing + speaking)

  private static let firing = [
    action(
      "fire", .name, "Deferred.callback.", "The Deferred to fire.",
      [optional("with", .either([.table(.payload), .value]), "The value; none if not given.")]),
    action(
      "fail", .name, "Deferred.errback.", "The Deferred to fail.",
      [required("with", .error, "The error.")]),
    action("cancel", .name, "Deferred.cancel.", "The Deferred to cancel."),
    action("pause", .name, "Deferred.pause.", "The Deferred to pause."),
    action("unpause", .name, "Deferred.unpause.", "The Deferred to unpause."),
    action(
      "add", .name, "Adds stages late.", "The Deferred that gets them.",
      [required("stages", stageList, "The stages.")]),
    action(
      "chain", .name, "Deferred.chainDeferred.", "The Deferred whose result goes on.",
      [required("to", .name, "The Deferred that gets it.")]),
    action("drop", .name, "The program lets go of its last reference.", "The Deferred to drop."),
  ]

  private static let running = [
    action(
      "start", .name, "Starts a loop, a task or a cooperator.", "What to start.",
      [
        optional(
          "every", .seconds(mayBeNegative: true),
          "For a loop: seconds between ticks. A negative number raises ValueError.")
      ]),
    action("stop", .name, "Stops a loop, a task or a cooperator.", "What to stop."),
    action("reset", .name, "LoopingCall.reset.", "The loop to reset."),
    action("pause_task", .name, "CooperativeTask.pause.", "The task to pause."),
    action("resume_task", .name, "CooperativeTask.resume.", "The task to resume."),
    action("when_done", .name, "CooperativeTask.whenDone.", "The task to wait for.", [asRow, stagesRow]),
  ]

  private static let timers = [
    action(
      "call", .name, "callLater, with a name.", "What the call is called.",
      [after, required("do", actionList, "What the call does.")]),
    action("cancel_call", .name, "DelayedCall.cancel.", "The call to cancel."),
    action("reset_call", .name, "DelayedCall.reset.", "The call to move.", [after]),
    action(
      "delay_call", .name, "DelayedCall.delay.", "The call to move.",
      [required("by", .seconds(mayBeNegative: true), "Seconds later than it was due; may be negative.")]),
    action("advance", seconds, "A nested Clock.advance, where `drive` is a list.", "Seconds to advance."),
  ]

  private static let sharing = [
    action(
      "acquire", .name, "Acquires a lock or a semaphore.", "The lock or semaphore.", [asRow, stagesRow]),
    action("release", .name, "Releases a lock or a semaphore.", "The lock or semaphore."),
    action(
      "run_locked", .name, "DeferredLock.run.", "The lock or semaphore.",
      [required("do", .table(.handler), "What runs while it is held."), asRow, stagesRow]),
    action(
      "put", .name, "DeferredQueue.put.", "The queue.", [required("value", .value, "What is put in.")]),
    action("get", .name, "DeferredQueue.get.", "The queue.", [asRow, stagesRow]),
  ]

  private static let speaking = [
    action("raise", .error, "Raises an error.", "The error."),
    action("log", .template, "Writes to the log.", "The text."),
    action("say", .template, "Says something to the person who watches.", "The text."),
  ]

  private static func action(
    _ key: String, _ shape: Shape, _ sentence: String, _ keySentence: String, _ more: [KeyRow] = []
  ) -> MapTable {
    MapTable("`\(key)`", sentence, leading: key, rows: [required(key, shape, keySentence)] + more)
  }

  /// What `fire … with` takes beside plain values.
  static let payloads = ChoiceTable(
    what: "an object", sentence: "A Failure or a Deferred handed over as it is.",
    branches: [
      MapTable(
        "a Failure", "A Failure object as the value.", leading: "failure",
        rows: [required("failure", .error, "Its error.")]),
      MapTable(
        "a Deferred", "A Deferred object as the value.", leading: "deferred",
        rows: [required("deferred", .name, "Which one.")]),
    ])

  static let error = MapTable(
    "an error", "An error in two parts; shorter is `Type message`.",
    rows: [
      required("type", .errorType, "Its type."),
      optional("message", .template, "Its message; empty if not given."),
    ])

  // MARK: Lines of scripts, steps of tasks

  static let awaitedValue = MapTable(
    "a value", "A value that comes straight back.", leading: "value",
    rows: [required("value", .value, "The value.")])

  static let lines = ChoiceTable(
    what: "a line", sentence: "One line of a script or a coroutine; any action is one too.",
    branches: [
      keyed(
        "await", .either([deferred, .table(.awaitedValue)]),
        "Waits for a Deferred; in a script {value: V} gives V straight back.",
        [optional("into", .name, "The variable that gets the result.")]),
      keyed("set", .name, "Sets a variable.", [required("to", .value, "Its value.")]),
      keyed("sleep", .either([seconds, .template]), "Waits so many seconds."),
      keyed("return", .value, "Ends with this value."),
      keyed("raise", .error, "Raises an error; `again` inside `except` raises the one caught."),
      keyed(
        "repeat", .integer(atLeast: 0), "Runs lines so many times.",
        [required("lines", lineList, "The lines.")]),
      keyed(
        "for", .name, "Runs lines for each value.",
        [
          required("in", .list(.value), "The values."),
          required("lines", lineList, "The lines."),
        ]),
      keyed(
        "try", lineList, "Runs lines, and others when they raise.",
        [
          optional(
            "except", .map(keys: .errorTypes, values: lineList), "Lines for each type, the first match wins."),
          optional("finally", lineList, "Lines that run in any case."),
        ]),
      keyed(
        "async_with", .name, "In an async: holds a lock or a semaphore while it runs lines.",
        [required("lines", lineList, "The lines.")]),
    ] + actions.branches.filter { $0.leading != "raise" })

  static let steps = ChoiceTable(
    what: "a step", sentence: "One unit of a task's work.",
    branches: [
      keyed("yield", .value, "Yields a value, and goes on in the next turn."),
      keyed("await", deferred, "Yields a Deferred, so the task waits for it."),
      keyed("raise", .error, "Raises an error, which ends the task."),
      keyed("do", actionList, "Does actions."),
      keyed(
        "repeat", .integer(atLeast: 0), "Repeats steps so many times.",
        [required("steps", stepList, "The steps.")]),
    ])

  private static func keyed(
    _ key: String, _ shape: Shape, _ sentence: String, _ more: [KeyRow] = []
  ) -> MapTable {
    MapTable("`\(key)`", sentence, leading: key, rows: [required(key, shape, sentence)] + more)
  }
}
