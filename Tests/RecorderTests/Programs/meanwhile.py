"""Makes a Deferred while another thread is inside a text that the recorder asked for."""

import logging
import threading

from twisted.internet import defer

logging.basicConfig(handlers=[logging.NullHandler()])
inside, done = threading.Event(), threading.Event()


class Slow:
    def __str__(self):
        inside.set()
        done.wait()
        defer.succeed("not the program's doing")
        return "slow"


def meanwhile():
    defer.Deferred().addCallback(str).callback("meanwhile")
    logging.warning("said meanwhile")


thread = threading.Thread(target=logging.warning, args=("%s", Slow()))
thread.start()
inside.wait()
meanwhile()
done.set()
thread.join()
