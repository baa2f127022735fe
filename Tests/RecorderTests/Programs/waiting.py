"""What waits: for an inner Deferred, in a generator, in a coroutine, for a list, and cancelled."""

from twisted.internet import defer


def ask(_):
    return inner


inner = defer.Deferred()
outer = defer.succeed("question").addCallback(ask)
inner.callback("answer")


@defer.inlineCallbacks
def fetch(page):
    first = yield defer.succeed(1)
    try:
        second = yield page
    except OSError:
        second = 0
    return first + second


page = defer.Deferred()
fetched = fetch(page)
page.errback(OSError("no route"))


async def read():
    return await defer.succeed(5)


done = defer.ensureDeferred(read())
both = defer.gatherResults([defer.succeed(1), defer.fail(KeyError("eggs"))], consumeErrors=True)
both.addErrback(lambda failure: None)
pending = fetch(defer.Deferred())
pending.addErrback(lambda failure: failure.trap(defer.CancelledError))
pending.cancel()
