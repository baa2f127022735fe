"""One object of a class has a text that is long, slow or raises, and one error has such an argument; others have not."""

import time

from twisted.internet import defer


class Row:
    def __init__(self, number):
        self.number = number

    def __repr__(self):
        if self.number == 1:
            raise AttributeError("not whole yet")
        return "<Row %d %s>" % (self.number, "x" * 13000 if self.number == 2 else "")


class Argument:
    def __repr__(self):
        raise TypeError("no text")


class SlowArgument:
    def __repr__(self):
        time.sleep(0.3)
        return "slow"


class Always:
    def __repr__(self):
        raise ValueError


class OwnError(Exception):
    def __str__(self):
        return "own %s" % self.args[0].number


for number in range(4):
    defer.succeed(Row(number))
arguments = "first", "z" * 13000, Argument(), SlowArgument(), SlowArgument(), ["a list", Argument()], "last"
for kind in (ValueError, KeyError, OSError):
    for argument in arguments:
        defer.fail(kind(argument)).addErrback(lambda failure: None)
for argument in (Row(3), "no row", Row(4)):
    defer.fail(OwnError(argument)).addErrback(lambda failure: None)
always = Always()
for _ in range(60):
    defer.succeed(always)
