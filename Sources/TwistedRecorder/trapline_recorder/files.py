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

FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)


def made(path):
    # High, so that the program's own files get the numbers they always got.
    descriptor = moved_up(open_file(path, FLAGS, 0o600))
    if set_mode is not None:
        set_mode(descriptor, 0o600)  # Whatever the program's umask takes.
    return descriptor


def first_made(path):
    """A new file, `path` or, where there is one already, one beside it: its descriptor and its name."""
    for candidate in names(path):
        try:
            return made(candidate), candidate
        except FileExistsError:
            continue
    raise FileExistsError(EEXIST, "there is such a file")


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
