"""Ends in the way that it is told."""

import ctypes
import os
import signal
import sys
import threading
import time

from twisted.internet import defer


def something():
    d = defer.Deferred()
    d.addCallback(len)
    d.callback("abc")


def fork():
    if os.fork() == 0:
        something()
        os._exit(0)
    os.wait()


def orphan():
    """The child of a child, which ends first; tells which process that was."""
    ours, theirs = os.pipe()
    if os.fork() == 0:
        middle = os.getpid()
        if os.fork() == 0:
            while os.getppid() == middle:
                time.sleep(0.01)
            something()
            os.write(theirs, b"%d" % middle)
        os._exit(0)
    os.close(theirs)
    os.wait()
    print(os.read(ours, 100).decode())
    os.read(ours, 100)


class Last:
    """Goes when the modules go: there Python has taken back its handlers of signals, and this takes none of ours."""

    def __init__(self):
        self.kill, self.process = ctypes.CDLL(None).kill, os.getpid()

    def __del__(self):
        self.kill(self.process, 15)


def down():
    global last
    term_is_heard()
    last = Last()


def kill():
    time.sleep(0.3)
    something()
    os.system("kill -KILL %d" % os.getpid())


def term_is_heard():
    # Who runs the tests may hold signals back.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])


def term():
    term_is_heard()
    os.system("kill -TERM %d" % os.getpid())
    time.sleep(5)


def slow():
    """A chain of handlers that take their time, the last of which looks at what is in the file so far."""
    d = defer.Deferred()
    d.addCallback(lambda value: time.sleep(0.3))
    d.addCallback(lambda value: print(open(os.environ["TRAPLINE_TRACE"]).read()))
    d.callback(None)


def thread():
    other = threading.Thread(target=something, name="worker-1")
    other.start()
    other.join()


something()
ways = {
    "term": term,
    "exit": lambda: os._exit(3),
    "exec": lambda: os.execv(sys.executable, [sys.executable, __file__, "plain"]),
    "fork": fork,
    "orphan": orphan,
    "down": down,
    "kill": kill,
    "slow": slow,
    "thread": thread,
    "plain": lambda: None,
}
ways[sys.argv[1]]()
