"""Names and places: each is written once, and after that named by its number."""

import os
import types

from . import output
from .output import quoted

MOST_TEXTS = 50_000
MOST_PLACES = 20_000

_numbers = {}
_places = {}
_callables = {}
_library_files = {}
_library = ("<frozen ", os.path.dirname(os.path.abspath(__file__)) + os.sep)


def reset():
    for table in (_numbers, _places, _callables):
        table.clear()


def library(folder):
    """Frames of files under `folder` (Twisted's own) are passed over when a place in the program is looked for."""
    global _library
    _library = _library[:2] + (folder + os.sep,)
    _library_files.clear()


def text(words):
    """A text as JSON: its number, after the line that says what that stands for."""
    number = _numbers.get(words)
    if number is None:
        if len(_numbers) >= MOST_TEXTS:
            return quoted(words)
        number = len(_numbers)
        output.add_line('{"s":%d,"text":%s}\n' % (number, quoted(words)))
        _numbers[words] = number
    return number


def is_library(file):
    known = _library_files.get(file)
    if known is None:
        known = _library_files[file] = file.startswith(_library) and not _is_test(file)
    return known


def _is_test(file):
    """Twisted's own tests are programs as any other."""
    return os.sep + "test" + os.sep in file


def place(code, line):
    return ',"file":%s,"line":%d' % (text(code.co_filename), line)


def place_of(frame):
    """Where a frame stands, as fields; kept, since finding a line takes long."""
    code = frame.f_code
    key = (id(code), frame.f_lasti)
    known = _places.get(key)
    if known is None:
        if len(_places) >= MOST_PLACES:
            _places.clear()
        # The code is kept with it, so that its id stays its own.
        known = _places[key] = (place(code, frame.f_lineno or code.co_firstlineno), code)
    return known[0]


def program_place(frame):
    """The nearest place in the program proper above `frame`, and the name of the library's function it called."""
    inner = None
    for _ in range(40):
        if frame is None:
            return "", inner
        code = frame.f_code
        if not is_library(code.co_filename):
            return place_of(frame), inner
        inner = code
        frame = frame.f_back
    return "", inner


def called(function):
    """A function's name, as JSON, and the place where its text begins, as fields."""
    code = getattr(function, "__code__", None)
    known = _callables.get(id(code)) if code is not None else None
    if known is not None and known[2] is code:
        return known
    if type(code) is types.CodeType:
        if len(_callables) >= MOST_PLACES:
            _callables.clear()
        name = getattr(function, "__qualname__", None)
        name = name if type(name) is str else code.co_name
        known = (text(shortened(name)), place(code, code.co_firstlineno), code)
        _callables[id(code)] = known
        return known
    return text(name_of(function)), "", None


def shortened(name):
    """`Site.handle.<locals>.done` is `Site.handle.done` to people."""
    return name.replace(".<locals>", "")


def name_of(function):
    """What is called without code of its own: a partial, a method of a C type, an object with __call__."""
    inner = getattr(function, "func", None)
    if inner is not None and type(function).__name__ == "partial":
        return "partial(%s)" % name_of(inner)
    for source in (function, type(function)):
        name = getattr(source, "__qualname__", None)
        if type(name) is str:
            return shortened(name)
    return "?"


def qualified(code):
    """A code's full name, which Python before 3.11 does not keep: then its own name."""
    return getattr(code, "co_qualname", "_cancellableInlineCallbacks." + code.co_name)
