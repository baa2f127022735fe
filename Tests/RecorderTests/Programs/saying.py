"""Logs a Failure in the ways of both of Twisted's logs, with words of its own and without."""

from twisted.internet import defer
from twisted.logger import Logger
from twisted.python import log as older

log = Logger()
defer.succeed(None)
try:
    1 / 0
except ZeroDivisionError:
    log.failure("went wrong in {step}", step="secret")
    older.err(None, "why not")
    older.err()
