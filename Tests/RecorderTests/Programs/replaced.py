"""Something of the program's own stands in the place of Twisted's functions, before the start by hand or after it."""

import atexit
import functools
import linecache
import os
import sys
import types

sys.path.insert(0, sys.argv[1])

import trapline_recorder  # noqa: E402
from twisted.internet import defer, task  # noqa: E402

twisteds = task.Clock.advance


def wrapped(self, amount):
    return twisteds(self, amount)


def from_file(name, text):
    """The function `advance` of the class Clock that is made by `text`, as if a module held it."""
    with open(name, "w") as file:
        file.write(text)
    module = types.ModuleType("twisted.internet.task")
    module.__dict__.update(vars(task), __file__=os.path.abspath(name))
    exec(compile(text, module.__file__, "exec"), module.__dict__)
    return module.Clock.__dict__["advance"]


def closure():
    """Its source has a variable that is another function's."""
    return from_file(
        "closure.py",
        "def make(seconds):\n"
        "    class Clock:\n"
        "        def advance(self, amount):\n"
        "            for call in list(self.calls):\n"
        "                self.calls.remove(call)\n"
        "                call.called = seconds() < self.seconds()\n"
        "                call.func(*call.args, **call.kw)\n"
        "    return Clock\n"
        "Clock = make(lambda: -1)\n",
    )


def keyword():
    with open(task.__file__) as file:
        text = file.read()
    return from_file("keyword_only.py", text.replace("amount: float)", "amount: float, *, more: float = 0)"))


def stale():
    """What stands in the file by now is another version."""
    with open(task.__file__) as file:
        text = file.read()
    made = from_file("stale.py", text)
    with open("stale.py", "w") as file:
        file.write(text.replace("call.called = 1", "call.called = 0"))
    linecache.checkcache()
    return made


def tick():
    clock = task.Clock()
    call = clock.callLater(1, print, "called")
    clock.advance(2)
    return call.active()


def before(way):
    """It stands there before the start."""
    task.Clock.advance = {"wrapped": lambda: wrapped, "closure": closure, "keyword": keyword, "stale": stale}[way]()
    own = task.Clock.advance
    trapline_recorder.start("a.trace.jsonl")
    print(tick())
    trapline_recorder.stop()
    print(task.Clock.advance is own)


def after():
    """It was put there while the recorder ran, and stays there when that stops."""
    trapline_recorder.start("a.trace.jsonl")
    recorders = defer.Deferred.addCallbacks

    def addCallbacks(self, *arguments, **named):
        return recorders(self, *arguments, **named)

    defer.Deferred.addCallbacks = addCallbacks
    defer.succeed(1).addCallbacks(str)
    trapline_recorder.stop()
    print(defer.succeed(2).addCallbacks(str).result, defer.Deferred.addCallbacks is addCallbacks)
    print(task.Clock.advance is twisteds)
    try:
        trapline_recorder.start("b.trace.jsonl")
    except RuntimeError as error:
        print(error)


def at_exit():
    """It is stopped once Python goes down."""
    atexit.register(lambda: print(trapline_recorder.stop()))
    trapline_recorder.start("a.trace.jsonl")
    defer.succeed(1)


def method():
    """A method that the recorder has one of its own for is wrapped before the start."""
    found = defer.Deferred.cancel

    @functools.wraps(found)
    def cancel(self):
        print("cancelled")
        found(self)

    defer.Deferred.cancel = cancel
    try:
        trapline_recorder.start("a.trace.jsonl")
    except RuntimeError as error:
        print(error)
    print(defer.Deferred.cancel is cancel)


def gone():
    """Deferreds tell when they go."""
    defer.Deferred.__del__ = theirs = lambda self: print("gone")
    trapline_recorder.start("a.trace.jsonl")
    defer.Deferred()
    trapline_recorder.stop()
    print(defer.Deferred.__del__ is theirs)


ways = {"after": after, "at exit": at_exit, "method": method, "gone": gone}
if sys.argv[2] in ways:
    ways[sys.argv[2]]()
else:
    before(sys.argv[2])
