"""Values whose text is slow, endless, raises, or makes Deferreds: nothing of that shows in what the program does."""

import time

from twisted.internet import defer

asked = []


class Raises:
    def __repr__(self):
        asked.append("raises")
        raise RuntimeError("no text")


class Endless:
    def __repr__(self):
        return "x" * 1000000


class Makes:
    def __repr__(self):
        return repr(defer.succeed(1).addCallback(lambda value: value))


class Slow:
    def __repr__(self):
        asked.append("slow")
        time.sleep(0.02)
        return "<slow>"


class Slower:
    def __repr__(self):
        asked.append("slower")
        time.sleep(0.3)
        return "<slower>"


class Holder:
    def __init__(self):
        self.rows = list(range(100000))

    def __repr__(self):
        asked.append("holder")
        return repr(self.rows)


def keep(value):
    return value


for value in (Raises(), Raises(), Endless(), Makes(), Holder(), *(Slow() for _ in range(6)), Slower(), Slower(), "s" * 10000000, 10**100000):
    d = defer.Deferred()
    d.addCallback(keep)
    d.callback(value)
print(asked)
print(sorted(d.__dict__))
