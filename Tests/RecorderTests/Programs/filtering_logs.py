"""Logs before its log begins, with a call in a format, and past a filter that takes a secret out."""

import logging
import sys

from twisted.internet import defer
from twisted.logger import Logger, formatEvent, globalLogBeginner

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


log = Logger()
defer.succeed(None)
log.warn("before it begins")
globalLogBeginner.beginLoggingTo(
    [lambda event: texts.append(formatEvent(event))], redirectStandardIO=False, discardBuffer=False
)
log.warn("value {count()}", count=count)
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
