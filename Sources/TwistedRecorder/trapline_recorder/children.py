"""Processes that the program starts with an environment it made itself: those too find the recorder.

Who builds PYTHONPATH from `sys.path`, as trial does for its workers, leaves out the folder that starts the recorder;
it is put in front again, in a copy. An environment without the recorder's own settings is the program's will.
"""

import os
import sys

from . import importing

SPAWNERS = ("execve", "posix_spawn", "posix_spawnp")


def watch(through, hook):
    """Watches what starts processes: functions `through` their doors, a method by a `hook`; both are undone."""
    for name in SPAWNERS:
        through(os, name, spawner)
    subprocess = sys.modules.get("subprocess")
    if subprocess is not None:
        hook(subprocess.Popen, "_execute_child", starter)


def spawner(original):
    def spawn(*arguments, **named):
        if len(arguments) > 2:
            arguments = arguments[:2] + (mended(arguments[2]),) + arguments[3:]
        elif "env" in named:
            named["env"] = mended(named["env"])
        return original(*arguments, **named)

    return spawn


def starter(original):
    code = original.__code__
    names = code.co_varnames[: code.co_argcount]
    place = names.index("env") if "env" in names else None

    def _execute_child(*arguments, **named):
        if place is not None and place < len(arguments):
            arguments = arguments[:place] + (mended(arguments[place]),) + arguments[place + 1 :]
        return original(*arguments, **named)

    return _execute_child


def mended(environment):
    """The same environment where it needs nothing; what is no environment is left for the original to refuse."""
    try:
        key = "PYTHONPATH" if "TRAPLINE_TRACE" in environment else None
        if key is None and b"TRAPLINE_TRACE" in environment:
            key = b"PYTHONPATH"
        if key is None:
            return environment
        home = os.path.join(importing.PACKAGE_HOME, "inject")
        before = environment.get(key) or key[:0]
        parts = os.fsdecode(before).split(os.pathsep) if before else []
        if home in parts or not os.path.isdir(home):
            return environment
        words = os.pathsep.join([home] + parts)
        changed = dict(environment)
        changed[key] = words if type(key) is str else os.fsencode(words)
        return changed
    except Exception:
        return environment
