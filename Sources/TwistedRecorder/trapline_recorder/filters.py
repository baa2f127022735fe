"""What is recorded where only a part of the program is asked for: the Deferreds of some modules, or of some files.

Code is *meant* where its module, package, file or folder is named. A Deferred is recorded from when meant code makes
it, adds to it, waits for it or fails in it; and so are what one that is recorded waits for, and what waits for it:
nothing that a trace names is missing in it. The others run in Twisted's own code, and only their ids are looked up.
"""

import os
from functools import partial
from sys import _getframe

from . import actors, chains, failures, lives, stages, texts, values
from .care import attribute, code_of, function_of, hide, quietly
from .chains import numbers
from .output import emit

is_on = False
words = ()  # As they were asked for.
_wanted = ()
_unwanted = ()
_meant = {}  # id(code) -> (whether it is meant, code)


def prepare(asked):
    """`asked` are modules and packages (`shop.clients`), files and folders (with a slash, or `.py`); `!` leaves out."""
    global is_on, words, _wanted, _unwanted
    words = tuple(asked or ())
    is_on = bool(words)
    _wanted = tuple(place(word) for word in words if not word.startswith("!"))
    _unwanted = tuple(place(word[1:]) for word in words if word.startswith("!"))
    _meant.clear()


def place(word):
    return os.path.abspath(word) if os.sep in word or word.endswith(".py") else word


# Code


def means(code, scope):
    """Whether this code, whose globals are `scope`, is meant."""
    known = _meant.get(id(code))
    if known is None:
        if len(_meant) >= texts.MOST_PLACES:
            _meant.clear()
        file = os.path.abspath(code.co_filename)
        names = (module_of(scope, file), file)
        is_meant = (not _wanted or within(names, _wanted)) and not within(names, _unwanted)
        # The code is kept with it, so that its id stays its own.
        known = _meant[id(code)] = (is_meant, code)
    return known[0]


def module_of(scope, file):
    """A module's name; the script that Python was started with is called by its own."""
    name = scope.get("__name__")
    if name == "__main__":
        spec = scope.get("__spec__")
        name = spec.name if spec is not None else os.path.splitext(os.path.basename(file))[0]
    return name if type(name) is str else "?"


def within(names, places):
    module, file = names
    for asked in places:
        if file == asked or file.startswith(asked + os.sep):
            return True
        if module == asked or module.startswith(asked + "."):
            return True
    return False


def means_frame(frame):
    """Whether the nearest code of the program above `frame` is meant."""
    for _ in range(60):
        if frame is None:
            return False
        code = frame.f_code
        places, role, _ = texts.places_of(code)
        if places is not None:
            return means(code, frame.f_globals)
        if role == "loop":
            return False
        frame = frame.f_back
    return False


def means_function(function):
    inner = function
    for _ in range(20):
        inner = function_of(inner)
        beneath = inner.func if type(inner) is partial else attribute(inner, "__wrapped__")
        if beneath is None:
            break
        inner = beneath
    code = code_of(inner)
    return code is not None and texts.places_of(code)[0] is not None and means(code, inner.__globals__)


def means_generator(generator):
    for kind in ("gi", "cr"):
        code, frame = attribute(generator, kind + "_code"), attribute(generator, kind + "_frame")
        if code is not None and frame is not None:
            return means(code, frame.f_globals)
    return False


def means_failure(failure):
    """Whether it was raised in meant code, or in what that called of a library."""
    tb, is_meant = failure.__dict__.get("tb"), False
    while tb is not None:
        code = tb.tb_frame.f_code
        if texts.places_of(code)[0] is not None:
            is_meant = means(code, tb.tb_frame.f_globals)
        tb = tb.tb_next
    return is_meant


# In front of what the recorder does where all is recorded


def skips(deferred):
    return id(deferred) not in numbers


def made(deferred, canceller, frame):
    if means_frame(frame) or runs_meant_generator(frame):
        lives.made(deferred, canceller, frame)


def runs_meant_generator(frame):
    # Asking a frame for its variables keeps them alive for a while: that is done to one of Twisted's alone.
    known = lives._origins.get(id(frame.f_code))
    return known is not None and known[0] == "generator" and means_generator(frame.f_locals.get("gen"))


def stage_added(deferred, callback, errback, args, frame):
    if id(deferred) in numbers:
        chains.stage_added(deferred, callback, errback, args, frame)
    elif joins(callback, args) or means_function(callback) or means_function(errback) or means_frame(frame):
        chains.adopted(deferred)


def joins(callback, args):
    """Whether a handler of Twisted's gives the result on to what is recorded: a generator, a list, another Deferred."""
    if stages.special(callback, code_of(callback))[0] is stages.waits:
        deferred = stages.generator_of(callback, args)[1].deferred
        return id(deferred) in numbers or id(deferred) in stages.firing
    owner = attribute(callback, "__self__")
    owner = stages.cell(callback, "final_result") if owner is None else owner
    return owner is not None and id(owner) in numbers


def told_fired(deferred, result):
    if id(deferred) in numbers:
        lives.told_fired(deferred, result)
    elif isinstance(result, chains.failure_type()) and means_failure(result):
        chains.adopted(deferred)
        lives.told_fired(deferred, result)


# What the loop in `partly` tells


@quietly
def failed(deferred):
    """A handler raised: where meant code did, it is recorded from now on."""
    if not (values.busy and values.inside()) and means_failure(deferred.result):
        chains.adopted(deferred)


@quietly
def will_wait(deferred, inner):
    if tells(deferred, inner):
        chains.waits(deferred, inner)


@quietly
def will_take(deferred, inner, result):
    if tells(deferred, inner):
        found, source = chains.number(deferred), chains.number(inner)
        emit('"e":"took","d":%d,"from":%d,%s' % (found, source, chains.told(result)))


def tells(deferred, inner):
    """Whether one of the two is recorded, and so both are; `deferred` was given the other by a handler."""
    if values.busy and values.inside() or id(inner) not in numbers and id(deferred) not in numbers:
        return False
    if id(deferred) not in numbers:
        chains.adopted_alone(deferred)
    return True


def succeed_hook(original):
    def succeed(result):
        deferred = original(result)
        if not (values.busy and values.inside()) and not skips(deferred):
            lives.told_succeeded(deferred, result)
        return deferred

    return succeed


def read_hook(original):
    recorded = lives.read_hook(original)

    def taken(self):
        return (original if skips(self) and not means_frame(_getframe(1)) else recorded)(self)

    return taken


def only(make):
    """A hook that is for those who are known, and for those whom meant code calls."""

    def hook(original):
        recorded = make(original)

        def call(self, *arguments, **named):
            known = id(self) in actors._actors or means_frame(_getframe(1))
            try:
                return (recorded if known else original)(self, *arguments, **named)
            except BaseException as error:
                hide(error)
                raise

        return call

    return hook


def notes(failure, name):
    """Whether a line of the log is told: of a Failure that is recorded, or by one of the modules."""
    if failure is not None:
        if id(failure) in failures._numbers or id(failure.value) in failures._by_value:
            return True
        if means_failure(failure):
            return True
    return (not _wanted or within((name, ""), _wanted)) and not within((name, ""), _unwanted)
