"""Loops whose clock goes on by more than a tick, and one that is set anew."""

from twisted.internet import task

clock = task.Clock()


def counted(count):
    print(count)


plain = task.LoopingCall(lambda: None)
counting = task.LoopingCall.withCount(counted)
for loop in plain, counting:
    loop.clock = clock
    loop.start(0.125)
for seconds in 0.125, 0.4375, 0.0625, 0.125:
    clock.advance(seconds)
clock.advance(0.0625)
plain.reset()
clock.advance(0.125)
for loop in plain, counting:
    loop.stop()
