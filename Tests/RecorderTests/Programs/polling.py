"""What a loop's function makes by itself, and a loop whose function is false and asked for nothing but to be called."""

import os
import sys

from twisted.internet import defer, task

clock = task.Clock()
asked = []


class Batch:
    def __bool__(self):
        asked.append("bool")
        return False

    def __call__(self, count):
        pass


def poll():
    made = [defer.succeed("inner"), task.deferLater(clock, 5, lambda: None)]  # Line 22
    return defer.gatherResults(made)


if "forked" in sys.argv and os.fork():
    os.wait()
    os._exit(0)
for loop in (task.LoopingCall(poll), task.LoopingCall.withCount(Batch())):
    loop.clock = clock
    loop.start(1)
print(asked)
