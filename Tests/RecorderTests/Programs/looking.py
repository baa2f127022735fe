"""Looks at all that a recorder might change: tracebacks, warnings, objects that live on, what Deferreds hold."""

import gc
import inspect
import signal
import sys
import threading
import traceback
import warnings
import weakref

from twisted.internet import defer, task
from twisted.python.failure import Failure

clock = task.Clock()


class Value:
    pass


def show_warning(message, category, filename, lineno, file=None, line=None):
    print("warning", category.__name__, str(message)[:200], filename, lineno)


warnings.showwarning = show_warning
warnings.simplefilter("always")


def fails(value):
    raise ValueError("no price")


def shows(failure):
    print(failure.getTraceback())
    return failure


def lives():
    value = Value()
    d = defer.Deferred()
    d.addCallback(lambda _: value)
    d.callback(value)
    print("counts", sys.getrefcount(d), sys.getrefcount(value), len(gc.get_referrers(d)))
    seen = weakref.ref(d), weakref.ref(value)
    del d, value
    print("gone", [one() is None for one in seen])


def circle():
    d = defer.Deferred()
    d.addCallback(lambda _: d)
    d.callback(None)
    d.addErrback(lambda _: None)


def frames(_):
    print([(frame.name, frame.lineno) for frame in traceback.extract_stack()])


@defer.inlineCallbacks
def generator(inner):
    try:
        yield inner
    except ValueError:
        traceback.print_exc(file=sys.stdout)
    yield task.deferLater(clock, 1, frames, None)


def methods():
    for name in ["addCallback", "addErrback", "addBoth", "addCallbacks", "cancel", "callback", "__init__"]:
        method = getattr(defer.Deferred, name)
        print(name, inspect.signature(method), method.__qualname__, method.__module__, len(method.__doc__ or ""))
    for thing in (defer.DeferredLock.acquire, task.LoopingCall.__call__, defer.succeed, Failure.check):
        print(thing.__name__, inspect.signature(thing), thing.__qualname__)


defer.Deferred().addCallback(fails).addErrback(shows).addErrback(lambda _: None).callback(None)
lives()
circle()
inner = defer.Deferred()
generator(inner)
inner.errback(ValueError("thrown"))
clock.advance(1)
methods()
defer.setDebugging(True)
late = defer.Deferred()
late.addCallback(len)
late.callback("abc")
try:
    late.callback("abc")
except defer.AlreadyCalledError as error:
    print(error)
defer.setDebugging(False)
waiting = defer.Deferred()
outer = defer.succeed(1).addCallback(lambda _: waiting)
print(str(outer).split(" at ")[0], sorted(outer.__dict__), len(waiting.__dict__.get("_callbacks", ())))
print(len(threading.enumerate()), signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT).__name__)
print(sys.path[1:], sys.getrecursionlimit(), gc.isenabled(), gc.get_threshold())
