"""What fails in a timer, a queue or a lock, as the program sees it: its tracebacks have the frames they always had."""

import os
import traceback

from twisted.internet import defer, task


def frames(call):
    try:
        call()
    except Exception as error:
        found = traceback.extract_tb(error.__traceback__)
        print(type(error).__name__, [(os.path.basename(place.filename), place.name) for place in found])


def fails():
    1 / 0


def fire():
    clock.callLater(1, fails)
    clock.advance(1)


clock = task.Clock()
call = clock.callLater(1, fails)
call.cancel()
frames(fire)
frames(call.cancel)
frames(lambda: call.reset(1))
frames(defer.DeferredQueue(backlog=0).get)
frames(lambda: defer.DeferredQueue(size=0).put(1))
frames(defer.DeferredLock().release)
