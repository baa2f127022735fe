"""A handler returns a Deferred that has its result, the text of which takes a while."""
import time

from twisted.internet import defer


class Slow:
    def __repr__(self):
        end = time.perf_counter() + 0.002
        while time.perf_counter() < end:
            pass
        return "slow"


d = defer.Deferred()
d.addCallback(lambda given: defer.succeed(Slow()))
d.addCallback(lambda given: 1 / 0)
d.addErrback(lambda failure: defer.succeed(Slow()))
d.callback(1)
