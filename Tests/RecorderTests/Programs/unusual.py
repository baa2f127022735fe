"""Has put something else in the place of what the recorder might use, and calls Twisted in ways that few do."""

import inspect
import logging
import os
import sys
import time
from unittest import mock

del sys.argv

with mock.patch("os.kill") as kill, mock.patch("os._exit"):
    from twisted.internet import asyncioreactor, defer

    from twisted.logger import Logger, LogPublisher, STDLibLogObserver

    os.kill(1, 2)
    print(kill.mock_calls)


def first_events():
    """As many as it takes for the file to be made."""
    for number in range(600):
        defer.succeed(number)


with mock.patch("time.time", side_effect=[1.0, 2.0]), mock.patch("time.strftime") as strftime:
    with mock.patch("os.getcwd") as getcwd, mock.patch("os.getpid", return_value=7) as getpid:
        first_events()
        print(time.time(), time.time(), strftime.mock_calls, getcwd.mock_calls, getpid.mock_calls)


def refused(function, *arguments, **named):
    try:
        print(function(*arguments, **named))
    except TypeError as error:
        print(error)


queue = defer.DeferredQueue()
queue.put(obj=5)
print(queue.pending)
refused(queue.put)
refused(queue.put, 1, 2)
refused(queue.get, 1)
refused(defer.DeferredLock().acquire, 1)
refused(defer.DeferredLock().release, lock=1)



class WhoLogs(logging.Handler):
    """Takes for who logged the first function that is not of `logging`, as programs do that have a log of their own."""

    def emit(self, record):
        frame = inspect.currentframe().f_back
        while frame.f_code.co_filename == logging.__file__:
            frame = frame.f_back
        print(frame.f_code.co_name, record.funcName, record.getMessage())


def logs():
    logging.getLogger("a").warning("something")
    for depth in range(1, 8):
        observer = STDLibLogObserver(stackDepth=depth)
        Logger(observer=LogPublisher(observer)).warn("at {depth}", depth=depth)
    refused(logging.getLogger("a").handle, None, None)
    logging.getLogger("a").disabled = True
    print(logging.getLogger("a").handle(None))


logging.basicConfig(handlers=[WhoLogs()])
logs()
asyncioreactor.install()
from twisted.internet import reactor  # noqa: E402


def called(*arguments, **named):
    print(arguments, named)
    reactor.stop()


reactor.callLater(0, called, 1, named=2)
reactor.run()
os._exit(3)
