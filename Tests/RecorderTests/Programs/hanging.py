"""Hangs in a handler until it is killed: in C and with the interpreter's lock held, or in Python; or a child does.

Or until the trace tells of it, several times; or in the middle of a write; or it ends after recording was stopped.
"""

import ctypes
import os
import subprocess
import sys
import time

from twisted.internet.defer import Deferred, succeed

way, count = sys.argv[1], int(sys.argv[2])
recorder = os.getppid()

KILLER = """
import os, sys, time

def looks():
    with open("/proc/%s/status" % sys.argv[2]) as file:
        return int([line for line in file if line.startswith("voluntary")][0].split()[1])

sys.stdin.read(1)
before = looks()
while looks() < before + 4:
    time.sleep(0.01)
os.kill(int(sys.argv[1]), 9)
"""


def told(value):
    return value


def looks():
    with open("/proc/%d/status" % recorder) as file:
        return int([line for line in file if line.startswith("voluntary")][0].split()[1])


def waits_for_looks():
    before = looks()
    while looks() < before + 4:
        time.sleep(0.01)


def stuck(value):
    killer.stdin.close()
    if way != "python":
        ctypes.PyDLL(None).pause()
    while True:
        pass


def waits_for_trace(value, index):
    for _ in range(3000):
        with open(os.environ["TRAPLINE_TRACE"]) as file:
            if '"e":"entered","d":0,"i":%d,' % index in file.read():
                return value
        time.sleep(0.01)
    raise TimeoutError(index)


if way == "patient":
    deferred = Deferred()
    for index in range(5):
        for _ in range(count):
            deferred.addCallback(told)
        deferred.addCallback(waits_for_trace, index * (count + 1) + count)
    for _ in range(count):
        deferred.addCallback(told)
    deferred.callback("a value")
    print(deferred.result)
    deferred.addErrback(lambda failure: None)
    sys.exit()
if way == "stopped":
    import trapline_recorder

    deferred = Deferred()
    deferred.addCallback(lambda value: trapline_recorder.stop())
    for _ in range(count):
        # Who runs these has begun before, and tells of them.
        deferred.addCallback(told)
    deferred.callback("a value")
    waits_for_looks()
    sys.exit()
if way == "child":
    succeed("the parent's")
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        sys.exit()
# Who records it sleeps between two looks at it: when it has done that some times, it has seen this program hang.
words = [sys.executable, "-S", "-c", KILLER, str(os.getpid()), str(recorder)]
killer = subprocess.Popen(words, stdin=subprocess.PIPE)
deferred = Deferred()
for _ in range(count):
    deferred.addCallback(told)
if way == "writing":
    # As where another thread gets the interpreter's lock meanwhile, and hangs with it.
    from trapline_recorder import output, volume

    output.write()
    pwrite = volume.pwrite
    volume.pwrite = lambda *words: stuck(pwrite(*words))
    deferred.callback("a value")
    output.write()
deferred.addCallback(stuck)
deferred.callback("a value")
