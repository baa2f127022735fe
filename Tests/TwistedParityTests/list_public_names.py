#!/usr/bin/env python3
"""Lists the public names of twisted.internet.defer, twisted.internet.task, Failure and DelayedCall.

    list_public_names.py OUTPUT      a line a name: `gatherResults`, `Deferred.addCallback`

Names that a module imports from elsewhere, and that it does not export, are not its own; neither are methods that a
class has from Exception, or from another class of the list.
"""
import inspect
import sys

from twisted.internet import base, defer, task
from twisted.python import failure


def names_of_module(module):
    """What a module defines or exports, and the members of its classes."""
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", None) == module.__name__]
    names = {name for name in own + list(module.__all__) if not name.startswith("_")}
    for name in sorted(names):
        yield name
        value = getattr(module, name)
        if inspect.isclass(value):
            for member in names_of_class(value):
                yield f"{name}.{member}"


def names_of_class(cls):
    """The members that a class does not have from a class which is listed itself, or from Exception."""
    listed = [parent for parent in cls.__mro__[1:] if _is_listed(parent) or issubclass(Exception, parent)]
    inherited = {name for parent in listed for name in vars(parent)}
    if issubclass(cls, BaseException):
        inherited.update(dir(Exception))
    return [name for name in dir(cls) if not name.startswith("_") and name not in inherited]


def _is_listed(cls):
    return cls.__module__ in (defer.__name__, task.__name__) and not cls.__name__.startswith("_")


def main(arguments):
    if len(arguments) != 1:
        sys.stderr.write(__doc__)
        return 64
    names = [name for module in (defer, task) for name in names_of_module(module)]
    for cls in (failure.Failure, base.DelayedCall):
        names += [cls.__name__] + [f"{cls.__name__}.{member}" for member in names_of_class(cls)]
    with open(arguments[0], "w", encoding="utf-8") as output:
        output.writelines(f"{name}\n" for name in names)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
