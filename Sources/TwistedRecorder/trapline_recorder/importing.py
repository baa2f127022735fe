"""Waits for the parts of Twisted to be imported, and patches each right after.

Nothing but this module is loaded until then, and nothing that Python has not loaded itself: a Python that never
imports Twisted starts a millisecond later, and pays for one look into a set at each import.
"""

import os
import sys
from os import close as close_file
from os import open as open_file
from os import write as write_file

REPORT = os.environ.get("TRAPLINE_REPORT")
APPENDING = os.O_WRONLY | os.O_APPEND
PACKAGE_HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIRST = "twisted.internet.defer"
WANTED = frozenset(
    [
        FIRST,
        "twisted.internet.base",
        "twisted.internet.task",
        "twisted.internet.asyncioreactor",
        "twisted.logger._observer",
        "logging",
    ]
)


class Finder:
    """Stands first among the finders; answers only for the modules that are wanted."""

    def __init__(self, loaded):
        self.loaded = loaded

    def find_spec(self, name, path=None, target=None):
        if name not in WANTED:
            return None
        # By hand: importlib.util would be imported for it, with much else.
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None) if finder is not self else None
            spec = find(name, path, target) if find is not None else None
            if spec is not None:
                if hasattr(spec.loader, "exec_module"):
                    spec.loader = Loader(spec.loader, self.loaded)
                return spec
        return None


class Loader:
    """Goes between the import system and one loader, for one module.

    The loader itself, which others may share, stays as it was.
    """

    def __init__(self, loader, loaded):
        self.loader = loader
        self.loaded = loaded

    def __getattr__(self, name):
        return getattr(self.loader, name)

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = self.loader
        module.__loader__ = self.loader
        self.loader.exec_module(module)
        self.loaded(module)


def report(line):
    """Tells `trapline record` what became of this process."""
    if not REPORT:
        return
    try:
        file = open_file(REPORT, APPENDING)
        try:
            write_file(file, line.encode("utf-8", "backslashreplace") + b"\n")
        finally:
            close_file(file)
    except OSError:
        pass


def package():
    """The recorder, imported without leaving its folder in the program's path."""
    if "trapline_recorder.recording" in sys.modules:
        return sys.modules["trapline_recorder.recording"]
    sys.path.append(PACKAGE_HOME)
    try:
        from trapline_recorder import recording
    finally:
        sys.path.remove(PACKAGE_HOME)
    return recording


def watch(loaded):
    sys.meta_path.insert(0, Finder(loaded))


def options():
    """What else was asked for: TRAPLINE_STACKS, TRAPLINE_FILTER (a word a line), and sizes in bytes."""
    found = {"stacks": os.environ.get("TRAPLINE_STACKS") == "1"}
    found["filter"] = os.environ.get("TRAPLINE_FILTER", "").splitlines()
    for name in ("max_size", "keep_last"):
        size = os.environ.get("TRAPLINE_" + name.upper(), "")
        found[name] = int(size) if size.isdigit() else 0
    return found


def watch_from_environment():
    """What `trapline record` asks for by TRAPLINE_TRACE (a file), TRAPLINE_VALUES, and `options`."""
    path = os.environ.get("TRAPLINE_TRACE")
    if not path:
        return
    report("python %d" % os.getpid())

    def loaded(module):
        if module.__name__ != FIRST and "trapline_recorder.recording" not in sys.modules:
            return  # The recorder comes with Twisted's Deferred, and looks then at what is there.
        try:
            package().loaded(module, path, os.environ.get("TRAPLINE_VALUES", "repr"), options())
        except Exception as error:  # Whatever is wrong here, the program runs.
            report("refused %r" % (error,))

    watch(loaded)
