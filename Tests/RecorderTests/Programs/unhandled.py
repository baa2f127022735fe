"""An upload that only listens for what does not come, and a log that takes another."""

import gc

from twisted.internet import defer, error
from twisted.python import log


def only_timeouts(failure):
    failure.trap(error.TimeoutError, defer.TimeoutError)


def upload():
    d = defer.Deferred()
    d.addErrback(only_timeouts)
    d.errback(error.ConnectionLost("cable pulled"))


def backup():
    d = defer.fail(OSError("disk full"))
    d.addErrback(log.err)


upload()
backup()
gc.collect()
