"""Makes the files that traces are written into: for their owner alone, and never in the place of another."""

import os
from errno import EEXIST
from os import close as close_file
from os import getpid, unlink
from os import open as open_file

try:
    from fcntl import F_DUPFD_CLOEXEC, fcntl
except ImportError:
    fcntl = None

try:
    from os import fchmod as set_mode
except ImportError:
    set_mode = None

from .importing import identity_of, is_reported

_early = None  # A file that was made and not begun.
making = []  # The descriptor of a file that was made, and is nobody's yet: where ^C comes in between, it is gone on with.
_name = ""  # What that file is called.
of_parents = set()  # Names of files of those that this process was forked from.
HIGH = 200
FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)


def made(path):
    """Makes a file, which must not be there, or goes on with that; it is in `making` until that is emptied."""
    global _name
    if not making:
        _name = path
        # In one step of Python's: no signal's handler comes between the file and that it is known.
        making.extend(map(open_file, (path,), (FLAGS,), (0o600,)))
    move_up(making)
    if set_mode is not None:
        set_mode(making[0], 0o600)  # Whatever the program's umask takes.
    return making[0]


def first_made(path):
    """A new file, `path` or, where there is one already, one beside it: its descriptor, its identity and its name."""
    for candidate in (_name,) if making else names(path):
        try:
            descriptor = made(candidate)
        except FileExistsError:
            continue
        return descriptor, identity_of(descriptor), candidate
    raise FileExistsError(EEXIST, "there is such a file")


def make_early(path):
    """Makes the file that `taken_early` gives later on: its name, or None."""
    global _early
    if _early is not None:
        return None
    try:
        _early = first_made(path)
    except OSError:
        return None
    del making[:]
    return _early[2]


def taken_early():
    """What was made early, as `first_made` gives it, if it is still open; it is in `making` then."""
    global _early, _name
    early, _early = _early, None
    if early is None or identity_of(early[0]) != early[1]:
        return None
    _name = early[2]
    making[:] = early[:1]
    return early


def drop_unused():
    """Closes what was made, and not begun; gives its name."""
    early = _early and _early[2]
    taken_early()
    name = _name if making else early
    for descriptor in making:
        close_file(descriptor)
    del making[:]
    return name


def split(path):
    """A name without the ending of traces, and that."""
    for ending in (".trace.jsonl.gz", ".trace.jsonl", ".jsonl.gz", ".jsonl"):
        if path.endswith(ending):
            return path[: -len(ending)], ending
    return path, ""


def take_away(name):
    try:
        unlink(name)
    except OSError:
        pass  # `trapline record` does it, where nothing is in it.


def names(path):
    base, ending = split(path)
    # A file that is turned is not there for a moment, and is somebody's all the same.
    if path not in of_parents and not is_reported(b"before", "%s.before%s" % (base, ending)):
        yield path
    yield "%s.%d%s" % (base, getpid(), ending)
    for _ in range(100):
        yield "%s.%d-%s%s" % (base, getpid(), os.urandom(3).hex(), ending)


def move_up(place):
    """High, so that the program's own files get the numbers they always got."""
    low = place[0]
    if fcntl is None or low >= HIGH:
        return
    try:
        place[0] = fcntl(low, F_DUPFD_CLOEXEC, HIGH)
    except OSError:
        return
    close_file(low)
