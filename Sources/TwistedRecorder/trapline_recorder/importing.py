"""Waits for the parts of Twisted to be imported, and patches each right after.

Nothing but this module is loaded until then, and nothing that Python has not loaded itself: a Python that never
imports Twisted starts a millisecond later, and pays for one look into a set at each import.
"""

import os
import sys
from os import close as close_file
from os import fstat as file_state
from os import getpid as own_number
from os import kill as send_signal  # noqa: F401 (as it was before the program could change it)
from os import open as open_file
from os import read as read_file
from os import write as write_file

settings = os.environ  # Where what is asked for stands; `outside` has it from a file.
ENCODING = sys.getfilesystemencoding()
APPENDING = os.O_WRONLY | os.O_APPEND
MOST_REPORTED = 1 << 20
REPORT_NUMBERS = range(199, 189, -1)
process = own_number()
parent = None  # From which this process was forked, which may have ended since.
run = None  # What all processes have in common that `trapline record` records at one go.
_watches_forks = False
_doors = {}  # By the names of the functions.
_report = None  # The report's descriptor and identity, where it is kept open.
PACKAGE_HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OWN_FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep
DOORS = "_exit abort kill execv execve setuid seteuid setreuid setresuid posix_spawn posix_spawnp".split()
FIRST = "twisted.internet.defer"
OLDEST = (3, 8)
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


class Door:
    """Stands for a function of Python's own by which a process ends or becomes another: calls it, or who is to know.

    It equals that, looks like it to who asks what it is, has no code either, and is known to `pickle` by its name.
    """

    def __init__(self, original):
        self.original = self.call = original
        self.stays = False
        self.__name__, self.__qualname__ = original.__name__, original.__qualname__
        self.__doc__, self.__module__ = original.__doc__, original.__module__

    def __call__(self, *arguments, **named):
        try:
            return self.call(*arguments, **named)
        except BaseException as error:
            # Before 3.11 Python keeps that apart from the exception, and the frames stay.
            tb = error.__traceback__
            while tb is not None and tb.tb_frame.f_code.co_filename.startswith(OWN_FOLDER):
                tb = tb.tb_next
            error.__traceback__ = tb
            raise

    @property
    def __class__(self):
        return type(self.original)

    def __getattr__(self, name):
        return getattr(self.original, name)

    def __eq__(self, other):
        return other is self or other is self.original or NotImplemented

    def __hash__(self):
        return hash(self.original)

    def __repr__(self):
        return repr(self.original)

    def __reduce__(self):
        return self.__name__


def door(module, name):
    """What stands for a module's function from now on; None where there is none."""
    found = module.__dict__.get(name)
    if type(found) is type(len):
        made = _doors[name] = Door(found)
        put(found, made, name)
    # Where the program has put something of its own there, that may call this in the end.
    return _doors.get(name)


def put(old, new, name):
    """Functions of these modules are known by two of them."""
    for owner in ("os", "posix", "_signal", "signal"):
        module = sys.modules.get(owner)
        if module is not None and module.__dict__.get(name) is old:
            setattr(module, name, new)


def open_doors():
    """From the start: who imports such a function by its name before Twisted has what stands for it."""
    for module, names in ((os, DOORS), (sys.modules.get("_signal"), ["raise_signal"])):
        for name in names:
            found = module and door(module, name)
            if found is not None:
                found.stays = True
                if name.startswith("exec"):
                    found.call = leaving_python(found.original)


def leaving_python(original):
    def become(*arguments, **named):
        report("gone %d" % process)
        try:
            return original(*arguments, **named)
        finally:  # It became nothing else.
            report("python %d" % process)

    return become


def keep_report():
    """Opens the report once, at the start: who gives up root's rights later on could not open it any more."""
    global _report
    place = settings.get("TRAPLINE_REPORT")
    if not place:
        return
    try:
        file = open_file(place, APPENDING)
    except OSError:
        return
    try:
        # High, so that the program's own files get the numbers they always got.
        number = next(number for number in REPORT_NUMBERS if identity_of(number) is None)
        os.dup2(file, number, False)
        _report = number, identity_of(number)
    except (OSError, StopIteration):
        pass  # Then it is opened for each line, as long as that can be done.
    finally:
        close_file(file)


def identity_of(number):
    """The device and the number there of an open file; None where none is open."""
    try:
        found = file_state(number)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def report(line):
    """Tells `trapline record` what became of this process; also when Python's modules are gone."""
    data = encoded(line) + b"\n"
    try:
        # A program may close all that is open, and open something of its own that gets the same number.
        if _report is not None and identity_of(_report[0]) == _report[1]:
            write_file(_report[0], data)
            return
        place = settings.get("TRAPLINE_REPORT")
        if not place:
            return
        file = open_file(place, APPENDING)
        try:
            write_file(file, data)
        finally:
            close_file(file)
    except OSError:
        pass


def encoded(line):
    line = line.replace("\\", "\\\\").replace("\n", "\\n")
    try:
        return line.encode(ENCODING, "surrogateescape")
    except UnicodeError:
        return line.encode("utf-8", "backslashreplace")


def is_reported(word, name):
    """Whether a process of this run has told that of a file."""
    try:
        file = open_file(settings.get("TRAPLINE_REPORT") or os.devnull, os.O_RDONLY)
        try:
            data = read_file(file, MOST_REPORTED)
        finally:
            close_file(file)
    except OSError:
        return False
    lines = (line.split(b" ", 2) for line in data.split(b"\n"))
    return any(line[0] == word and line[2:] == [encoded(name)] for line in lines)


def watch_forks():
    """Knows processes that are forked, also before they import Twisted."""
    global _watches_forks
    if not _watches_forks and hasattr(os, "register_at_fork"):
        _watches_forks = True
        os.register_at_fork(after_in_child=forked)


def forked():
    global process, parent
    parent, process = process, own_number()
    # A child in which `subprocess` calls something of the program's first, and then becomes another program.
    if sys._getframe(1).f_code.co_name != "_execute_child":
        report("python %d" % process)


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
    found = {"stacks": settings.get("TRAPLINE_STACKS") == "1"}
    found["filter"] = settings.get("TRAPLINE_FILTER", "").splitlines()
    for name in ("max_size", "keep_last"):
        size = settings.get("TRAPLINE_" + name.upper(), "")
        found[name] = int(size) if size.isdigit() else 0
    return found


def is_whole(name):
    """Whether a module was imported, to its end."""
    module = sys.modules.get(name)
    return module is not None and not getattr(getattr(module, "__spec__", None), "_initializing", False)


def watch_as_asked():
    """What `trapline record` asks for by TRAPLINE_TRACE (a file), TRAPLINE_VALUES, and `options`."""
    global run
    path, run = settings.get("TRAPLINE_TRACE"), settings.get("TRAPLINE_RUN")
    if not path or any(isinstance(finder, Finder) for finder in sys.meta_path):
        return
    if sys.version_info < OLDEST:
        report("old %d.%d" % sys.version_info[:2])
        return
    keep_report()
    open_doors()
    report("python %d" % process)
    watch_forks()

    def loaded(module):
        # The recorder comes with Twisted's Deferred, and looks then at what is there. Where a finder of the program's
        # own brought that, it comes with the next module that is waited for.
        if module.__name__ != FIRST and not is_whole(FIRST):
            return
        try:
            package().loaded(module, path, settings.get("TRAPLINE_VALUES", "repr"), options())
        except Exception as error:  # Whatever is wrong here, the program runs.
            report("refused %r" % (error,))

    watch(loaded)
