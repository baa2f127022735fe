"""Work that is given to threads: it comes back to the thread of the reactor."""

from twisted.internet import defer, reactor, task, threads


def work(number):
    if number == 2:
        raise OSError("no disk")
    return number * 2


async def main():
    first = await threads.deferToThread(work, 1)
    try:
        await threads.deferToThread(work, 2)
    except OSError:
        second = 0
    await task.deferLater(reactor, 0.001, str, "later")
    return first + second


async def all_of_it():
    try:
        await main()
    finally:
        reactor.stop()


reactor.callWhenRunning(lambda: defer.ensureDeferred(all_of_it()))
reactor.run()
