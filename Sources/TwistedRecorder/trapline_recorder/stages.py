"""What a stage is, told by its handlers: the program's own, or one of Twisted's that stand for something."""

from types import CoroutineType, GeneratorType

from . import failures, texts
from .care import attribute, code_of, function_of
from .output import add, emit

_passing = set()  # The ids of passthru and _failthru.
_deferred_type = None
_list_type = None
closures = False  # Whether a generator is resumed by a closure, as in Twisted 22.
_specials = {}  # id(code) -> who tells the fields of a stage of Twisted's own
entering = {}  # id(code) -> who tells that a handler of Twisted's own begins
_codes = []  # Those codes, so that their ids stay their own.
firing = {}  # id(deferred) -> (the number of what ends when it fires: a generator, a group, a loop; who tells of that)


def prepare(defer):
    global _deferred_type, _list_type, closures, generator_of
    _deferred_type, _list_type = defer.Deferred, defer.DeferredList
    _passing.update([id(defer.passthru), id(defer._failthru)])
    step = getattr(defer, "_gotResultInlineCallbacks", None)
    closures = step is None
    generator_of = cells_of if closures else arguments_of
    known = [
        (step or defer._inlineCallbacks, None if step else "gotResult", waits, resumed),
        (defer.DeferredList._cbDeferred, None, owned, entered_slot),
        (defer.Deferred.callback, None, owned, None),
        (defer.Deferred.errback, None, owned, None),
        (getattr(defer, "race", None), "succeeded", None, entered_race),
        (getattr(defer, "race", None), "failed", None, entered_race),
        (defer.Deferred.asFuture, "maybeFail", None, entered_future),
    ]
    for function, inner, tells, enters in known:
        code = inner_code(function, inner)
        if code is not None:
            _codes.append(code)
            if enters is not None:
                entering[id(code)] = enters
            if tells is not None:
                _specials[id(code)] = tells


def inner_code(function, name):
    """The code of a function, or of the one inside of it that is called `name`."""
    code = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    if code is None or name is None:
        return code
    return next((item for item in code.co_consts if getattr(item, "co_name", None) == name), None)


def reset():
    firing.clear()


def names(callback, errback):
    """The handlers of a stage, as fields."""
    told = ""
    if id(callback) not in _passing:
        told = f',"callback":{texts.called(callback)[0]}'
    if id(errback) not in _passing:
        told = f'{told},"errback":{texts.called(errback)[0]}'
    return told


def special(callback, code):
    """Who tells the fields of a stage with this handler, where its name does not say what it is; or None.

    With whether that is so for all handlers of the same code.
    """
    known = _specials.get(id(code))
    if known is not None:
        return known, True
    if isinstance(attribute(callback, "__self__"), _deferred_type):
        return owned, False
    if attribute(function_of(callback), "__module__") in ("twisted.internet.defer", "twisted.internet.task"):
        return of_library, True
    return None, True


def owned(found, callback, errback, args, number, frame):
    """A method of another Deferred: chainDeferred, or a place in a list."""
    owner = attribute(callback, "__self__")
    if not isinstance(owner, _deferred_type):
        return names(callback, errback) + texts.place_above(frame)  # The method itself, of no Deferred.
    name, owner = attribute(function_of(callback), "__name__"), number(owner)
    what = ""
    if name == "_cbDeferred" and args:
        what = f',"slot_of":{owner},"slot":{args[0]}'
    elif name in ("callback", "errback"):
        what = f',"chain_to":{owner}'
    return what + names(callback, errback) + texts.place_above(frame)


def waits(found, callback, errback, args, number, frame):
    """A generator goes on when this Deferred has its result; it stands at its `yield` until then."""
    generator, status, _ = generator_of(callback, args)
    if id(status.deferred) not in firing:
        began(status.deferred, generator, number)
    place = generator_place(generator)
    add(f'"e":"yielded","d":{generator_number(status, number)},"on":{found}{place}')
    label = texts.text(generator_name(generator))
    if texts.stacks:
        place += texts.stack(frame)
    return f',"library":"inlineCallbacks","callback":{label},"errback":{label}{place}'


def of_library(found, callback, errback, args, number, frame):
    """A function of Twisted's own."""
    return library_fields(callback, errback, args, number) + texts.place_above(frame)


def library_fields(callback, errback, args, number):
    name = attribute(function_of(callback), "__qualname__")
    told = names(callback, errback)
    if name == "race.<locals>.succeeded":
        group = cell(callback, "final_result")
        return told if group is None else ',"slot_of":%d,"slot":%d%s' % (number(group), args[0], told)
    if name == "Deferred.addTimeout.<locals>.convertCancelled":
        seconds = cell(callback, "timeout")
        if type(seconds) in (int, float):
            return ',"timeout":%d%s' % (max(0, min(seconds, 1e9)) * 1e6, told)
    what = LIBRARY.get(name) if type(name) is str else None
    if what is None:
        return told
    called = cell(callback, "callable")
    if called is not None:
        told = ',"callback":%s' % texts.called(called)[0]
    return ',"library":%s%s' % (texts.text(what), told)


LIBRARY = {
    "Deferred.addTimeout.<locals>.cancelTimeout": "timeout",
    "deferLater.<locals>.cb": "later",
    "_parseDeferredListResult": "gatherResults",
    "_handleCancelInlineCallbacks": "cancel",
    "_cancellableInlineCallbacks.<locals>.handleCancel": "cancel",
    "LoopingCall.__call__.<locals>.cb": "loop",
    "LoopingCall.__call__.<locals>.eb": "loop",
    "_ConcurrencyPrimitive._releaseAndReturn": "release",
    "_ConcurrencyPrimitive.run.<locals>.execute": "run",
    "Deferred.asFuture.<locals>.maybeSucceed": "asFuture",
    "Deferred.asFuture.<locals>.maybeFail": "asFuture",
}


def cell(function, name):
    """A variable that a function took along from where it was made."""
    code = code_of(function)
    closure = function_of(function).__closure__ if code is not None else None
    if closure is None or name not in code.co_freevars:
        return None
    try:
        return closure[code.co_freevars.index(name)].cell_contents
    except ValueError:
        return None


# Generators and coroutines


def arguments_of(callback, args):
    """(generator, status, waiting) where a stage resumes one."""
    return args[1], args[2], args[0]


def cells_of(callback, args):
    """The same in Twisted before 22.8, where they are in a closure."""
    return cell(callback, "gen"), cell(callback, "status"), cell(callback, "waiting")


def generator_name(generator):
    own = type(generator) in (GeneratorType, CoroutineType)
    name = generator.__qualname__ if own else attribute(generator, "__qualname__")
    return texts.shortened(name) if type(name) is str else type(generator).__name__


def generator_number(status, number):
    """The number of a generator's own Deferred: a cancelled one has another."""
    known = firing.get(id(status.deferred))
    return number(status.deferred) if known is None else known[0]


def grouped(deferred, found, number):
    """A list that was made before the recorder looked is made known, and its members."""
    from . import lives

    members = getattr(deferred, "_deferredList", None)
    if isinstance(members, (list, tuple)) and all(isinstance(member, _deferred_type) for member in members):
        firing[id(deferred)] = (found, lives.decided)
        listed = ",".join(str(number(member)) for member in members)
        emit(f'"e":"group","d":{found},"kind":"list","members":[{listed}]')


def began(deferred, generator, number):
    """A generator that began before the recorder looked is made known."""
    from . import lives

    found = number(deferred)
    emit(f'"e":"generator","d":{found},"name":{texts.text(generator_name(generator))}')
    firing[id(deferred)] = (found, lives.ended)


def generator_place(generator):
    """Where it stands: in what it waits for, and so on, down to the innermost that has a line."""
    place = ""
    for _ in range(20):
        frame = getattr(generator, "gi_frame", None) or getattr(generator, "cr_frame", None)
        if frame is None:
            break
        place = texts.place_of(frame)
        inner = getattr(generator, "gi_yieldfrom", None) or getattr(generator, "cr_await", None)
        if inner is None or texts.is_library(getattr(getattr(inner, "gi_code", None), "co_filename", "")):
            break
        generator = inner
    return place


def entered_slot(callback, args, words, number, result):
    """A list gets the result of a member."""
    owner = attribute(callback, "__self__")
    if isinstance(owner, _list_type):
        add(f'"e":"slot","d":{number(owner)},"i":{args[0]},{words}')


def entered_race(callback, args, words, number, result):
    group = cell(callback, "final_result")
    if group is not None:
        emit('"e":"slot","d":%d,"i":%d,%s' % (number(group), args[0], words))


def entered_future(callback, args, words, number, result):
    future = cell(callback, "future")
    if future is not None:
        failures.goes_into(future, result)


def resumed(callback, args, words, number, result):
    """A generator goes on."""
    _, status, waiting = generator_of(callback, args)
    # One that is still inside of addBoth goes on after that has returned: `passed_at_once` tells of it.
    if not waiting[0]:
        add(f'"e":"generator_resumed","d":{generator_number(status, number)},{words}')


def passed_at_once(callback, args, told, number):
    """A generator waited for a Deferred that had its result already."""
    if _specials.get(id(code_of(callback))) is waits:
        _, status, waiting = generator_of(callback, args)
        if not waiting[0] and id(status.deferred) in firing:
            add(f'"e":"generator_resumed","d":{generator_number(status, number)},{told(waiting[1])}')


def cancels_generator(canceller):
    name = attribute(function_of(canceller), "__qualname__")
    return type(name) is str and name.startswith(
        ("_cancellableInlineCallbacks.", "_handleCancelInlineCallbacks.")
    )
