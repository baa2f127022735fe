"""A service that ticks, and with STOP in its environment stops as ^C stops it."""

import os
import signal

from twisted.application import internet, service
from twisted.internet import defer, reactor


def tick():
    return defer.succeed(1).addCallback(str)


# Who runs the tests may hold signals back, or ignore them.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT, signal.SIGTERM])
application = service.Application("ticks")
internet.TimerService(0.02, tick).setServiceParent(application)
if "STOP" in os.environ:
    reactor.callLater(0.2, os.kill, os.getpid(), signal.SIGINT)
