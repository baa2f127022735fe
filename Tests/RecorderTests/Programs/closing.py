"""A program that closes all that is open, as daemons do, and opens files of its own that get the same numbers."""

import os

from twisted.internet import defer

defer.succeed("before").addCallback(str.upper)
for _ in range(1000):
    defer.Deferred().callback(None)
os.closerange(3, 1000)
files = [os.open("own", os.O_CREAT | os.O_RDWR) for _ in range(300)]
for _ in range(1000):
    defer.Deferred().callback(None)
print(os.path.getsize("own"), flush=True)
os.closerange(3, 1000)
child = os.fork()
if child == 0:
    os.execve(path="/bin/sh", argv=["sh", "-c", "echo became"], env=dict(os.environ))
os.waitpid(child, 0)
os._exit(status=4)
