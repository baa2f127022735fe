"""What an exception says, as bounded text: asked of who wrote it, the exception's type or an argument's."""

from . import values
from .care import attribute
from .values import bounded, guarded

LONGEST = 300
DEEPEST = 3  # Of exceptions whose argument is another one.
FEW = 10_000

_from_c = type(BaseException.__str__)
_arguments = BaseException.args.__get__


def message(error, depth=0):
    """The text of an exception; empty where values are not to be written."""
    if values.mode == "none" or values.busy and values.inside():
        return ""
    if type(error) is str:
        return error[:LONGEST]
    inner, index = attribute(error, "subFailure"), attribute(error, "index")
    if type(index) is int and attribute(inner, "type") is not None and depth < DEEPEST:
        name = attribute(inner.type, "__name__", "?")
        return "#%d %s: %s" % (index, name, message(inner.value, depth + 1))
    words = said(error, type(error), depth)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "\u2026"


def said(error, kind, depth):
    method = attribute(kind, "__str__", repr)
    if type(method) is not _from_c or attribute(method.__objclass__, "__module__") != "builtins":
        return guarded(method, error, kind, "__str__")
    if not issubclass(kind, BaseException):
        return bounded(error, 0, LONGEST)
    args = _arguments(error)
    if method is BaseException.__str__ and len(args) == 1:
        return said_by(args[0], depth)
    others = [thing for thing in (*args, attribute(error, "filename")) if not is_plain(thing)]
    if others and method is KeyError.__str__ and len(args) == 1:
        return bounded(args[0], 0, LONGEST)
    if others and method in (BaseException.__str__, KeyError.__str__):
        return bounded(args, 0, LONGEST)
    return guarded(method, error, type(others[0]) if others else None, "__str__")


def said_by(argument, depth):
    """The only argument of an exception is all that it says."""
    kind = type(argument)
    if kind is str:
        return argument[: LONGEST + 1]
    if issubclass(kind, BaseException) and depth < DEEPEST:
        return message(argument, depth + 1)
    method = attribute(kind, "__str__")
    if method is object.__str__ or values.is_huge(argument, kind):
        return bounded(argument, 0, LONGEST)
    return guarded(method, argument, kind, "__str__")


def is_plain(thing):
    """Whether it is printed by Python alone, and soon."""
    kind = type(thing)
    if kind is str or kind is bytes:
        return len(thing) < FEW
    return kind is int and -values.BIG < thing < values.BIG or kind in (float, bool, type(None))
