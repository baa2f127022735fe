"""Starts the recorder in a Python that does not look into PYTHONPATH, for `trapline record --pth`.

A line of a .pth file in the folder of that Python's packages runs this, in every process of that Python. What is asked
for stands in the environment, which -E and -I do not empty; where the program made another one, it is taken from a
file, by those who descend from that very `trapline record`. What a trapline that was killed left there goes away.
"""

import os
import sys

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def written_settings():
    with open(os.path.join(HOME, "settings"), "rb") as file:
        words = os.fsdecode(file.read()).split("\0")
    return dict(word.split("=", 1) for word in words if "=" in word)


def descends_from(ancestor):
    """Whether that process started this one, or who started it."""
    process = os.getppid()
    for _ in range(64):
        if process == ancestor:
            return True
        try:
            with open("/proc/%d/stat" % process, "rb") as file:
                # After the program's name, which may hold anything: its state, and who started it.
                process = int(file.read().rsplit(b")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            return False
    return False


def is_over(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False


def begin():
    settings = os.environ
    if settings.get("TRAPLINE_HOME") != HOME:
        try:
            settings = written_settings()
        except PermissionError:
            return  # Somebody else's.
        trapline = int(settings["TRAPLINE_PROCESS"])
        if not descends_from(trapline):
            if is_over(trapline):
                os.unlink(settings["TRAPLINE_PTH"])
            return
    sys.path.append(HOME)
    try:
        from trapline_recorder import importing
    finally:
        sys.path.remove(HOME)
    importing.settings = settings
    importing.watch_as_asked()


try:
    begin()
except Exception as error:  # The program must run, recorded or not.
    sys.stderr.write("trapline: nothing is recorded: %r\n" % (error,))
