"""A poem that does not parse: the third stage traps what the first one raised."""

from twisted.internet import defer, task


class GibberishError(ValueError):
    pass


def parse(poem):
    raise GibberishError("bad line 3")


def rhyme(poem):
    return poem


def fall_back(failure):
    failure.trap(OSError, GibberishError)
    return "a limerick"


poem = defer.Deferred()
poem.addCallback(parse).addCallback(rhyme).addErrback(fall_back)
clock = task.Clock()
clock.callLater(1, poem.callback, "roses are red")
clock.advance(2)
