"""Ends in the way that it is told, by functions that it imported by their names before Twisted."""

import os
import pickle
import sys
import traceback
from os import _exit, getpid, kill
from signal import SIG_DFL, SIG_UNBLOCK, SIGTERM, getsignal, pthread_sigmask, raise_signal, signal

from twisted.internet import defer, reactor

defer.succeed("abc").addCallback(len)
# Who runs the tests may hold signals back.
pthread_sigmask(SIG_UNBLOCK, [SIGTERM])


def look():
    """What stands for them can be told from them in nothing."""
    print(getsignal(SIGTERM) is SIG_DFL, signal(SIGTERM, SIG_DFL) is SIG_DFL, getsignal(SIGTERM) is SIG_DFL)
    print(pickle.loads(pickle.dumps(_exit)) is os._exit, kill is os.kill, repr(_exit))
    for wrong in (lambda: kill(getpid(), "one"), lambda: signal(SIGTERM, "one")):
        try:
            wrong()
        except TypeError as error:
            frames = len(traceback.extract_tb(error.__traceback__))
            print(frames if sys.version_info >= (3, 11) else "", error)


def later():
    reactor.callLater(0, os._exit, 3)
    reactor.run()


ways = {
    "exit": lambda: _exit(3),
    "kill": lambda: kill(getpid(), SIGTERM),
    "raise": lambda: raise_signal(SIGTERM),
    "later": later,
    "look": look,
}
ways[sys.argv[1]]()
