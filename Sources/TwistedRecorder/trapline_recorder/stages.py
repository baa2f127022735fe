"""What a stage is, told by its handlers: the program's own, or one of Twisted's that stand for something."""

from . import failures, texts
from .output import emit

_passing = set()  # The ids of passthru and _failthru.
_deferred_type = None
_list_type = None
_generator_steps = ()
generators = {}  # id(deferred) -> the number of the generator's own Deferred, where it stands for one
groups = {}  # id(deferred) -> its number, while it has no result
loops = {}  # id(deferred) -> the number of the LoopingCall it ends


def prepare(defer):
    global _deferred_type, _list_type, _generator_steps
    _deferred_type, _list_type = defer.Deferred, defer.DeferredList
    step = getattr(defer, "_gotResultInlineCallbacks", None)
    _generator_steps = () if step is None else (step,)
    _passing.update([id(defer.passthru), id(defer._failthru)])


def reset():
    for table in (generators, groups, loops):
        table.clear()


def plain_fields(callback, errback):
    """The same for handlers of the program's own, quickly; None where one is Twisted's."""
    names = ""
    if id(callback) not in _passing:
        code = getattr(callback, "__code__", None)
        if code is None or (texts._places.get(id(code)) or texts.places_of(code))[0] is None:
            return None
        names = f',"callback":{texts.called(callback)[0]}'
    if id(errback) not in _passing:
        code = getattr(errback, "__code__", None)
        if code is None or (texts._places.get(id(code)) or texts.places_of(code))[0] is None:
            return None
        names = f'{names},"errback":{texts.called(errback)[0]}'
    return names


def fields(callback, errback, args, number):
    """The fields of `stage` after `i`: handlers, and what a stage of Twisted's own is."""
    names = ""
    if id(callback) not in _passing:
        names = ',"callback":%s' % texts.called(callback)[0]
    if id(errback) not in _passing:
        names += ',"errback":%s' % (texts.called(errback)[0])
    owner = getattr(callback, "__self__", None)
    if owner is not None and isinstance(owner, _deferred_type):
        return owned(callback, owner, args, number) + names
    module = getattr(callback, "__module__", None)
    if module in ("twisted.internet.defer", "twisted.internet.task"):
        return of_library(callback, args, number, names)
    return names


def owned(callback, owner, args, number):
    """A method of another Deferred: chainDeferred, or a place in a list."""
    name = callback.__name__
    if name == "_cbDeferred" and args:
        return ',"slot_of":%d,"slot":%d' % (number(owner), args[0])
    if name in ("callback", "errback"):
        return ',"chain_to":%d' % number(owner)
    return ""


def of_library(callback, args, number, names):
    name = getattr(callback, "__qualname__", "")
    generator = generator_of(callback, args)
    if generator is not None:
        label = texts.text(generator_name(generator[0]))
        return ',"library":"inlineCallbacks","callback":%s,"errback":%s' % (label, label)
    if name == "race.<locals>.succeeded":
        group = cell(callback, "final_result")
        return names if group is None else ',"slot_of":%d,"slot":%d%s' % (number(group), args[0], names)
    if name == "Deferred.addTimeout.<locals>.convertCancelled":
        seconds = cell(callback, "timeout")
        if type(seconds) in (int, float):
            return ',"timeout":%d%s' % (max(0, min(seconds, 1e9)) * 1e6, names)
    what = LIBRARY.get(name)
    if what is None:
        return names
    called = cell(callback, "callable")
    if called is not None:
        names = ',"callback":%s' % texts.called(called)[0]
    return ',"library":%s%s' % (texts.text(what), names)


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
    code = getattr(function, "__code__", None)
    closure = getattr(function, "__closure__", None)
    if code is None or closure is None or name not in code.co_freevars:
        return None
    try:
        return closure[code.co_freevars.index(name)].cell_contents
    except ValueError:
        return None


# Generators and coroutines


def generator_of(callback, args):
    """(generator, status, waiting) where a stage resumes one: from a closure in Twisted 22, from arguments later."""
    if callback in _generator_steps and len(args) >= 3:
        return args[1], args[2], args[0]
    if getattr(callback, "__qualname__", "") == "_inlineCallbacks.<locals>.gotResult":
        return cell(callback, "gen"), cell(callback, "status"), cell(callback, "waiting")
    return None


def generator_name(generator):
    name = getattr(generator, "__qualname__", None)
    return texts.shortened(name) if type(name) is str else type(generator).__name__


def generator_number(status, number):
    deferred = status.deferred
    found = generators.get(id(deferred))
    return number(deferred) if found is None else found


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


def began(deferred, generator):
    """The Deferred that stands for a generator was made."""
    generators[id(deferred[0])] = deferred[1]
    emit('"e":"generator","d":%d,"name":%s' % (deferred[1], texts.text(generator_name(generator))))


def yielded(deferred_number, callback, args, number):
    """A stage was added that resumes a generator: it waits for that Deferred."""
    generator = generator_of(callback, args)
    if generator is None:
        return
    emit(
        '"e":"yielded","d":%d,"on":%d%s'
        % (generator_number(generator[1], number), deferred_number, generator_place(generator[0]))
    )


def entered(callback, args, words, number, result):
    """A handler of Twisted's own begins: a generator goes on, or a list gets a result."""
    name = getattr(callback, "__name__", "")
    if name == "_cbDeferred":
        emit('"e":"slot","d":%d,"i":%d,%s' % (number(callback.__self__), args[0], words))
    elif name in ("succeeded", "failed"):
        group = cell(callback, "final_result")
        if group is not None and callback.__module__ == "twisted.internet.defer":
            emit('"e":"slot","d":%d,"i":%d,%s' % (number(group), args[0], words))
    elif name == "maybeFail" and callback.__module__ == "twisted.internet.defer":
        future = cell(callback, "future")
        if future is not None:
            failures.goes_into(future, result)
    elif name in ("_gotResultInlineCallbacks", "gotResult"):
        resumed(callback, args, words, number)


def resumed(callback, args, words, number):
    generator = generator_of(callback, args)
    # One that is still inside of addBoth goes on after that has returned: `passed_at_once` tells of it.
    if generator is not None and generator[2] and not generator[2][0]:
        emit('"e":"generator_resumed","d":%d,%s' % (generator_number(generator[1], number), words))


def passed_at_once(callback, args, told, number):
    """A generator waited for a Deferred that had its result already."""
    generator = generator_of(callback, args)
    if generator is not None and not generator[2][0]:
        emit(
            '"e":"generator_resumed","d":%d,%s'
            % (generator_number(generator[1], number), told(generator[2][1]))
        )


def cancels_generator(canceller):
    name = getattr(canceller, "__qualname__", "")
    return type(name) is str and name.startswith(
        ("_cancellableInlineCallbacks.", "_handleCancelInlineCallbacks.")
    )
