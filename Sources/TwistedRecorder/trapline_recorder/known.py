"""Which Twisteds are known: those whose Deferred has the shape that the recorder's methods stand in for.

A method's shape is the names that it uses. Another shape may mean another meaning, and a trace would lie.
"""


class UnknownTwisted(Exception):
    """This Twisted's Deferred is not made as those that the recorder knows."""


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
    "addCallbacks": "Deferred _NextDeferredResultT _failthru _runCallbacks append callable callbacks _callbacks "
    "called cast",
    "addCallback": "addCallbacks _callbacks _failthru _runCallbacks append called",
    "addErrback": "addCallbacks _callbacks passthru _runCallbacks append called",
    "addBoth": "addCallbacks _callbacks _runCallbacks append called",
    "_startRunCallbacks": "AlreadyCalledError DebugInfo _canceller _debugInfo _getDebugTracebacks _runCallbacks "
    "_suppressAlreadyCalled called debug format_stack invoker result traceback",
    "cancel": "CancelledError Deferred Failure _canceller _suppressAlreadyCalled called cancel errback isinstance "
    "result",
    "pause": "paused",
    "unpause": "_runCallbacks called paused",
    "_continuation": "_CONTINUE _NONE_KWARGS _Sentinel",
}
MODULE = (
    "_CONTINUE _NO_RESULT DebugInfo DeferredList DeferredLock DeferredSemaphore DeferredQueue Failure passthru "
    "_failthru"
)


def check(defer):
    """Raises UnknownTwisted unless `defer`, the module, is known."""
    deferred = getattr(defer, "Deferred", None)
    names = names_of(deferred, "_runCallbacks")
    if LOOP - names - LOOP_TOO or names - LOOP - LOOP_TOO:
        raise unknown("_runCallbacks")
    for method, may_use in METHODS.items():
        if names_of(deferred, method) - frozenset(may_use.split()):
            raise unknown(method)
    for name in MODULE.split():
        if not hasattr(defer, name):
            raise unknown(name)


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
