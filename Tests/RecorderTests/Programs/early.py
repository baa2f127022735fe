"""Ends in the way that it is told, by functions that it imported by their names before Twisted."""

import inspect
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
    print(os.execve in os.supports_fd, {kill: "found"}.get(os.kill), inspect.isbuiltin(kill), inspect.signature(kill))
    wrongs = (
        lambda: kill(getpid(), "one"),
        lambda: kill(pid=getpid()),
        lambda: signal(SIGTERM, "one"),
        lambda: getsignal(),
        lambda: raise_signal(),
        lambda: os.setuid("root"),
        lambda: os.setuid(uid=0),
        lambda: _exit("one"),
        lambda: _exit(1 << 40),
        lambda: os.abort(1),
    )
    for wrong in wrongs:
        try:
            wrong()
        except (TypeError, OverflowError) as error:
            frames = len(traceback.extract_tb(error.__traceback__))
            print(frames if sys.version_info >= (3, 11) else "", error)
    defer.succeed("abcd").addCallback(len)


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
