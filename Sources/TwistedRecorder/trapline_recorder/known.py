"""Which Twisteds are known: those whose Deferred has the shape that the recorder's methods stand in for.

A method's shape is what it does, by its source, and the names that it uses, where no source is at hand. Another shape
may mean another meaning: a trace would lie, and the program would run the recorder's methods in place of its own.
"""

from importlib.machinery import SourceFileLoader
from types import FunctionType


class UnknownTwisted(Exception):
    """This Twisted's Deferred is not made as those that the recorder knows, or the program has changed it."""


# What the run loop uses in each version from 22.4 on, and what it may use besides.
LOOP = frozenset(
    "_runningCallbacks paused _chainedTo pop isinstance result Failure _CONTINUE _debugInfo failResult append "
    "warnAboutFunction BaseException debug getattr _NO_RESULT pause _continuation DebugInfo".split()
)
LOOP_TOO = frozenset(
    "callbacks _callbacks cast Any Deferred object type _DEFERRED_SUBCLASSES cleanFailure List list".split()
)
# What the other methods may use.
METHODS = {
    "__init__": "DebugInfo _debugInfo callbacks _callbacks _canceller creator debug format_stack traceback",
    # Before 3.9 Python makes a name of `assert`.
    "addCallbacks": "AssertionError Deferred _NextDeferredResultT _failthru _runCallbacks append callable callbacks "
    "_callbacks called cast",
    "addCallback": "addCallbacks callbacks _callbacks _failthru _runCallbacks append called",
    "addErrback": "addCallbacks callbacks _callbacks passthru _runCallbacks append called",
    "addBoth": "addCallbacks callbacks _callbacks _runCallbacks append called",
    "_startRunCallbacks": "AlreadyCalledError DebugInfo _canceller _debugInfo _getDebugTracebacks _runCallbacks "
    "_suppressAlreadyCalled called debug format_stack invoker result traceback",
    "cancel": "CancelledError Deferred Failure _canceller _suppressAlreadyCalled called cancel errback isinstance "
    "result",
    "pause": "paused",
    "unpause": "_runCallbacks called paused",
    "_continuation": "_CONTINUE _NONE_KWARGS _Sentinel",
}
# What `shapes` gives for each in 22.4, 22.8, 22.10, 23.8, 23.10, 24.3, 24.7, 24.10, 24.11, 25.5, 26.4 and 26.10.
SHAPES = {
    "__init__": {0x9BE9967C},
    "addCallbacks": {0x9725AC3B, 0xCC25A7C5, 0x9077F003},
    "addCallback": {0x5B037396, 0x8D0F8393},
    "addErrback": {0x077FE10B, 0xA0AAF76B},
    "addBoth": {0x53C484E5, 0x8C58F55E},
    "_startRunCallbacks": {0xB46124CA, 0xC3776343},
    "_runCallbacks": {0xFEB14A15, 0xFD15C480, 0xEC878A5B},
    "cancel": {0x1F74839C},
    "pause": {0xCC9B7A4F, 0x3B10F485},
    "unpause": {0x1087292D, 0x867DDD50},
    "_continuation": {0xED77DFA5, 0x8CD5CA4B},
}
MODULE = (
    "_CONTINUE _NO_RESULT DebugInfo DeferredList DeferredLock DeferredSemaphore DeferredQueue Failure passthru "
    "_failthru"
)


def check(defer):
    """Raises UnknownTwisted unless `defer`, the module, is known, and the program has changed none of it."""
    deferred = getattr(defer, "Deferred", None)
    methods = getattr(deferred, "__dict__", {})
    replaced = [name for name in SHAPES if name in methods and is_replaced(defer, name, methods[name])]
    if replaced:
        names = ", ".join("Deferred." + name for name in replaced)
        raise UnknownTwisted("the program replaced %s, which the recorder would pass over" % names)
    names = names_of(deferred, "_runCallbacks")
    if LOOP - names - LOOP_TOO or names - LOOP - LOOP_TOO:
        raise unknown("_runCallbacks")
    for method, may_use in METHODS.items():
        if names_of(deferred, method) - frozenset(may_use.split()):
            raise unknown(method)
    for name in MODULE.split():
        if not hasattr(defer, name):
            raise unknown(name)
    check_shapes(defer, deferred)


def is_replaced(defer, name, method):
    """Whether a method is not one that the module made under that name; a later Twisted may wrap its own."""
    if type(method) is not FunctionType:
        return True
    if method.__globals__ is not defer.__dict__:
        return not str(method.__globals__.get("__name__")).startswith("twisted.")
    return method.__code__.co_name != name


def check_shapes(defer, deferred):
    from . import shapes

    from_file = type(getattr(defer, "__loader__", None)) is SourceFileLoader
    for name, numbers in SHAPES.items():
        if shapes.is_known(getattr(deferred, name), numbers, from_file) is False:
            raise UnknownTwisted("this Twisted's Deferred.%s is not that of any version known here" % name)


def names_of(deferred, method):
    code = getattr(getattr(deferred, method, None), "__code__", None)
    if code is None:
        raise unknown(method)
    return frozenset(code.co_names)


def unknown(what):
    import twisted

    return UnknownTwisted(
        "Twisted %s is not known: its Deferred is made in another way (%s)" % (twisted.__version__, what)
    )
