"""Names and places: each is written once, and after that named by its number."""

import os
from functools import partial

from . import output
from .care import attribute, code_of, function_of
from .output import quoted

MOST_TEXTS = 30_000
MOST_PLACES = 5_000
MOST_CALLERS = 8
FARTHEST = range(60)  # So many frames are looked at for a place in the program.
NEAR = range(6)  # So many, where the program mostly calls right here or not at all.

stacks = False  # Whether it is told who called who made a Deferred or added a stage.

twisted = "?"  # The folder of Twisted's files.
_numbers = {}
_places = {}
_callables = {}
_library_files = {}
_standard = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
_library = ("<frozen ", _standard, os.path.dirname(os.path.abspath(__file__)) + os.sep)


def reset():
    for table in (_numbers, _places, _callables):
        table.clear()


def library(folder):
    """Frames of files under `folder` (Twisted's own) are passed over when a place in the program is looked for."""
    global _library, twisted
    twisted = folder + os.sep
    _library = _library[:3] + (twisted,)
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


def lines():
    """The lines that say what all numbers stand for."""
    return "".join(
        '{"s":%d,"text":%s}\n' % (number, quoted(words)) for words, number in list(_numbers.items())
    )


output.text_lines = lines


def stack(frame):
    """What of the program stands above `frame`, outermost first, as a field; empty unless that is asked for."""
    found = []
    for _ in FARTHEST:
        if frame is None or len(found) == MOST_CALLERS:
            break
        code = frame.f_code
        places, role, _ = _places.get(id(code)) or places_of(code)
        if places is not None:
            found.append(str(text("%s:%d %s" % (code.co_filename, frame.f_lineno or 0, code.co_name))))
        elif role == "loop":
            break
        frame = frame.f_back
    return ',"stack":[%s]' % ",".join(reversed(found)) if found else ""


def is_library(file):
    """Whether a file is Twisted's, Python's or the recorder's own: a program's place is looked for beyond those."""
    known = _library_files.get(file)
    if known is None:
        known = file.startswith(_library) and "-packages" + os.sep not in file[len(_standard) :]
        known = known or file.startswith(_library[2:])
        # Twisted's own tests are programs as any other.
        known = _library_files[file] = known and os.sep + "test" + os.sep not in file[len(_standard) :]
    return known


def is_loop(code):
    """Above the loop of a reactor stands who started it, who has nothing to do with what happens in it."""
    return code.co_name in ("mainLoop", "run_forever") and is_library(code.co_filename)


def place(code, line):
    return ',"file":%s,"line":%d' % (text(code.co_filename), line)


def places_of(code):
    """What is known of a piece of code: its places by instruction, or None for the library's, and what it is there."""
    known = _places.get(id(code))
    if known is None:
        if len(_places) >= MOST_PLACES:
            _places.clear()
        file = code.co_filename
        inside = is_library(file)
        core = inside and (file.endswith(CORE) or file.startswith(_library[2]))
        role = "loop" if is_loop(code) else "core" if core else ""
        # The code is kept with it, so that its id stays its own.
        known = _places[id(code)] = (None if inside else {}, role, code)
    return known


CORE = tuple(os.sep + name for name in ("defer.py", "task.py", "failure.py", "_threads.py"))


def place_of(frame):
    """Where a frame stands, as fields; kept, since finding a line takes long."""
    code = frame.f_code
    places = places_of(code)[0]
    if places is None:
        return place(code, frame.f_lineno or code.co_firstlineno)
    known = places.get(frame.f_lasti)
    if known is None:
        known = places[frame.f_lasti] = place(code, frame.f_lineno or code.co_firstlineno)
    return known


def program_place(frame):
    """The nearest place in the program proper above `frame`, and the code of the library's function it called.

    What the reactor calls by itself has no such place: then it is the nearest one outside of Twisted's core.
    """
    inner = nearest = None
    for _ in FARTHEST:
        if frame is None:
            break
        code = frame.f_code
        known = _places.get(id(code)) or places_of(code)
        if known[0] is not None:
            return known[0].get(frame.f_lasti) or place_of(frame), inner
        if nearest is None:
            role = known[1]
            if role == "loop":
                break
            if not role:
                nearest = frame
        elif known[1] == "loop":
            break
        inner = code
        frame = frame.f_back
    if nearest is None:
        return "", inner
    return place_of(nearest), nearest.f_code


def near_place(frame):
    """The place of the program that called right here, or through a few of the library's functions; or nothing."""
    for _ in NEAR:
        if frame is None:
            break
        places, role, _ = _places.get(id(frame.f_code)) or places_of(frame.f_code)
        if places is not None:
            return place_of(frame)
        if role == "loop":
            break
        frame = frame.f_back
    return ""


def place_above(frame):
    """The same place alone, with the stack above it where that is asked for."""
    place, _ = program_place(frame)
    return place + stack(frame) if stacks else place


def nearest_program_place(frame):
    """As above, but only where the program itself called, or nothing."""
    found, inner = program_place(frame)
    for _ in FARTHEST:
        if frame is None or found == "":
            return ""
        known = places_of(frame.f_code)
        if known[0] is not None:
            return found
        if known[1] == "loop":
            return ""
        frame = frame.f_back
    return ""


def called(function):
    """A function's name, as JSON; the place where its text begins, as fields; and its code, if it has its own."""
    code = code_of(function)
    known = _callables.get(id(code))
    if known is not None:
        return known
    if code is None:
        return text(name_of(function)), "", None
    if len(_callables) >= MOST_PLACES:
        _callables.clear()
    # A decorator's wrappers share their code, so what one wraps is asked for its own each time.
    inner = unwrapped(function)
    if inner is not function:
        return called(inner)
    # The code is kept with it, so that its id stays its own.
    known = _callables[id(code)] = (text(own_name(function)), place(code, code.co_firstlineno), code)
    return known


def own_name(function):
    """What people call a function, or what else is called."""
    code = code_of(function)
    if code is None:
        return name_of(function)
    name = attribute(function_of(unwrapped(function)), "__qualname__")
    return shortened(name if type(name) is str else code.co_name)


def unwrapped(function):
    """What a decorator that says so has wrapped, as far as it has code of its own."""
    found = function
    for _ in range(20):
        inner = function_of(found).__dict__.get("__wrapped__")
        if inner is None or code_of(inner) is None:
            break
        found = inner
    return found


def shortened(name):
    """`Site.handle.<locals>.done` is `Site.handle.done` to people."""
    return name.replace(".<locals>", "")


def name_of(function):
    """What is called without code of its own: a partial, a method of a C type, an object with __call__."""
    function = function_of(function)
    if type(function) is partial:
        return "partial(%s)" % name_of(function.func)
    for source in (function, type(function)):
        name = attribute(source, "__qualname__")
        if type(name) is str:
            # An address would make a name of its own in each run.
            return shortened(name.split(" at 0x")[0])
    return "?"


def qualified(code):
    """A code's full name; Python before 3.11 does not keep that, and calls its module instead."""
    return getattr(code, "co_qualname", None) or "%s.%s" % (os.path.basename(code.co_filename), code.co_name)
