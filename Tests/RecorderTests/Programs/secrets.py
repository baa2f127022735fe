"""A secret goes along a chain, into a message, a log, a timer and a name; the command and the folder have it too."""

import os
import sys

from twisted.internet import defer, task
from twisted.logger import Logger

secret = sys.argv[1]
os.makedirs(secret)
os.chdir(secret)


class Holder:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return "<Holder of %s>" % self.value


def fail(value):
    local = secret * 2
    raise ValueError("not %s but %s" % (value, local))


def log(failure):
    Logger().failure("it was {secret}", failure, secret=secret)
    Logger().error("it was {secret}", secret=secret)
    return Holder(secret)


def fetch(value):
    return defer.succeed({value: [value]})


clock = task.Clock()
d = defer.Deferred()
d.addCallback(fail).addErrback(log).addCallback(lambda _: fetch(secret))
clock.callLater(1, d.callback, secret)
clock.advance(1)
defer.gatherResults([defer.fail(KeyError(secret))], consumeErrors=True).addErrback(lambda failure: failure.getErrorMessage())
print(sorted(d.result) == [secret])
