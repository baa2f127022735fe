"""What several share and what runs by turns: each named thing is waited for, and is had in the end."""

from twisted.internet import defer, task

clock = task.Clock()


def note(value):
    return value


def give_up(waiting):
    waiting.addErrback(lambda failure: failure.trap(defer.CancelledError))
    waiting.cancel()


def share():
    lock = defer.DeferredLock()
    lock.acquire().addCallback(note)
    lock.acquire().addCallback(note)
    lock.release()
    give_up(lock.acquire())
    semaphore = defer.DeferredSemaphore(2)
    for _ in range(3):
        semaphore.run(task.deferLater, clock, 1, note, "had").addCallback(note)
    give_up(semaphore.acquire())
    queue = defer.DeferredQueue(size=5)
    queue.get().addCallback(note)
    queue.put("first")
    queue.put("second")
    give_up(defer.DeferredQueue().get())


def steps():
    for number in range(3):
        yield task.deferLater(clock, 1, note, number)


def work():
    cooperator = task.Cooperator(scheduler=lambda call: clock.callLater(0.01, call))
    tasks = [cooperator.cooperate(steps()), cooperator.cooperate(steps())]
    tasks[0].pause()
    tasks[0].resume()
    tasks[1].whenDone().addErrback(lambda failure: failure.trap(task.TaskStopped))
    tasks[1].stop()
    return tasks[0].whenDone().addCallback(note)


def tick():
    if clock.seconds() > 1.5:
        raise OSError("no clock")


def loops():
    loop = task.LoopingCall(tick)
    loop.clock = clock
    loop.start(1).addErrback(lambda failure: failure.trap(OSError))


def groups():
    first, second = defer.Deferred(), defer.Deferred()
    defer.DeferredList([first, second], fireOnOneErrback=True).addErrback(
        lambda failure: failure.trap(defer.FirstError)
    )
    second.errback(KeyError("eggs"))
    first.callback(1)
    if hasattr(defer, "race"):
        slow, quick = defer.Deferred(), task.deferLater(clock, 1, note, "quick")
        slow.addErrback(lambda failure: failure.trap(defer.CancelledError))
        defer.race([slow, quick]).addCallback(note)


def timeouts():
    late = defer.Deferred()
    late.addTimeout(2, clock)
    late.addErrback(lambda failure: failure.trap(defer.TimeoutError))
    outer = defer.succeed(None).addCallback(lambda _: defer.Deferred(lambda inner: inner.callback("given up")))
    outer.addCallback(note)
    outer.cancel()


share()
done = work()
loops()
groups()
timeouts()
for _ in range(700):
    clock.advance(0.01)
print(done.called)
