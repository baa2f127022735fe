"""What delayed calls and a canceller throw: each is one Failure, whoever catches or logs it, and no other is."""

from twisted.internet import defer, reactor, task

left = 600  # More than are written at once.


def again():
    global left
    left -= 1
    reactor.callLater(0, again if left else reactor.stop)
    raise ValueError(left)


def refuse(deferred):
    raise KeyError("no")


def cancels(_):
    defer.Deferred(refuse).cancel()


defer.succeed(None).addCallback(cancels).addErrback(lambda failure: print(failure.value))
reactor.callLater(0, again)
reactor.run()



def refuse_again(deferred):
    try:
        defer.Deferred(refuse).cancel()
    except KeyError:
        pass
    refuse(deferred)


def cancels_again(_):
    defer.Deferred(refuse_again).cancel()


# The second is thrown by the same line, and has the place in memory that the first had.
defer.succeed(None).addCallback(cancels_again).addErrback(lambda failure: print(failure.value))

clock = task.Clock()
clock.callLater(0, refuse, None)
caught = defer.Deferred().addErrback(lambda failure: print(failure.value))
try:
    clock.advance(1)
except KeyError:
    pass
# It has the place in memory that the other had.
caught.errback(IndexError("another"))
