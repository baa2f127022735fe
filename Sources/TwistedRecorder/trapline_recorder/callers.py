"""Delayed calls where Twisted's function that makes them can't be compiled again.

Its source is not there, or what stands in its place is the program's. One function more is between it and the program.
"""

from sys import _getframe

from . import timers
from .care import hide

RUNNERS = {"twisted.internet.base": "runUntilCurrent", "twisted.internet.task": "advance"}


_runners = {}  # id(code) -> code of what the program put in their place


def runner(function):
    """Delayed calls are made by this function, or by Twisted's own that it calls."""
    code = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    _runners[id(code)] = code


def makes_calls(frame):
    return id(frame.f_code) in _runners or RUNNERS.get(frame.f_globals.get("__name__")) == frame.f_code.co_name


class Function:
    """Stands in for `DelayedCall.func`: who makes the call gets one that tells of it, others the function itself."""

    def __get__(self, call, owner=None):
        if call is None:
            return self
        held = call.__dict__
        try:
            function = held["func"]
        except KeyError:
            raise AttributeError("func") from None
        if held.get("called") and makes_calls(_getframe(1)):
            return Running(call, function)
        return function

    def __set__(self, call, function):
        call.__dict__["func"] = function

    def __delete__(self, call):
        try:
            del call.__dict__["func"]
        except KeyError:
            raise AttributeError("func") from None


class Running:
    """One delayed call, being made."""

    __slots__ = ("call", "function")

    def __init__(self, call, function):
        self.call = call
        self.function = function

    def __call__(self, *args, **kwargs):
        timers.began(self.call)
        try:
            result = self.function(*args, **kwargs)
        except BaseException as error:
            hide(error)
            timers.failed(self.call)
            raise
        timers.ended(self.call)
        return result
