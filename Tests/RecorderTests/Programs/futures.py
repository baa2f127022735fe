"""A Failure goes through asyncio and back: as a future, through a task, and raised anew in a coroutine."""

import asyncio

from twisted.internet import asyncioreactor

loop = asyncio.new_event_loop()
asyncioreactor.install(loop)
from twisted.internet import defer, reactor  # noqa: E402


def refuse(value):
    raise OSError("refused")


async def ask():
    return await defer.succeed(1).addCallback(refuse).asFuture(loop)


async def through_a_task():
    return await asyncio.ensure_future(ask())


def back_again():
    return defer.Deferred.fromFuture(asyncio.ensure_future(through_a_task(), loop=loop))


async def raise_in_a_task():
    raise KeyError("eggs")


async def main():
    for _ in range(3):
        try:
            await back_again()
        except OSError:
            print("refused")
    future = loop.create_future()
    future.set_exception(ValueError("no price"))
    try:
        await defer.Deferred.fromFuture(future)
    except ValueError:
        print("no price")
    try:
        await defer.Deferred.fromFuture(asyncio.ensure_future(raise_in_a_task(), loop=loop))
    except KeyError:
        print("no eggs")
    try:
        await asyncio_gather()
    except LookupError:
        print("looked")


def asyncio_gather():
    async def both():
        await asyncio.gather(quiet(), defer.fail(LookupError("nowhere")).asFuture(loop))

    return defer.Deferred.fromFuture(asyncio.ensure_future(both(), loop=loop))


async def quiet():
    await asyncio.sleep(0)


reactor.callWhenRunning(lambda: defer.ensureDeferred(main()).addBoth(lambda _: reactor.stop()))
reactor.run()
