"""What delayed calls and loops warn of is said of Twisted's lines, and left out by their module."""

import traceback
import warnings

from twisted.internet import reactor, task


def show(message, category, filename, lineno, file=None, line=None):
    print(message, filename, lineno)


warnings.showwarning = show
warnings.simplefilter("always")


def old(what):
    for level in range(1, 7):
        warnings.warn("%s at %d" % (what, level), stacklevel=level)
    print([(frame.filename, frame.lineno, frame.name) for frame in traceback.extract_stack()])


def left_out():
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="twisted")
        warnings.warn("nobody sees this", stacklevel=2)


def fails():
    raise KeyError("in a loop")


def show_failure(failure):
    print(failure.getTraceback())


def tick(times=[]):
    times.append(None)
    old("a loop")
    if len(times) == 2:
        loop.stop()


clock = task.Clock()
clock.callLater(1, old, "a clock")
clock.advance(1)
reactor.callLater(0, old, "a call")
reactor.callLater(0, left_out)
loop = task.LoopingCall(tick)
loop.start(0.01).addCallback(lambda _: reactor.stop())
reactor.callLater(0, lambda: task.LoopingCall(fails).start(1).addErrback(show_failure))
reactor.run()
