"""Three thousand Deferreds, or as many as it is told, ten events each; then, if it is told so, it is killed."""

import os
import sys

from twisted.internet.defer import Deferred


def step(value):
    return value


def make():
    return Deferred()


for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3000):
    d = make()
    d.addCallback(step)
    d.addCallback(step)
    d.callback({"number": number})
if "killed" in sys.argv:
    os.system("kill -KILL %d" % os.getpid())
