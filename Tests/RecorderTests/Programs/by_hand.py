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
for filter in ((), "nothing", "by_hand"):
    trapline_recorder.start("two.jsonl", filter=filter)
    defer.succeed(2).addCallback(str)
    print(trapline_recorder.stop())
print(sorted(glob.glob("*.jsonl*")), defer.Deferred.__dict__.get("__del__"))
for options in (
    {"path": "nowhere/three.jsonl"},
    {"path": "."},
    {"path": b"three.jsonl", "max_size": 5},
    {"path": "three.jsonl", "keep_last": -1},
    {"path": "three.jsonl", "max_size": 5000, "keep_last": 5000},
    {"path": "three.jsonl", "values": "all"},
):
    try:
        trapline_recorder.start(**options)
    except Exception as error:
        print(type(error).__name__)
print(defer.succeed(3).addCallback(str).result, trapline_recorder.stop())
