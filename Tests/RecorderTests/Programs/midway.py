"""The process ends, in the way that it is told, while what was gathered is being written: by this thread or another."""

import os
import signal
import sys
import threading
import time

from trapline_recorder import volume
from twisted.internet import defer

pwrite, writing = volume.pwrite, threading.Event()
seconds = 0.3


def slowly(*arguments):
    """Half of it, and after a while all."""
    volume.pwrite = pwrite
    writing.set()
    pwrite(arguments[0], bytes(arguments[1])[:-100], arguments[2])
    time.sleep(seconds)
    return pwrite(*arguments)


def with_a_signal(*arguments):
    volume.pwrite = pwrite
    done = pwrite(*arguments)
    signal.raise_signal(signal.SIGUSR1)
    return done


def records():
    for number in range(200):
        defer.succeed(number)


def ends(*_):
    writing.wait()
    defer.succeed("the last")
    {"execute": lambda: os.execv(sys.executable, [sys.executable, "-c", "print('another')"])}.get(
        sys.argv[1], lambda: os._exit(0)
    )()


records()
time.sleep(0.25)
if sys.argv[1] == "in a signal":
    signal.signal(signal.SIGUSR1, ends)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1])
    writing.set()
    volume.pwrite = with_a_signal
    records()
elif sys.argv[1] == "with the main thread":
    volume.pwrite = slowly
    threading.Thread(target=records, daemon=True).start()
    ends()
elif sys.argv[1] == "as Python goes down":
    seconds = 60
    volume.pwrite = slowly
    threading.Thread(target=records, daemon=True).start()
    writing.wait()
    defer.succeed("the last")
else:
    volume.pwrite = slowly
    threading.Thread(target=ends).start()
    records()
    time.sleep(60)
