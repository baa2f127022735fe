"""The first line of a trace: which program it is of, and how it was recorded."""

import sys
from os import getcwd, getpid
from os.path import basename
from time import gmtime, strftime, time

from . import __version__, filters, importing, values
from .output import quoted


def line(name):
    """The line, for the program of that name."""
    import twisted

    argv = [
        str(word)[:500] for word in getattr(sys, "orig_argv", None) or [sys.executable or "python", *script_words()]
    ]
    now = time()
    fields = {
        "trapline": 1,
        "program": name,
        "clock": "monotonic",
        "unit": "us",
        "argv": argv if values.mode != "none" else [argv[0], name],
        "cwd": working_folder() if values.mode != "none" else None,
        "pid": getpid(),
        "parent": importing.parent,
        "filter": list(filters.words) or None,
        "started": strftime("%Y-%m-%dT%H:%M:%S", gmtime(now)) + ".%06dZ" % (now % 1 * 1e6),
        "recorder": __version__,
        "python": "%d.%d.%d" % sys.version_info[:3],
        "twisted": twisted.__version__,
    }
    return "{%s}\n" % ",".join(
        '"%s":%s' % (key, as_json(value)) for key, value in fields.items() if value is not None
    )


def as_json(value):
    if isinstance(value, int):
        return str(value)
    return "[%s]" % ",".join(quoted(word) for word in value) if isinstance(value, list) else quoted(value)


def program():
    """What a person calls it: the script or module that was started."""
    # What Python was given says more than `sys.argv`, off which programs take words: but 3.10 is the first to tell.
    words = iter(getattr(sys, "orig_argv", [])[1:])
    for word in words:
        if not word.startswith("-") or word == "-":
            return basename(word)
        if word == "--check-hash-based-pycs":
            next(words, None)
        elif not word.startswith("--"):
            # Letters may stand together; the last may have what it takes right behind it.
            flag = next((place for place, letter in enumerate(word) if letter in "cmWX"), None)
            taken = word[flag + 1 :] or next(words, "") if flag is not None else ""
            if flag is not None and word[flag] in "cm":
                return "python -c" if word[flag] == "c" else "-m " + taken
    words = script_words()
    return basename(words[0]) if words and words[0] else "python"


def script_words():
    """What the program calls its own arguments; it may have done away with them."""
    return getattr(sys, "argv", [])


def working_folder():
    try:
        return getcwd()
    except OSError:
        return None
