"""Delayed calls of every reactor and Clock, and what the reactor does between them."""

from sys import _getframe

from . import actors, chains, failures, output, stages, texts, values
from .care import attribute, function_of, hide, quietly
from .output import add, emit, line_ends

_timers = {}  # id(DelayedCall) -> its number, while it is pending
_next = 0
_runners = {}  # id(code) -> code of those who make delayed calls
_loops = {}  # id(LoopingCall) -> actor
_ticks = {}


def reset():
    global _next
    _next = 0
    for table in (_timers, _loops, _ticks):
        table.clear()


def runner(function):
    """Delayed calls are made by this function of Twisted's."""
    code = getattr(function, "__wrapped__", function).__code__
    _runners[id(code)] = code


class Function:
    """Stands in for `DelayedCall.func`: who makes the call gets one that tells of it, others the function itself."""

    def __get__(self, call, owner=None):
        if call is None:
            return self
        held = call.__dict__
        try:
            function = held["func"]
        except KeyError:
            raise AttributeError("func") from None
        if held.get("called") and id(_getframe(1).f_code) in _runners:
            found = _timers.pop(id(call), None)
            if found is not None:
                return Running(found, function)
        return function

    def __set__(self, call, function):
        call.__dict__["func"] = function

    def __delete__(self, call):
        try:
            del call.__dict__["func"]
        except KeyError:
            raise AttributeError("func") from None


class Running:
    """One delayed call, being made."""

    __slots__ = ("number", "function")

    def __init__(self, number, function):
        self.number = number
        self.function = function

    def __call__(self, *args, **kwargs):
        told_began(self.number, self.function)
        ends = line_ends()
        depth = ends.depth
        ends.depth = depth + 1
        try:
            result = self.function(*args, **kwargs)
        except BaseException as error:
            ends.depth = depth
            hide(error)
            told_raised(self.number, error)
            raise
        ends.depth = depth
        add(f'"e":"timer_ended","timer":{self.number}')
        return result


@quietly
def told_began(number, function):
    emit(f'"e":"timer_began","timer":{number}{texts.called(function)[1]}')


@quietly
def told_raised(number, error):
    failure = chains.failure_type()(error)
    emit('"e":"timer_ended","timer":%d,"raised":%d' % (number, failures.number(failure)))


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
        if values.busy:
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

    def called(self, *arguments):
        result = original(self, *arguments)
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
    _ticks[id(loop)] = 0
    name, place, _ = texts.called(loop.f)
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
    def __call__(self):
        actor = _loops.get(id(self))
        if actor is not None and self.running and not values.busy:
            told_tick(self, actor)
        return original(self)

    return __call__


@quietly
def told_tick(loop, actor):
    number = _ticks[id(loop)] = _ticks.get(id(loop), 0) + 1
    emit('"e":"tick","actor":%d,"number":%d%s' % (actor, number, texts.called(loop.f)[1]))


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
