"""Another thread starts a Python while the file is put aside, and its name is free."""

import subprocess
import sys
import threading

from twisted.internet import defer

CHILD = "from twisted.internet import defer; defer.succeed('in the child')"

defer.succeed("begins the file")
volume = sys.modules["trapline_recorder.volume"]
rename = volume.rename


def spawning(*names):
    volume.rename = rename
    rename(*names)
    thread = threading.Thread(target=subprocess.check_call, args=([sys.executable, "-c", CHILD],))
    thread.start()
    thread.join()


volume.rename = spawning
for number in range(3000):
    defer.succeed(number)
print(volume.rename is rename)
