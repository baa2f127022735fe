"""How a Deferred comes, fires and goes."""

from sys import _getframe, exc_info

from . import chains, failures, output, stages, texts, values
from .chains import number, numbers, told
from .output import emit

_origins = {}  # id(code) -> (origin, code): who makes Deferreds in Twisted
_inner_cancel = None
_collecting = False


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


def origin_of(function, origin):
    """Deferreds made by this function of Twisted's are `origin`."""
    code = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    if code is not None:
        _origins[id(code)] = (origin, code)


def made(deferred, canceller, frame):
    """`Deferred.__init__` was called by `frame`."""
    found = chains.new_number(deferred)
    code = frame.f_code
    known = _origins.get(id(code))
    origin = known[0] if known is not None else "deferred"
    if (
        known is None
        and code.co_name == "handleCancel"
        and "_cancellableInlineCallbacks" in texts.qualified(code)
    ):
        origin = "replaced"
    place, inner = texts.program_place(frame)
    name = inner.co_name if inner is not None else code.co_name
    if origin == "list":
        origin = (
            "gather"
            if frame.f_back is not None and frame.f_back.f_code.co_name == "gatherResults"
            else "list"
        )
    if origin == "generator":
        generator = frame.f_locals.get("gen")
        name = stages.generator_name(generator)
    shown = origin
    if origin == "replaced":
        shown, name = "generator", "cancelled generator"
    cancels = ',"canceller":true' if canceller is not None else ""
    emit('"e":"made","d":%d,"origin":"%s","name":%s%s%s' % (found, shown, named(name, code), cancels, place))
    if origin != "deferred":
        began(deferred, found, origin, frame)


def named(name, code):
    """`<module>` and `<lambda>` are no names that tell a Deferred from others."""
    return texts.text(
        name if not name.startswith("<") else "%s %s" % (code.co_filename.rsplit("/", 1)[-1], name)
    )


def began(deferred, found, origin, frame):
    """What is made together with a Deferred of Twisted's own: a group, a loop, a generator's run."""
    if origin == "generator":
        stages.began((deferred, found), frame.f_locals.get("gen"))
    elif origin == "replaced":
        status = frame.f_locals.get("status")
        if status is not None:
            stages.generators[id(deferred)] = stages.generator_number(status, number)
    elif origin in ("list", "gather", "race"):
        members = deferred._deferredList if origin != "race" else frame.f_locals.get("ds")
        if isinstance(members, (list, tuple)):
            stages.groups[id(deferred)] = found
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
    key = id(deferred)
    if key in stages.generators:
        ended(key, result, words)
    if key in stages.groups:
        decided(stages.groups.pop(key), deferred, result)
    if key in stages.loops:
        from . import timers

        timers.loop_stopped(key, result)
    emit('"e":"fired","d":%d,%s' % (found, words))


def ended(key, result, words):
    """A generator's Deferred fires: it has ended, unless that is how it is told to cancel what it waits for."""
    failed = isinstance(result, chains._failure_type)
    if failed and _inner_cancel is not None and result.type is _inner_cancel:
        return
    generator = stages.generators.pop(key)
    emit(
        '"e":"generator_ended","d":%d,"end":"%s",%s' % (generator, "raised" if failed else "returned", words)
    )


def decided(found, deferred, result):
    """A group has its result; which member decided is in it, where one did."""
    index = None
    if isinstance(result, chains._failure_type):
        index = getattr(result.value, "index", None)
    elif type(result) is tuple and len(result) == 2:
        index = result[1] if isinstance(deferred, stages._list_type) else result[0]
    which = ',"i":%d' % index if type(index) is int else ""
    emit('"e":"decided","d":%d%s' % (found, which))


def succeed_hook(defer, original):
    """`succeed` fires without any of the methods; only its beginning is seen."""

    def succeed(result):
        deferred = original(result)
        if not values.busy:
            found, words = number(deferred), told(result)
            emit('"e":"fired","d":%d,%s' % (found, words))
            emit('"e":"settled","d":%d,%s' % (found, words))
        return deferred

    return succeed


def canceller_left(deferred):
    error = exc_info()[1]
    if error is None:
        emit('"e":"canceller_left","d":%d' % number(deferred))
        return
    failure = chains._failure_type(error)
    emit('"e":"canceller_left","d":%d,"raised":%d' % (number(deferred), failures.number(failure)))


def collected(deferred, _numbers=numbers, _shift=chains.SHIFT):
    """`Deferred.__del__`: takes it out of the tables."""
    key = id(deferred)
    state = _numbers.pop(key, None)
    if state is None:
        return
    for table in (stages.generators, stages.groups, stages.loops, chains.reordered):
        if table:
            table.pop(key, None)
    if not values.busy:
        emit('"e":"collected","d":%d' % (state >> _shift))


def read_hook(original):
    """`await` of a Deferred that has its result takes that without a stage."""

    def taken(self):
        if self.called and not self.paused and not self._runningCallbacks and not values.busy:
            emit(
                '"e":"read","d":%d,%s%s'
                % (number(self), told(self.result), texts.program_place(_getframe(1))[0])
            )
        return original(self)

    return taken


def unhandled_hook(original):
    """`DebugInfo.__del__`: the Deferred is gone, and what it holds is a Failure that nobody handled."""

    def __del__(self):
        found = chains.debug_infos.pop(id(self), None)
        if self.failResult is not None and found is not None:
            emit('"e":"unhandled","d":%d,"f":%d' % (found, failures.number(self.failResult)))
        global _collecting
        before, _collecting = _collecting, True
        try:
            original(self)
        finally:
            _collecting = before

    return __del__
