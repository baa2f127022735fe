"""Makes the files that traces are written into: for their owner alone, and never in the place of another."""

import os
from errno import EEXIST
from os import close as close_file
from os import getpid
from os import open as open_file

try:
    from fcntl import F_DUPFD_CLOEXEC, fcntl
except ImportError:
    fcntl = None

try:
    from os import fchmod as set_mode
except ImportError:
    set_mode = None

from .importing import identity_of

_early = None  # A file that was made and not begun.
FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)


def made(path):
    # High, so that the program's own files get the numbers they always got.
    descriptor = moved_up(open_file(path, FLAGS, 0o600))
    if set_mode is not None:
        set_mode(descriptor, 0o600)  # Whatever the program's umask takes.
    return descriptor


def first_made(path):
    """A new file, `path` or, where there is one already, one beside it: its descriptor, its identity and its name."""
    for candidate in names(path):
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
    return _early[2]


def taken_early():
    """What was made early, as `first_made` gives it, if it is still open."""
    global _early
    early, _early = _early, None
    return early if early is not None and identity_of(early[0]) == early[1] else None


def drop_early():
    """Closes what was made early and not begun; gives its name."""
    global _early
    name = _early and _early[2]
    early = taken_early()
    if early is not None:
        close_file(early[0])
    return name


def names(path):
    base = path
    for ending in (".trace.jsonl.gz", ".trace.jsonl", ".jsonl.gz", ".jsonl"):
        if path.endswith(ending):
            base = path[: -len(ending)]
            break
    ending = path[len(base) :]
    yield path
    yield "%s.%d%s" % (base, getpid(), ending)
    for _ in range(100):
        yield "%s.%d-%s%s" % (base, getpid(), os.urandom(3).hex(), ending)


def moved_up(descriptor):
    if fcntl is None:
        return descriptor
    try:
        high = fcntl(descriptor, F_DUPFD_CLOEXEC, 200)
    except OSError:
        return descriptor
    close_file(descriptor)
    return high
