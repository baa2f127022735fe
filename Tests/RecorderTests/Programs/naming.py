"""Decorated handlers, two kinds of logging, and a child with a PYTHONPATH of its own."""

import logging
import os
import subprocess
import sys

from twisted.internet import defer
from twisted.logger import Logger

logging.getLogger().addHandler(logging.NullHandler())


@defer.inlineCallbacks
def first(value):
    yield
    return value


@defer.inlineCallbacks
def second(value):
    yield
    return value


def fails(value):
    raise ValueError("a price")


def logs(failure):
    logging.error("no page", exc_info=(failure.type, failure.value, failure.getTracebackObject()))


defer.succeed(1).addCallback(first).addCallback(second).addCallback(fails).addErrback(logs)
Logger().error("one line of the log")
environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
code = "from twisted.internet import defer; defer.succeed(2)"
subprocess.run([sys.executable, "-c", code], env=environment, check=True)
