"""What the recorder holds: bytes a Deferred with 100,000 of them alive, and megabytes of its own.

    recorder_memory.py [RECORDER_FOLDER]

Its own is what it has loaded and gathered after a program made Deferreds in 30,000 different places (more than it keeps),
with names and values that differ. Each way runs alone in a process of its own, and the smallest of three differences
counts; most of what a live Deferred costs is one entry of a table, which Python doubles now and then.
"""

import os
import subprocess
import sys
import tempfile

HOME = os.path.dirname(os.path.abspath(__file__))
RECORDER = os.path.join(os.path.dirname(os.path.dirname(HOME)), "Sources", "TwistedRecorder")

BEGIN = """
import gc, os, sys
from twisted.internet import defer, reactor, task
from twisted.internet.defer import Deferred, inlineCallbacks
sys.path.insert(0, sys.argv[1])
def resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
before = resident()
if sys.argv[2] != "plain":
    import trapline_recorder
    trapline_recorder.start(sys.argv[3], sys.argv[2])
"""

ALIVE = """
def step(value):
    return value
kept = [Deferred().addCallback(step) for _ in range(1000)]
before = resident()
kept += [Deferred().addCallback(step) for _ in range(100000)]
print((resident() - before) / 100000)
"""

PLACES = """
spaces = []
for n in range(300):
    lines = ["def work(Deferred):"]
    for m in range(100):
        lines.append("    Deferred().addCallback(lambda value: value).callback('text %d of %d')" % (m, n))
    space = {}
    exec(compile("\\n".join(lines), "file_%d.py" % n, "exec"), space)
    space["work"](Deferred)
    spaces.append(space)
print((resident() - before) / 1e6)
"""


def measured(program, how, recorder):
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, "a.trace.jsonl")
        words = [sys.executable, "-c", BEGIN + program, recorder, how, trace]
        return float(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)


def difference(program, how, recorder):
    return min(measured(program, how, recorder) - measured(program, "plain", recorder) for _ in range(3))


def main():
    recorder = sys.argv[1] if len(sys.argv) > 1 else RECORDER
    for how in ("none", "repr"):
        print("%-5s %6.0f bytes a live Deferred" % (how, difference(ALIVE, how, recorder)), flush=True)
        print("%-5s %6.1f MB of its own" % (how, difference(PLACES, how, recorder)), flush=True)


main()
