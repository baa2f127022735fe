"""Gives up root's rights in the way that it is told, in a folder where only root can write."""

import ctypes
import os
import sys

from twisted.internet import defer

NOBODY = 65534


def something():
    defer.succeed(os.geteuid()).addCallback(str)


def worker():
    something()
    if os.fork() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        something()
        os._exit(0)
    os.wait()


def twice():
    """What nobody forks can make no file."""
    os.setuid(NOBODY)
    something()
    if os.fork() == 0:
        something()
        os._exit(0)
    os.wait()


def for_a_while():
    os.seteuid(NOBODY)
    something()
    os.seteuid(0)
    something()


def umask():
    os.umask(0o777)
    something()


def at_length(start=0):
    os.setuid(NOBODY)
    for number in range(start, start + 3000):
        defer.Deferred().callback(number)


def before_and_after():
    for number in range(3000):
        defer.Deferred().callback(number)
    at_length(3000)


def unseen():
    ctypes.CDLL(None).setuid(NOBODY)
    something()


ways = {
    "for good": lambda: (os.setuid(NOBODY), something()),
    "for a while": for_a_while,
    "in a worker": worker,
    "twice": twice,
    "at length": at_length,
    "before and after": before_and_after,
    "unseen": unseen,
    "in vain": lambda: os.setuid(NOBODY),
    "umask": umask,
}
ways[sys.argv[1]]()
