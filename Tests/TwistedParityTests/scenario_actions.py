"""Each action of a scenario is one call of Twisted's public API."""
from twisted.internet import defer, task
from twisted.python.failure import Failure

from scenario_numbers import microseconds
from scenario_values import Frame, abort, unbound

_ACTS = {}


def action(function):
    _ACTS[function.__name__.removesuffix("_")] = function
    return function


def act(program, spec, frame, who):
    # `run_locked … do`, `call … do` carry handler words too, so the verb is the key that is an action's.
    for verb, function in _ACTS.items():
        if verb in spec:
            return function(program, spec, frame, who)
    abort(f"no action in {spec}", 70)


@action
def fire(program, spec, frame, who):
    deferred = program.find(spec["fire"]).deferred
    given = spec.get("with")
    if isinstance(given, dict) and list(given) == ["failure"]:
        deferred.callback(Failure(program.error(given["failure"], frame)))
    elif isinstance(given, dict) and list(given) == ["deferred"]:
        deferred.callback(program.deferred(given["deferred"], who, frame))
    else:
        deferred.callback(program.value(given, frame))


@action
def fail(program, spec, frame, who):
    program.find(spec["fail"]).deferred.errback(program.error(spec["with"], frame))


@action
def cancel(program, spec, frame, who):
    program.find(spec["cancel"]).deferred.cancel()


@action
def pause(program, spec, frame, who):
    program.find(spec["pause"]).deferred.pause()


@action
def unpause(program, spec, frame, who):
    program.find(spec["unpause"]).deferred.unpause()


@action
def add(program, spec, frame, who):
    program.add_stages(program.find(spec["add"]), spec["stages"], frame)


@action
def chain(program, spec, frame, who):
    source, target = program.find(spec["chain"]), program.find(spec["to"])
    source = getattr(source, "original", source)
    source.stages += 1
    source.deferred.chainDeferred(target.deferred)


@action
def start(program, spec, frame, who):
    name = spec["start"]
    if name in (program.scenario.get("loops") or {}):
        loop = _loop(program, name)
        declared = program.scenario["loops"][name]
        every = microseconds(spec.get("every", declared.get("every")))
        # A loop that already runs raises before it makes a Deferred, so `born` gives its number back.
        entry = program.born(name, lambda entry: loop.start(every, now=declared.get("now", True)), first=True)
        program.add_stages(entry, declared.get("chain"), Frame())
    elif name in program.cooperators:
        program.cooperators[name].start()
    else:
        _start_task(program, name)


def _start_task(program, name):
    if name not in program.tasks:
        raise unbound(name)
    declared = program.tasks[name]
    made = {}

    def cooperate(entry):
        iterator = program.task_iterator(declared.get("steps"), entry.name)
        program.names.know("task", iterator, entry.name)
        made["task"] = program.cooperators[declared.get("cooperator", "cooperator")].cooperate(iterator)
        made["task"].label = entry.name
        program.names.bind("task", name, made["task"])
        return made["task"].whenDone()

    entry = program.born(name, cooperate)
    program.add_stages(entry, declared.get("chain"), Frame())


def _loop(program, name):
    """Loops and tasks are made after the Deferreds, so the making of a Deferred cannot reach them yet."""
    if name not in program.loops:
        raise unbound(name)
    return program.loops[name]


def _task(program, name):
    return program.names.find("task", name)


@action
def stop(program, spec, frame, who):
    name = spec["stop"]
    if name in (program.scenario.get("loops") or {}):
        _loop(program, name).stop()
    elif name in program.cooperators:
        program.cooperators[name].stop()
    else:
        _task(program, name).stop()


@action
def reset(program, spec, frame, who):
    _loop(program, spec["reset"]).reset()


@action
def pause_task(program, spec, frame, who):
    _task(program, spec["pause_task"]).pause()


@action
def resume_task(program, spec, frame, who):
    _task(program, spec["resume_task"]).resume()


@action
def when_done(program, spec, frame, who):
    watched = _task(program, spec["when_done"])
    base = spec.get("as", f"{watched.label}.when_done")
    program.add_stages(program.born(base, lambda entry: watched.whenDone()), spec.get("stages"), frame)


@action
def call(program, spec, frame, who):
    name = str(spec["call"])
    label = program.names.label("call", name)

    def run():
        program.world.observed(label, "timer", None, lambda: program.act_all(spec.get("do") or [], frame, label))

    delayed = program.clock_of(label).callLater(microseconds(spec["after"]), run)
    program.names.bind("call", name, delayed)


@action
def cancel_call(program, spec, frame, who):
    program.names.find("call", str(spec["cancel_call"])).cancel()


@action
def reset_call(program, spec, frame, who):
    program.names.find("call", str(spec["reset_call"])).reset(microseconds(spec["after"]))


@action
def delay_call(program, spec, frame, who):
    program.names.find("call", str(spec["delay_call"])).delay(microseconds(spec["by"]))


@action
def acquire(program, spec, frame, who):
    lock = program.sharing[spec["acquire"]]
    base = spec.get("as", f"{spec['acquire']}.acquire")
    program.add_stages(program.born(base, lambda entry: lock.acquire()), spec.get("stages"), frame)


@action
def release(program, spec, frame, who):
    program.sharing[spec["release"]].release()


@action
def run_locked(program, spec, frame, who):
    lock = program.sharing[spec["run_locked"]]
    base = spec.get("as", f"{spec['run_locked']}.run")
    entry = program.born(
        base, lambda entry: lock.run(program.handler(spec.get("do"), entry.name, "run", frame=frame)), first=True)
    program.add_stages(entry, spec.get("stages"), frame)


@action
def put(program, spec, frame, who):
    program.sharing[spec["put"]].put(program.value(spec.get("value"), frame))


@action
def get(program, spec, frame, who):
    queue = program.sharing[spec["get"]]
    base = spec.get("as", f"{spec['get']}.get")
    program.add_stages(program.born(base, lambda entry: queue.get()), spec.get("stages"), frame)


@action
def drop(program, spec, frame, who):
    entry = program.find(spec["drop"])
    program.names.unbind("deferred", str(spec["drop"]))
    program.world.let_go(getattr(entry, "original", entry))


@action
def advance(program, spec, frame, who):
    program.world.clock.advance(microseconds(spec["advance"]))


@action
def say(program, spec, frame, who):
    program.world.note("say", str(program.text(spec["say"], frame)))


@action
def log(program, spec, frame, who):
    program.world.note("log", str(program.text(spec["log"], frame)))


@action
def raise_(program, spec, frame, who):
    raise program.error(spec["raise"], frame)
