"""Records what Twisted's Deferreds, Failures and timers do, as a trace that `trapline` opens.

Started by `trapline record`, or by hand for a part of a program:

    import trapline_recorder
    trapline_recorder.start("app.trace.jsonl")
    ...
    trapline_recorder.mark("the second request begins")
    ...
    trapline_recorder.stop()
"""

__version__ = "0.1.0"
__all__ = ["start", "stop", "mark"]


def start(path, values="repr", stacks=False, max_size=0, keep_last=0, filter=()):
    """Records into the file `path` from now on; `values` is `repr`, `types` or `none`.

    The file is made with the first event, readable by its owner alone. Where there is one already, it is left as it is,
    and another is made beside it: `app.4711.trace.jsonl` with the number of the process. `stop` tells which.

    `types` writes of what goes along a chain only the types, but what errors and logs say and `argv`; `none` none of it.
    A chain that runs right now, since a handler of it calls this, is recorded from its next run on.

    With `stacks` it is told who called. The file ends at `max_size` bytes, or holds the last `keep_last`; 0 is no
    limit. Where its name ends in `.gz` it is packed. With `filter`, a list of modules and files, only what their code
    does is recorded; one that begins with `!` leaves them out.

    Raises OSError where no file can be made at `path`, ValueError for what else is wrong, RuntimeError where the recorder
    runs already, does not know this Twisted, or would pass over what the program put in the place of Deferred's methods.
    """
    import os

    from . import known

    path = os.fsdecode(path)
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.isdir(path):
        raise IsADirectoryError("%s is a folder: name a file in it" % path)
    if not os.path.isdir(folder):
        raise FileNotFoundError("there is no folder %s" % folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError("no file can be made in %s" % folder)
    for name, size in (("max_size", max_size), ("keep_last", keep_last)):
        if size and size < SMALLEST:
            raise ValueError("%s is %r: 0 for no limit, or at least %d bytes" % (name, size, SMALLEST))
    if max_size and keep_last:
        raise ValueError("a file either ends at max_size, or holds the last keep_last bytes")
    if isinstance(filter, str):
        filter = [filter]
    try:
        recorder().start(path, values, stacks, max_size, keep_last, filter)
    except known.UnknownTwisted as error:
        raise RuntimeError(str(error)) from None


# No trace that is smaller tells anything.
SMALLEST = 4096


def stop():
    """Writes what is left and closes the file; Twisted is as it was. Returns the path of the file, if one was made."""
    return recorder().stop()


def mark(text):
    """Puts a line for people into the trace."""
    recorder().mark(text)


def recorder():
    """What records; the same one also when Python goes down and its modules are forgotten."""
    global _recorder
    if _recorder is None:
        from . import recording as _recorder
    return _recorder


_recorder = None
