"""The same work on Twisted: prints one figure a line, for each name read from standard input.

The figure is nanoseconds an operation; for a name that begins with `memory-`, bytes an object. The caller decides
what runs next to what.
"""
import gc
import sys
import time
import tracemalloc

from twisted.internet.base import DelayedCall, ReactorBase
from twisted.internet.defer import Deferred, succeed
from twisted.internet.task import Clock, LoopingCall


def identity(value):
    return value


def nothing():
    pass


def callbacks(n):
    for _ in range(n // 10):
        d = Deferred()
        for _ in range(10):
            d.addCallback(identity)
        d.callback(1)


def fired(n):
    for _ in range(n // 10):
        d = succeed(1)
        for _ in range(10):
            d.addCallback(identity)


def waiting(n):
    for _ in range(n):
        inner = Deferred()
        outer = Deferred()
        outer.addCallback(lambda _: inner)
        outer.addCallback(identity)
        outer.callback(1)
        inner.callback(2)


def recovering(n):
    def raises(_):
        raise ValueError("x")

    for _ in range(n):
        d = Deferred()
        d.addCallback(raises)
        d.addErrback(lambda _: 0)
        d.callback(1)


def cancelling(n):
    for _ in range(n):
        d = Deferred()
        d.addErrback(lambda _: 0)
        d.cancel()


class HeapReactor(ReactorBase):
    """The real reactor's heap of calls, on a time that stands still until told."""

    now = 0.0

    def installWaker(self):
        pass

    def seconds(self):
        return self.now


def timers(pending):
    reactor = HeapReactor()
    for i in range(pending):
        reactor.callLater(1e9 + i, nothing)
    reactor.runUntilCurrent()

    def run(n):
        for _ in range(n):
            reactor.callLater(1, nothing)
            reactor.now += 1
            reactor.runUntilCurrent()

    return run


def clock_timers(pending):
    clock = Clock()
    for i in range(pending):
        clock.calls.append(DelayedCall(1e9 + i, nothing, (), {}, nothing, nothing, clock.seconds))

    def run(n):
        for _ in range(n):
            clock.callLater(1, nothing)
            clock.advance(1)

    return run


def cancelled(n):
    reactor = HeapReactor()
    calls = [reactor.callLater(i, nothing) for i in range(n)]
    for call in calls:
        call.cancel()


def shuffled(n):
    reactor = HeapReactor()
    for i in range(n):
        reactor.callLater(i * 7919 % n, nothing)
    reactor.now = n
    reactor.runUntilCurrent()


def looping(n):
    clock = Clock()
    loop = LoopingCall(nothing)
    loop.clock = clock
    loop.start(1, now=False)
    for _ in range(n):
        clock.advance(1)


def pending_deferreds(n):
    deferreds = [Deferred() for _ in range(n)]
    for d in deferreds:
        d.addCallback(identity)
    return deferreds


def pending_calls(n):
    reactor = HeapReactor()
    return [reactor, [reactor.callLater(i, nothing) for i in range(n)]]


def bytes_each(make, n):
    """What is allocated for each of `n` objects that stay."""
    gc.collect()
    tracemalloc.start()
    kept = make(n)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return size / n


MEMORY = {"memory-deferred": pending_deferreds, "memory-call": pending_calls}

WORK = {
    "callback": (callbacks, 50_000),
    "callback-fired": (fired, 50_000),
    "wait": (waiting, 10_000),
    "recover": (recovering, 10_000),
    "cancel": (cancelling, 10_000),
    "timer-1": (timers(0), 10_000),
    "timer-1000": (timers(1_000), 10_000),
    "timer-100000": (timers(100_000), 10_000),
    "timer-1-clock": (clock_timers(0), 10_000),
    "timer-1000-clock": (clock_timers(1_000), 1_000),
    "timer-100000-clock": (clock_timers(100_000), 20),
    "timer-cancelled": (cancelled, 50_000),
    "timer-shuffled": (shuffled, 50_000),
    "loop": (looping, 10_000),
}

for line in sys.stdin:
    if line.strip() in MEMORY:
        print(bytes_each(MEMORY[line.strip()], 20_000), flush=True)
        continue
    function, n = WORK.get(line.strip(), (None, 0))
    if function is None:
        print("-", flush=True)
        continue
    gc.collect()
    begin = time.process_time_ns()
    function(n)
    print((time.process_time_ns() - begin) / n, flush=True)
