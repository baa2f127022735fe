"""What delayed calls and a canceller throw: each is one Failure, whoever catches or logs it."""

from twisted.internet import defer, reactor

left = 4


def again():
    global left
    left -= 1
    if left:
        reactor.callLater(0, again)
    raise ValueError(left)


def refuse(deferred):
    raise KeyError("no")


def cancels(_):
    defer.Deferred(refuse).cancel()


defer.succeed(None).addCallback(cancels).addErrback(lambda failure: print(failure.value))
reactor.callLater(0, again)
reactor.callLater(0.05, reactor.stop)
reactor.run()
