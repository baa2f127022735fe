"""How deep each thread is nested, and how lines end for that."""

import sys
from _thread import get_ident


class Ends(dict):
    """How lines end, by how deep their events are nested; and how deep a thread is nested, and what it told last.

    `fired` is a result that was just told as `words`, and goes into a chain now.
    """

    __slots__ = ("rest", "depth", "fired", "words")

    def __init__(self, rest=""):
        self.depth = 0
        self.fired = self.words = self
        self.rest = rest + "}\n"
        self[0] = self.rest

    def __missing__(self, depth):
        end = self[depth] = ',"depth":%d%s' % (depth, self.rest)
        return end


def thread_name():
    """The name of the thread that runs now, without making a threading.Thread of it, as current_thread() would."""
    threading = sys.modules.get("threading")
    thread = getattr(threading, "_active", {}).get(get_ident())
    return getattr(thread, "_name", None) or "thread %d" % get_ident()
