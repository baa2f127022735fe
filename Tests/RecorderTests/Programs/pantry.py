"""A library that serves: it makes Deferreds of its own, and calls what the program gives it."""

from twisted.internet import defer


def noise(count):
    for number in range(count):
        defer.Deferred().addCallback(keep).callback(number)


def keep(value):
    return value


def get(clock, value):
    d = defer.Deferred()
    d.addCallback(keep)
    clock.callLater(1, d.callback, value)
    return d


def serve(handler, clock):
    d = defer.succeed(clock)
    d.addCallback(handler)
    d.addErrback(give_up)
    return d


def both(first, second):
    return defer.gatherResults([first, second])


def give_up(failure):
    return "sold out"
