"""Sets a scenario up, drives the clock, and lets go of everything at the end."""
from twisted.internet import defer, task

from scenario_numbers import microseconds
from scenario_values import Frame, error_text


def run(program, watcher=None):
    """One whole run; `watcher(time)` is called before the clock moves past a moment, and with None at the end."""
    set_up(program)
    drive(program, watcher or (lambda time: None))
    for entry in list(program.world.entries):
        program.world.let_go(entry)
    if watcher:
        watcher(None)


def set_up(program):
    scenario, world = program.scenario, program.world
    _make_sharing(program)
    for name, spec in (scenario.get("deferreds") or {}).items():
        _logged(program, name, lambda: program.make(spec or {}, name, Frame()))
    for name, spec in (scenario.get("loops") or {}).items():
        _make_loop(program, name, spec)
    program.tasks = scenario.get("tasks") or {}
    for number, entry in enumerate(scenario.get("timeline") or []):
        who = f"timeline {number}"
        if "at" in entry:
            program.clock_of(who).callLater(microseconds(entry["at"]), _timeline_call(program, entry, who))
        else:
            _logged(program, who, lambda: world.as_running(who, lambda: _act(program, entry, who)))


def _make_sharing(program):
    scenario, names = program.scenario, program.names
    for name in scenario.get("locks") or []:
        program.sharing[name] = defer.DeferredLock()
        names.know("lock", program.sharing[name], name)
    for name, tokens in (scenario.get("semaphores") or {}).items():
        program.sharing[name] = defer.DeferredSemaphore(tokens)
        names.know("semaphore", program.sharing[name], name)
    for name, spec in (scenario.get("queues") or {}).items():
        spec = spec or {}
        program.sharing[name] = defer.DeferredQueue(spec.get("size"), spec.get("backlog"))
    for name, spec in {"cooperator": {}, **(scenario.get("cooperators") or {})}.items():
        program.cooperators[name] = _cooperator(program, name, spec or {})


def _cooperator(program, name, spec):
    units = spec.get("units_per_turn", 1)

    def turn():
        taken = []

        def is_over():
            taken.append(1)
            return len(taken) >= units

        return is_over

    return task.Cooperator(
        terminationPredicateFactory=turn,
        scheduler=lambda tick: program.clock_of(name).callLater(0, tick),
        started=spec.get("started", True))


def _make_loop(program, name, spec):
    world = program.world
    world.ticks[name] = 0
    function = program.handler(spec.get("do"), name, "tick", alone=name)

    def tick():
        world.ticks[name] += 1
        return function(None, count=world.ticks[name])

    def counted_tick(count):
        world.ticks[name] += 1
        return function(count, count=count)

    loop = task.LoopingCall.withCount(counted_tick) if spec.get("with_count") else task.LoopingCall(tick)
    loop.clock = program.clock_of(name)
    program.loops[name] = loop
    program.names.know("loop", loop, name)


def _logged(program, who, function):
    try:
        function()
    except BaseException as exception:
        program.world.note("error", error_text(exception), who)


def _timeline_call(program, entry, who):
    return lambda: program.world.observed(who, "timer", None, lambda: _act(program, entry, who))


def _act(program, entry, who):
    actions = entry["do"] if "do" in entry and "call" not in entry and "run_locked" not in entry else [entry]
    program.act_all(actions, Frame(), who)


def drive(program, watcher):
    clock, scenario = program.world.clock, program.scenario
    amounts = scenario.get("drive", "each")
    if isinstance(amounts, list):
        watcher(clock.seconds())
        for amount in amounts:
            clock.advance(microseconds(amount))
            watcher(clock.seconds())
        return
    until = microseconds(scenario["until"]) if "until" in scenario else None
    while clock.getDelayedCalls():
        due = min(call.getTime() for call in clock.getDelayedCalls())
        if until is not None and due > until:
            break
        if due > clock.seconds():
            watcher(due - 1)
        clock.advance(int(max(0, due - clock.seconds())))
    if until is not None:
        clock.advance(int(max(0, until - clock.seconds())))
