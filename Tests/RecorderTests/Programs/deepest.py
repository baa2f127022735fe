"""Handlers that call themselves until Python allows no more, from one depth after the other."""

from twisted.internet import defer

reached = [0]


def call_again(n):
    reached[0] = n
    d = defer.Deferred()
    d.addCallback(lambda _: call_again(n + 1))
    d.callback(n)
    return d


def start_below(depth):
    if depth:
        return start_below(depth - 1)
    call_again(0).addErrback(lambda failure: print(reached, failure.type.__name__))


for depth in range(6):
    start_below(depth)
