"""Looks at the program's objects without running what the program wrote, and keeps what it raises where it belongs."""

import signal
import sys
from _thread import interrupt_main, start_new_thread
from types import FunctionType, MethodType

get_signal = signal.getsignal
look_up = object.__getattribute__
look_up_in_type = type.__getattribute__
MADE_BY_CLASS = 1 << 9  # Py_TPFLAGS_HEAPTYPE
HANDLERS = range(1, getattr(signal, "NSIG", 65))


def code_of(function):
    """The code of a function or method; None for what is called in another way, and may look up names in its own."""
    function = function_of(function)
    return function.__code__ if type(function) is FunctionType else None


def function_of(method):
    return method.__func__ if type(method) is MethodType else method


def attribute(thing, name, default=None):
    """An attribute as Python itself looks it up: no `__getattr__` is asked, and what a property raises is dropped."""
    try:
        if issubclass(type(thing), type):
            return look_up_in_type(thing, name)
        return look_up(thing, name)
    except Exception as error:
        keep(error)
        return default


def keep(error):
    """In an `except`: what a signal's handler raised, or Ctrl-C, is the program's, and goes on; all else is ours."""
    if isinstance(error, KeyboardInterrupt) or is_of_signal(error):
        raise


def interrupt_again():
    """In a `__del__`, of which nobody hears what is raised: ^C is the program's, and comes once more after that."""
    if get_signal(signal.SIGINT) is signal.default_int_handler:
        # From another thread, or it would be raised right here.
        start_new_thread(interrupt_main, ())


class Never(Exception):
    """Raised by nobody."""


# Python 3.8 aborts where a RecursionError was caught and calls go on: there it goes where it would have gone.
MAY_GO_ON = sys.version_info >= (3, 9)
Deepest = RecursionError if MAY_GO_ON else Never


def pass_on(error):
    """As `keep`, for the recorder's own calls."""
    if not MAY_GO_ON and isinstance(error, RecursionError):
        raise
    keep(error)


def quietly(tell):
    """A function that tells, without a result: nothing that goes wrong in it is the program's affair."""

    def told(*arguments):
        try:
            tell(*arguments)
        except Exception as error:
            type(error) is Deepest or pass_on(error)

    return told


def is_of_signal(error):
    tb = error.__traceback__
    if tb is None or tb.tb_next is None:
        return False
    codes = []
    while tb is not None:
        codes.append(tb.tb_frame.f_code)
        tb = tb.tb_next
    for number in HANDLERS:
        try:
            handler = get_signal(number)
        except (ValueError, OSError):
            continue
        if callable(handler) and code_of(handler) in codes:
            return True
    return False


def hide(error):
    """In an `except` in front of `raise`: the frame between the program and Twisted is not in the traceback.

    Before 3.11 Python keeps that apart from the exception, and the frame stays.
    """
    tb = error.__traceback__
    if tb is not None and tb.tb_next is not None:
        error.__traceback__ = tb.tb_next


def lasts(kind):
    """Whether a type is kept by its module, so that a table may hold it."""
    try:
        module = sys.modules.get(look_up_in_type(kind, "__module__"))
        return module is not None and module.__dict__.get(kind.__qualname__) is kind
    except Exception:
        return False


def shows_itself(thing, kind):
    """Whether no object of its type says that it is of another type, as proxies do."""
    if any("__class__" in base.__dict__ for base in look_up_in_type(kind, "__mro__")[:-1]):
        return False
    if look_up_in_type(kind, "__getattribute__") is look_up:
        return True
    # Types in C have one of their own, which mostly is the same.
    return not kind.__flags__ & MADE_BY_CLASS and thing.__class__ is kind
