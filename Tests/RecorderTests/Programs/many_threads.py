"""Deferreds that fire each other on several threads at a time."""

import sys
import threading

from twisted.internet import defer


def work():
    for number in range(500):
        first, second = defer.Deferred(), defer.Deferred()
        first.addCallback(second.callback)
        second.addCallback(str)
        first.callback(number)


sys.setswitchinterval(1e-5)
threads = [threading.Thread(target=work, name="worker %d" % number) for number in range(3)]
for thread in threads:
    thread.start()
work()
for thread in threads:
    thread.join()
