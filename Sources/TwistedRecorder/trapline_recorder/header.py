"""The first line of a trace: which program it is of, and how it was recorded."""

import sys
from os import getcwd, getpid
from os.path import basename
from time import gmtime, strftime, time

from . import __version__, filters, importing, values
from .care import keep
from .output import quoted


def line(name):
    """The line, for the program of that name."""
    import twisted

    has_values = values.mode != "none"
    fields = {
        "trapline": lambda: 1,
        "program": lambda: name,
        "clock": lambda: "monotonic",
        "unit": lambda: "us",
        "argv": lambda: command() if has_values else [command()[0], name],
        "cwd": lambda: working_folder() if has_values else None,
        "pid": getpid,
        "parent": lambda: importing.parent,
        "run": lambda: importing.run,
        "filter": lambda: list(filters.words) or None,
        "started": started,
        "recorder": lambda: __version__,
        "python": lambda: "%d.%d.%d" % sys.version_info[:3],
        "twisted": lambda: twisted.__version__,
    }
    return "{%s}\n" % ",".join(part for key, make in fields.items() for part in field(key, make))


def field(key, make):
    """The field as JSON, or nothing: the program may have changed whatever that is asked of."""
    try:
        value = make()
        return [] if value is None else ['"%s":%s' % (key, as_json(value))]
    except Exception as error:
        keep(error)
        return []


def command():
    words = getattr(sys, "orig_argv", None) or [sys.executable or "python", *script_words()]
    return [str(word)[:500] for word in words]


def started():
    now = time()
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(now)) + ".%06dZ" % (now % 1 * 1e6)


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
    return basename(str(words[0])) if words and words[0] else "python"


def script_words():
    """What the program calls its own arguments; it may have done away with them."""
    return getattr(sys, "argv", None) or []


def working_folder():
    try:
        return getcwd()
    except OSError:
        return None
