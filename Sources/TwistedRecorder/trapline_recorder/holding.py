"""Who writes the file: one thread at a time, and one on which a signal comes in the middle of that only once."""

from _thread import RLock
from sys import _getframe

_lock = RLock()
holders = set()  # The code that holds the file while it runs.


def hold(seconds):
    """Nobody else writes from now on, until `let_go`; False where that takes longer, or this thread itself does below."""
    if is_held_here():
        # Where ^C kept it from being given back, it is taken over.
        return not is_held_below()
    return _lock.acquire(True, seconds)


def let_go():
    if is_held_here():  # In the child of a fork it is another.
        _lock.release()


def is_held_here():
    """Whether this thread has the file, or was kept from giving it back."""
    return _lock._is_owned()


def is_held_below():
    """Whether who called who asks is called by code that holds the file."""
    frame = _getframe(2).f_back
    while frame is not None and frame.f_code not in holders:
        frame = frame.f_back
    return frame is not None


def start_anew():
    """In the child of a fork, where no other thread goes on."""
    global _lock
    _lock = RLock()
