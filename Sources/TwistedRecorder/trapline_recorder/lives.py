"""How a Deferred comes, fires and goes."""

from _thread import get_ident
from sys import _getframe, exc_info

from . import chains, failures, stages, texts, values
from .care import attribute, interrupt_again, quietly
from .chains import number, numbers, told
from .output import add, emit, line_ends, quoted

_origins = {}  # id(code) -> (origin, code): who makes Deferreds in Twisted
_primitives = {}  # id(code) -> code of those by whose name nobody would know a Deferred
_sites = {}  # (id(code), instruction) -> how what the program makes there begins and ends, and the code
_inner_cancel = None
ticks = []  # The code of LoopingCall that makes a tick.
_collecting = set()  # The threads on which Twisted tells right now of a Deferred that is being collected.


def prepare(defer):
    global _inner_cancel
    _inner_cancel = getattr(defer, "_InternalInlineCallbacksCancelledError", None)
    known = {
        "succeed": defer.succeed,
        "fail": defer.fail,
        "maybe": defer.maybeDeferred,
        "generator": getattr(defer, "_cancellableInlineCallbacks", None),
        "race": getattr(defer, "race", None),
        "list": defer.DeferredList.__init__,
        "replaced": getattr(defer, "_handleCancelInlineCallbacks", None),
        "lock": defer.DeferredLock.acquire,
        "semaphore": defer.DeferredSemaphore.acquire,
        "queue": defer.DeferredQueue.get,
        "future": defer.Deferred.fromFuture,
    }
    for origin, function in known.items():
        origin_of(function, origin)
    for function in (defer.succeed, defer.fail, defer.maybeDeferred, defer.execute):
        _primitives[id(function.__code__)] = function.__code__


def reset():
    _sites.clear()


def origin_of(function, origin):
    """Deferreds made by this function of Twisted's are `origin`."""
    code = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    if code is not None:
        _origins[id(code)] = (origin, code)


def made(deferred, canceller, frame):
    """`Deferred.__init__` was called by `frame`."""
    found = chains.new_number(deferred)
    code = frame.f_code
    cancels = ',"canceller":true' if canceller is not None else ""
    site = _sites.get((id(code), frame.f_lasti))
    if site is not None:
        emit(f'"e":"made","d":{found},{site[0]}{found}"{cancels}{site[1]}')
        return
    known = _origins.get(id(code))
    origin = known[0] if known is not None else "deferred"
    if known is None and code.co_name == "handleCancel" and texts.places_of(code)[1] == "core":
        origin = "replaced"  # Before 23 it was a closure.
    place, inner = texts.program_place(frame)
    stack = texts.stack(frame) if texts.stacks else ""
    if origin == "generator":
        name = stages.generator_name(frame.f_locals.get("gen"))
        emit(
            f'"e":"made","d":{found},"origin":"generator","name":{quoted(name + " ")[:-1]}{found}"{cancels}{place}{stack}'
        )
        emit(f'"e":"generator","d":{found},"name":{texts.text(name)}')
        stages.firing[id(deferred)] = (found, ended)
        return
    shown = origin
    if origin == "list" and frame.f_back is not None and frame.f_back.f_code.co_name == "gatherResults":
        shown = origin = "gather"
    if origin == "replaced":
        shown, name = "generator", "cancelled generator"
    else:
        name = name_of(inner if inner is not None and id(inner) not in _primitives else code, frame)
        called = ticking(frame) if id(code) in _origins else None
        if called is not None:
            name, place = "tick of %s" % texts.own_name(called), texts.called(called)[1] or place
    start = '"origin":"%s","name":%s' % (shown, quoted(name + " ")[:-1])
    place += stack
    if origin == "deferred" and not texts.stacks and texts.places_of(code)[0] is not None:
        if len(_sites) >= texts.MOST_PLACES:
            _sites.clear()
        # The code is kept with it, so that its id stays its own.
        _sites[id(code), frame.f_lasti] = (start, place, code)
    emit(f'"e":"made","d":{found},{start}{found}"{cancels}{place}')
    if origin != "deferred":
        began(deferred, found, origin, frame)


def ticking(frame):
    """What a loop calls, where it makes a Deferred itself, of what that gives; or None."""
    for _ in range(5):
        if frame is None or frame.f_code in ticks or texts.places_of(frame.f_code)[0] is not None:
            break
        frame = frame.f_back
    loop = frame.f_locals.get("self") if frame is not None and frame.f_code in ticks else None
    if loop is None:
        return None
    from . import timers

    return timers.called_by(loop)


def name_of(code, frame):
    """A Deferred is called after the function that made it: Twisted's that the program called, or its own."""
    for _ in range(4):
        if id(code) not in _primitives or frame.f_back is None:
            break
        frame = frame.f_back
        code = frame.f_code
    name = code.co_name
    if name == "__init__":
        name = texts.qualified(code).split(".")[-2]
    return name if not name.startswith("<") else "%s %s" % (code.co_filename.rsplit("/", 1)[-1], name)


def began(deferred, found, origin, frame):
    """What is made together with a Deferred of Twisted's own: a group, a loop, the end of a generator."""
    if origin == "replaced":
        status = frame.f_locals.get("status")
        if status is not None:
            stages.firing[id(deferred)] = (stages.generator_number(status, number), ended)
    elif origin in ("list", "gather", "race"):
        members = deferred._deferredList if origin != "race" else frame.f_locals.get("ds")
        if isinstance(members, (list, tuple)) and all(map(chains.is_deferred, members)):
            stages.firing[id(deferred)] = (found, decided)
            listed = ",".join(str(number(member)) for member in members)
            emit('"e":"group","d":%d,"kind":"%s","members":[%s]' % (found, origin, listed))
    elif origin == "loop":
        from . import timers

        timers.loop_started(deferred, found, frame.f_locals)


def told_fired(deferred, result):
    """`callback` or `errback` was called; what that means is for its state to say."""
    found = number(deferred)
    if deferred.called:
        if deferred._suppressAlreadyCalled:
            emit('"e":"late","d":%d,%s' % (found, told(result)))
        else:
            emit('"e":"called_again","d":%d' % found)
        return
    words = told(result)
    ends = stages.firing.get(id(deferred))
    if ends is not None:
        ends[1](ends[0], deferred, result, words)
    here = line_ends()
    # Where no code runs that is told of, such as a protocol's, only the line tells who did it.
    place = "" if here.depth else texts.near_place(_getframe(2))
    add(f'"e":"fired","d":{found},{words}{place}')
    if not deferred.paused and not deferred._runningCallbacks:
        here.fired, here.words = result, words


def ended(found, deferred, result, words):
    """A generator's Deferred fires: it has ended, unless that is how it is told to cancel what it waits for."""
    failed = isinstance(result, chains.failure_type())
    if failed and _inner_cancel is not None and result.type is _inner_cancel:
        return
    del stages.firing[id(deferred)]
    end = "raised" if failed else "returned"
    add(f'"e":"generator_ended","d":{found},"end":"{end}",{words}')


def decided(found, deferred, result, words):
    """A group has its result; which member decided is in it, where one did."""
    del stages.firing[id(deferred)]
    index = None
    if isinstance(result, chains.failure_type()):
        index = attribute(result.value, "index")
    elif type(result) is tuple and len(result) == 2:
        index = result[1] if isinstance(deferred, stages._list_type) else result[0]
    which = ',"i":%d' % index if type(index) is int else ""
    emit('"e":"decided","d":%d%s' % (found, which))


def succeed_hook(defer, original):
    """`succeed` fires without any of the methods; only its beginning is seen."""

    def succeed(result):
        deferred = original(result)
        if not (values.busy and values.inside()):
            told_succeeded(deferred, result)
        return deferred

    return succeed


@quietly
def told_succeeded(deferred, result):
    found, words = number(deferred), told(result)
    emit(f'"e":"fired","d":{found},{words}')
    emit(f'"e":"settled","d":{found},{words}')


def canceller_left(deferred):
    error = exc_info()[1]
    if error is None:
        emit('"e":"canceller_left","d":%d' % number(deferred))
        return
    found = failures.number(chains.failure_type()(error))
    emit('"e":"canceller_left","d":%d,"raised":%d' % (number(deferred), found))
    failures.throws(error, found)


def collected_hook(original):
    """What stands for `Deferred.__del__`, of which Twisted has none; but the program may."""
    if original is None:
        return collected

    def __del__(self):
        collected(self)
        original(self)

    return __del__


def collected(deferred, _numbers=numbers, _shift=chains.SHIFT):
    """`Deferred.__del__`: takes it out of the tables."""
    try:
        key = id(deferred)
        state = _numbers.pop(key, None)
        if state is None:
            return
        if key in stages.firing:
            del stages.firing[key]
        if key in chains.reordered:
            del chains.reordered[key]
        if not (values.busy and values.inside()):
            add(f'"e":"collected","d":{state >> _shift}')
    except KeyboardInterrupt:
        interrupt_again()


def read_hook(original):
    """`await` of a Deferred that has its result takes that without a stage."""

    def taken(self):
        if self.called and not self.paused and not self._runningCallbacks and not (values.busy and values.inside()):
            told_read(self, _getframe(1))
        return original(self)

    return taken


@quietly
def told_read(deferred, frame):
    place, _ = texts.program_place(frame)
    emit('"e":"read","d":%d,%s%s' % (number(deferred), told(deferred.result), place))


def collecting():
    """Whether this thread is one on which Twisted tells of a Deferred that is being collected."""
    return bool(_collecting) and get_ident() in _collecting


def forked():
    """Only this thread goes on in the child."""
    _collecting.intersection_update([get_ident()])


def unhandled_hook(original):
    """`DebugInfo.__del__`: the Deferred is gone, and what it holds is a Failure that nobody handled."""

    def __del__(self):
        found = chains.debug_infos.pop(id(self), None)
        if self.failResult is not None and found is not None:
            emit('"e":"unhandled","d":%d,"f":%d' % found)
        thread = get_ident()
        if thread in _collecting:
            original(self)
            return
        _collecting.add(thread)
        try:
            original(self)
        finally:
            _collecting.discard(thread)

    return __del__
