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

    With `stacks` it is told who called. The file ends at `max_size` bytes, or holds the last `keep_last`; 0 is no
    limit. Where its name ends in `.gz` it is packed. With `filter`, a list of modules and files, only what their code
    does is recorded; one that begins with `!` leaves them out.
    """
    from . import recording

    recording.start(path, values, stacks, max_size, keep_last, filter)


def stop():
    """Writes what is left and closes the file; Twisted is as it was."""
    from . import recording

    recording.stop()


def mark(text):
    """Puts a line for people into the trace."""
    from . import recording

    recording.mark(text)
