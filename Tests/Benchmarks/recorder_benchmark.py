"""What recording costs: us an event beside nothing and beside `defer.setDebugging(True)`.

    recorder_benchmark.py [RECORDER_FOLDER]

Each program runs alone in a process of its own, three times, in rounds of processor time; the best of the three
medians counts, since what disturbs a shared machine disturbs some rounds only. One is nothing but Deferreds (ten
callbacks each), one a loop of requests as a server handles them: a coroutine, a timer, JSON, and a list.

First, how much later a Python starts that never imports Twisted, by turns with and without the recorder in its way;
the best of 40 by the clock and by processor time. `recorder_benchmark.py --start` tells only that.
"""

import os
import subprocess
import sys
import tempfile
import time

HOME = os.path.dirname(os.path.abspath(__file__))
RECORDER = os.path.join(os.path.dirname(os.path.dirname(HOME)), "Sources", "TwistedRecorder")

CHAINS = """
from twisted.internet.defer import Deferred
def work(count):
    for _ in range(count):
        d = Deferred()
        for _ in range(10):
            d.addCallback(step)
        d.callback({"id": 3, "name": "a value"})
def step(value):
    return value
"""

REQUESTS = """
import json
from twisted.internet.defer import Deferred, DeferredList, ensureDeferred, inlineCallbacks
from twisted.internet.task import Clock
clock = Clock()
def query(n):
    d = Deferred()
    clock.callLater(0, d.callback, [{"row": i, "text": "x" * 40} for i in range(20)])
    return d.addCallback(json.dumps).addCallback(json.loads)
@inlineCallbacks
def handle(n):
    first = yield query(n)
    both = yield DeferredList([query(n), query(n)])
    return json.dumps([first, [len(rows) for _, rows in both]])
def work(count):
    for n in range(count):
        d = handle(n)
        while not d.called:
            clock.advance(0)
        d.addErrback(lambda failure: None)
"""

MEASURE = """
import sys, time, os
how, count = sys.argv[1], int(sys.argv[2])
sys.path.insert(0, sys.argv[3])
if how in ("repr", "types", "none"):
    import trapline_recorder
    trapline_recorder.start(sys.argv[4], how)
elif how == "debug":
    from twisted.internet import defer
    defer.setDebugging(True)
{program}
ROUNDS = 100
work(max(count // 20, 1))
times = []
for _ in range(ROUNDS):
    start = time.process_time()
    work(count // ROUNDS)
    times.append(time.process_time() - start)
spent = sorted(times)[ROUNDS // 2] * ROUNDS
events = 0
if how in ("repr", "types", "none"):
    trapline_recorder.stop()
    with open(sys.argv[4], "rb") as file:
        events = sum(1 for line in file if line.startswith(b'{{"t"'))
print(spent, events * count / (count + max(count // 20, 1)))
"""


def measured(program, how, count, recorder):
    best = None
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            trace = os.path.join(folder, "a.trace.jsonl")
            arguments = [how, str(count), recorder, trace]
            code = MEASURE.format(program=program)
            words = subprocess.run(
                [sys.executable, "-c", code] + arguments, check=True, stdout=subprocess.PIPE
            )
            spent, events = map(float, words.stdout.split())
            size = os.path.getsize(trace) if events else 0
            best = min(best or (spent, events, size), (spent, events, size))
    return best


STARTS = {"pass": "nothing", "import asyncio, logging, subprocess": "asyncio, logging, subprocess"}


def starts(code, recorder):
    """The shortest (clock, processor) times of a start, without and with the recorder in its way."""
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TRAPLINE_"))
    }
    found = ([], [])
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, "a.trace.jsonl")
        watched = dict(plain, PYTHONPATH=os.path.join(recorder, "inject"), TRAPLINE_TRACE=trace)
        for _ in range(40):
            for times, environment in zip(found, (plain, watched)):
                begin = time.perf_counter()
                words = [sys.executable, "-c", code]
                _, status, used = os.wait4(os.posix_spawn(words[0], words, environment), 0)
                assert status == 0
                times.append((time.perf_counter() - begin, used.ru_utime + used.ru_stime))
    return [[min(time[which] for time in times) * 1e3 for times in found] for which in (0, 1)]


def print_starts(recorder):
    for code, name in STARTS.items():
        for (plain, watched), clock in zip(starts(code, recorder), ("by the clock", "of processor time")):
            print(
                "start with %-29s %5.1f ms %s, recorder waiting %5.1f ms: %+.1f ms"
                % (name, plain, clock, watched, watched - plain),
                flush=True,
            )


def main():
    options = [word for word in sys.argv[1:] if word == "--start"]
    folders = [word for word in sys.argv[1:] if word != "--start"]
    recorder = folders[0] if folders else RECORDER
    print_starts(recorder)
    if options:
        return
    for name, program, count in (("chains", CHAINS, 20000), ("requests", REQUESTS, 2000)):
        plain = measured(program, "plain", count, recorder)[0]
        print("%-9s %-6s %7.2f us each" % (name, "plain", plain / count * 1e6))
        for how in ("debug", "none", "types", "repr"):
            spent, events, size = measured(program, how, count, recorder)
            line = "%-9s %-6s %7.2f us each, %5.2fx" % (name, how, spent / count * 1e6, spent / plain)
            if events:
                cost = (spent - plain) / events * 1e6
                line += ", %5.2f us an event, %3.0f bytes, %.0f events/s" % (
                    cost,
                    size / events,
                    events / spent,
                )
            print(line, flush=True)


main()
