"""Delayed calls of every reactor and Clock, and what the reactor does between them."""

import sys
from sys import _getframe

from . import actors, chains, failures, output, stages, texts, values
from .care import attribute, function_of, hide, quietly
from .output import add, emit, line_ends
from .woven import around_call, before_all

TOOL = sys.modules[__name__]

_timers = {}  # id(DelayedCall) -> its number, while it is pending
_made = {}  # id(DelayedCall) -> (its number, how deep it is nested), while it is made
_next = 0
_loops = {}  # id(LoopingCall) -> actor
_ticks = {}  # id(LoopingCall) -> (how often it ticked, when it did last, by its clock)


def reset():
    global _next
    _next = 0
    for table in (_timers, _made, _loops, _ticks):
        table.clear()


def makes_calls(original):
    """A function of Twisted's that makes delayed calls, with what tells of them in it; None where that can't be."""
    return around_call(original, "func", TOOL)


def began(call):
    """A delayed call is about to be made."""
    failures.may_throw()
    found = _timers.pop(id(call), None)
    if found is None:
        return
    ends = line_ends()
    _made[id(call)] = (found, ends.depth)
    told_began(found, call.func)
    ends.depth += 1


def ended(call):
    """It was made."""
    made = _made.pop(id(call), None)
    if made is not None:
        line_ends().depth = made[1]
        add(f'"e":"timer_ended","timer":{made[0]}')


def failed(call):
    """In an `except`: what it called raised."""
    made = _made.pop(id(call), None)
    if made is not None:
        line_ends().depth = made[1]
        told_raised(made[0], sys.exc_info()[1])


@quietly
def told_began(number, function):
    emit(f'"e":"timer_began","timer":{number}{texts.called(function)[1]}')


@quietly
def told_raised(number, error):
    found = failures.number(chains.failure_type()(error))
    emit('"e":"timer_ended","timer":%d,"raised":%d' % (number, found))
    failures.throws(error, found)


def due(call):
    """When a call is due, by this trace's clock: a Clock of a test has its own."""
    try:
        return output.microseconds() + int((call.getTime() - call.seconds()) * 1e6)
    except Exception:
        return output.microseconds()


def name_of(function):
    """What a call will do, for people; with the Deferred that it fires or cancels."""
    owner = attribute(function, "__self__")
    if owner is not None and isinstance(owner, chains._deferred_type):
        found = chains.number(owner)
        name = str(attribute(function_of(function), "__name__", "?"))
        return f'{output.quoted(name + " of Deferred ")[:-1]}{found}","d":{found}'
    if id(function) in _loops:
        return texts.text("LoopingCall of %s" % texts.own_name(called_by(function)))
    return texts.called(function)[0]


def init_hook(original):
    def __init__(self, time, func, args, kw, *others, **named):
        try:
            original(self, time, func, args, kw, *others, **named)
            if self.debug and getattr(self, "creator", None):
                self.creator = self.creator[:-1]  # Without this very function.
        except BaseException as error:
            hide(error)
            raise
        if values.busy and values.inside():
            return
        told_made(self, func, _getframe(1))

    return __init__


@quietly
def told_made(call, func, frame):
    global _next
    found = _timers[id(call)] = _next
    _next += 1
    place, _ = texts.program_place(frame)
    add(f'"e":"timer","timer":{found},"due":{due(call)},"name":{name_of(func)}{place}')


def cancel_hook(original):
    def cancel(self):
        try:
            original(self)
        except BaseException as error:
            hide(error)
            raise
        found = _timers.pop(id(self), None)
        if found is not None:
            emit('"e":"timer_cancelled","timer":%d' % found)

    return cancel


def move_hook(original):
    def moved(self, *arguments, **named):
        try:
            original(self, *arguments, **named)
        except BaseException as error:
            hide(error)
            raise
        found = _timers.get(id(self))
        if found is not None:
            emit('"e":"timer_moved","timer":%d,"due":%d' % (found, due(self)))

    return moved


def timeout_hook(original):
    """The reactor asks how long it may sleep: what was gathered is written before it does."""

    def timeout(self):
        delay = original(self)
        if output.lines and (delay is None or delay > 0.05):
            output.write()
        return delay

    return timeout


def asyncio_hook(original):
    """asyncio's loop does not ask before it sleeps: it is given a time at which to write."""
    scheduled = []

    def write():
        del scheduled[:]
        output.write()

    def called(self, *arguments, **named):
        result = original(self, *arguments, **named)
        if output.lines and not scheduled:
            scheduled.append(True)
            self._asyncioEventloop.call_later(output.WRITE_AFTER_US / 1e6, write)
        return result

    return called


# LoopingCall


def loop_started(deferred, found, started):
    loop = started.get("self")
    actor = _loops.get(id(loop))
    if actor is None:
        actor = _loops[id(loop)] = actors.new_actor()
    stages.firing[id(deferred)] = (id(loop), loop_stopped)
    _ticks.pop(id(loop), None)
    name, place, _ = texts.called(called_by(loop))
    interval = started.get("interval")
    wait = int(interval * 1e6) if type(interval) in (int, float) and interval < 1e9 else 0
    now = ',"now":true' if started.get("now") else ""
    emit('"e":"loop","actor":%d,"name":%s,"d":%d,"interval":%d%s%s' % (actor, name, found, wait, now, place))


def loop_stopped(loop, deferred, result, words):
    del stages.firing[id(deferred)]
    actor = _loops.pop(loop, None)
    _ticks.pop(loop, None)
    if actor is not None:
        why = ',"f":%d' % failures.number(result) if isinstance(result, chains.failure_type()) else ""
        emit('"e":"loop_stopped","actor":%d%s' % (actor, why))


def tick_hook(original):
    woven = before_all(original, "ticked", TOOL)
    if woven is not None:
        return woven

    def __call__(self):
        ticked(self)
        return original(self)

    return __call__


def ticked(loop):
    actor = _loops.get(id(loop))
    if actor is not None and loop.running and not (values.busy and values.inside()):
        told_tick(loop, actor)


@quietly
def told_tick(loop, actor):
    number, last = _ticks.get(id(loop), (0, None))
    now = loop.clock.seconds()
    function = counted_by(loop)
    count = ticks_between(loop, last, now) if function is None else ticks_counted(loop, now)
    if count == 0 and function is not None:
        return  # It is not called.
    _ticks[id(loop)] = number + 1, now
    skipped = f',"skipped":{count - 1}' if count > 1 else ""
    emit(f'"e":"tick","actor":{actor},"number":{number + 1}{skipped}{texts.called(called_by(loop))[1]}')


def ticks_between(loop, last, now):
    """How many ticks of its grid went by since the last one that a loop made."""
    start, interval = loop.starttime, loop.interval
    if not interval or last is None and loop._runAtStart:
        return 1
    last = start if last is None else max(last, start)  # It may have been set anew.
    return grid(now - start, interval) - grid(last - start, interval)


def grid(passed, interval):
    """The tick at which so much time has passed, which floating point may tell a little too short."""
    return int(passed // interval + ((passed % interval) / interval > 1 - 1e-6))


def called_by(loop):
    """The program's function that a loop calls: it may be false."""
    function = counted_by(loop)
    return loop.f if function is None else function


def counted_by(loop):
    """The function that a loop tells how many ticks went by; None where it tells none."""
    if attribute(loop.f, "__qualname__") != "LoopingCall.withCount.<locals>.counter":
        return None
    return stages.cell(loop.f, "countCallable")


def ticks_counted(loop, now):
    """As many as it will tell that function."""
    if not loop.interval:
        return 1
    last = loop._realLastTime
    if last is None:
        last = loop.starttime - (loop.interval if loop._runAtStart else 0)
    return loop._intervalOf(now) - loop._intervalOf(last)


def reset_hook(original):
    def reset(self):
        try:
            original(self)
        except BaseException as error:
            hide(error)
            raise
        actor = _loops.get(id(self))
        if actor is not None:
            emit('"e":"loop_reset","actor":%d' % actor)

    return reset
