"""Objects that answer no question without harm: what the program does with them is the same."""

import functools
import types
from unittest.mock import Mock

from twisted.internet import defer


class Sloppy:
    """Its `__getattr__` raises what no `getattr` expects."""

    def __init__(self):
        self.__dict__["found"] = {}

    def __getattr__(self, name):
        return self.found[name]

    def __call__(self, result):
        return result


class SloppyError(Exception):
    def __getattr__(self, name):
        raise KeyError(name)


class Leaves:
    def __repr__(self):
        raise GeneratorExit("from a text")


class Compares(type):
    """Its classes can be put into no set."""

    def __eq__(self, other):
        return self is other


class Compared(metaclass=Compares):
    pass


class Pausing(defer.Deferred):
    pauses = 0

    def pause(self):
        self.pauses += 1
        return super().pause()


def fails(result):
    raise SloppyError("sloppy")


def shown(name, make):
    try:
        print(name, make())
    except BaseException as error:
        print(name, "raised", type(error).__name__, error)


def paused():
    outer, inner = Pausing(), defer.Deferred()
    outer.addCallback(lambda _: inner)
    outer.callback(1)
    inner.callback(2)
    return outer.pauses, outer.result, outer.paused


def asked():
    mock = Mock(return_value=3)
    defer.succeed(1).addCallback(mock)
    return sorted(mock._mock_children)


shown("sloppy", lambda: defer.succeed(1).addCallback(Sloppy()).result)
shown("error", lambda: defer.succeed(1).addCallback(fails).addErrback(lambda f: f.type.__name__).result)
shown("text", lambda: type(defer.succeed(1).addCallback(lambda _: Leaves()).result).__name__)
shown("compared", lambda: type(defer.succeed(1).addCallback(lambda _: Compared()).result).__name__)
shown("pauses", paused)
shown("mock", asked)
shown("proxy", lambda: type(defer.succeed(1).addCallback(lambda _: Mock(spec=defer.Deferred)).result).__name__)
shown("list", lambda: defer.DeferredList([1]))
shown("race", lambda: defer.race([1]) if hasattr(defer, "race") else None)
name_of = lambda failure: failure.type.__name__  # noqa: E731
shown("method", lambda: defer.succeed(1).addCallback(defer.Deferred.callback, 2).addErrback(name_of).result)
partial = functools.partial(lambda owner, result: result)
shown("partial", lambda: defer.succeed(1).addCallback(types.MethodType(partial, defer.Deferred())).result)
