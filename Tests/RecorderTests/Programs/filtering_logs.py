"""Logs before its log begins, with a call in a format, and past a filter that takes a secret out."""

import logging
import sys

from twisted.internet import defer
from twisted.logger import LimitedHistoryLogObserver, Logger, formatEvent, globalLogBeginner, globalLogPublisher

counted = 0
texts = []


def count():
    global counted
    counted += 1
    return counted


class Redacting(logging.Filter):
    def filter(self, record):
        record.msg = record.msg.replace("hunter2", "***")
        return "noise" not in record.msg


history = LimitedHistoryLogObserver()
Logger(observer=history).warn("of its own history")

log = Logger()
defer.succeed(None)
log.warn("before it begins")


def observe(event):
    texts.append(formatEvent(event))
    if texts[-1].startswith("before"):
        log.warn("the log began")


globalLogBeginner.beginLoggingTo([observe], redirectStandardIO=False, discardBuffer=False)
history.replayTo(globalLogPublisher)
log.warn("value {count()}", count=count)
log.warn(b"value {count()}", count=count)
log.warn("count() of {what}", what="all")
try:
    1 / 0
except ZeroDivisionError:
    log.failure("failed {count()}", count=count)
print(texts)

older = logging.getLogger("older")
older.addHandler(logging.StreamHandler(sys.stdout))
older.propagate = False
for place in (older, older.handlers[0]):
    place.addFilter(Redacting())
    older.warning("password hunter2")
    place.filters.clear()
older.addFilter(Redacting())
older.warning("noise")


class Taking(logging.Handler):
    """As those do that send errors away: what they told of is told."""

    def emit(self, record):
        record.msg, record.args, record.exc_info = record.getMessage(), None, None


older.addHandler(Taking())
try:
    1 / 0
except ZeroDivisionError:
    older.exception("error %d", 3)
