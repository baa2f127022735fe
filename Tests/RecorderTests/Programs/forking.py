"""Forks before Twisted is imported: one child imports it, another becomes a program that goes on for long."""

import os

recorded = os.fork()
if recorded == 0:
    from twisted.internet import defer

    defer.succeed("abc").addCallback(len)
    os._exit(0)
other = os.fork()
if other == 0:
    os.execvp("sleep", ["sleep", "60"])
os.waitpid(recorded, 0)
print(os.getpid(), recorded, other)
