"""Started and stopped by hand, also in the middle of a chain: what goes on after that is in no file."""

import glob
import sys

sys.path.insert(0, sys.argv[1])

import trapline_recorder  # noqa: E402
from twisted.internet import defer  # noqa: E402


def stop(result):
    trapline_recorder.stop()
    return result


trapline_recorder.start("one.jsonl")
chain = defer.Deferred().addCallback(stop)
for _ in range(1000):
    chain.addCallback(lambda result: result)
chain.callback(1)
trapline_recorder.start("two.jsonl")
defer.succeed(2).addCallback(str)
trapline_recorder.stop()
trapline_recorder.start("nowhere/three.jsonl")
print(defer.succeed(3).addCallback(str).result)
trapline_recorder.stop()
print(sorted(glob.glob("*.jsonl*")), defer.Deferred.__dict__.get("__del__"))
