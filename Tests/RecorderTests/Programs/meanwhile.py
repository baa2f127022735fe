"""Makes a Deferred while another thread is inside a text that the recorder asked for, and logs while one collects."""

import logging
import os
import threading

from twisted.internet import defer
from twisted.logger import Logger, globalLogPublisher

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


def slow_observer(event):
    if event.get("log_level").name == "critical":
        collecting.set()
        done.wait()


collecting, done = threading.Event(), threading.Event()
globalLogPublisher.addObserver(slow_observer)
thread = threading.Thread(target=lambda: defer.fail(OSError()) and None)
thread.start()
collecting.wait()
Logger("meanwhile").warn("said while one is collected")
if os.fork() == 0:
    Logger("meanwhile").warn("said in the child")
    os._exit(0)
os.wait()
done.set()
thread.join()
