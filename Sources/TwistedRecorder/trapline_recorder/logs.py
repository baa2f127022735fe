"""What the program logs, as far as it tells of errors."""

import sys
from _string import formatter_parser as parts_of
from _thread import get_ident

from . import chains, failures, filters, lives, output, texts, values
from .care import attribute, hide, quietly
from .output import emit
from .woven import around_all

LONGEST = 300
WARNING = 30

TOOL = sys.modules[__name__]

_publishing = {}  # (id of an event, thread) -> how many publishers give it to observers there right now
_handling = {}  # (id of a record that Python's handlers have, thread) -> the number of the Failure in it, or None
_levels = ()
_formatted = str


def prepare(levels, formatted):
    """Which events of Twisted's log are put down, and how they are told as text."""
    global _levels, _formatted
    _levels, _formatted = levels, formatted


def publish_hook(original):
    """Every event that a program logs goes through its publisher. Who counts frames finds no other ones there."""
    woven = around_all(original, "publishes", "published", TOOL, "event")
    if woven is not None:
        return woven

    def __call__(self, event):
        try:
            publishes(event)
            return original(self, event)
        finally:
            published(event)

    return __call__


def replay_hook(original):
    """`replayTo`: what was logged before a program's log began is told already, or was before the recorder looked.

    What is in a history of the program's own may be new to its log.
    """

    def replayTo(self, otherObserver):
        module = sys.modules.get("twisted.logger._global")
        is_told = self is attribute(attribute(module, "globalLogBeginner"), "_initialBuffer")
        events = list(attribute(self, "_buffer", ())) if is_told else ()
        for event in events:
            begins(event)
        try:
            return original(self, otherObserver)
        except BaseException as error:
            hide(error)
            raise
        finally:
            for event in events:
                published(event)

    return replayTo


def publishes(event):
    # A publisher is often another one's observer. What Twisted says of a Deferred that is collected is told by
    # `unhandled`.
    if begins(event) == 1 and not (values.busy and values.inside()) and not lives.collecting():
        noted(event)


def begins(event):
    key = id(event), get_ident()
    count = _publishing[key] = _publishing.get(key, 0) + 1
    return count


def published(event):
    key = id(event), get_ident()
    count = _publishing.pop(key, 1) - 1
    if count:
        _publishing[key] = count


def handle_hook(original):
    """`callHandlers`: what goes through Python's own `logging`, warnings and worse, unless it comes from Twisted's.

    Its text is told afterwards: what a program's filters leave of it, or make of it, is what it logs. What it is about
    is known before: handlers that have told of an exception take it away.
    """
    woven = around_all(original, "handles", "handled", TOOL, "record")
    if woven is not None:
        return woven

    def callHandlers(self, record):
        handles(record)
        try:
            return original(self, record)
        except BaseException as error:
            hide(error)
            raise
        finally:
            handled(record)

    return callHandlers


@quietly
def handles(record):
    if record.levelno < WARNING or values.busy and values.inside() or is_publishing():
        return
    error, failure = record.exc_info[1] if type(record.exc_info) is tuple else None, None
    if isinstance(error, BaseException):
        failure = chains.failure_type()(error, exc_tb=record.exc_info[2])
    if not filters.is_on or filters.notes(failure, str(record.name)):
        _handling[id(record), get_ident()] = None if failure is None else failures.number(failure)


@quietly
def handled(record):
    key = id(record), get_ident()
    if key in _handling:
        recorded(record, _handling.pop(key))


def is_publishing():
    """Whether what is logged on this thread comes from Twisted's own log."""
    return bool(_publishing) and any(thread == get_ident() for _, thread in list(_publishing))


def forget():
    _publishing.clear()
    _handling.clear()


def forked():
    """Only this thread goes on in the child."""
    for table in (_publishing, _handling):
        for key in [key for key in table if key[1] != get_ident()]:
            del table[key]


def recorded(record, failure):
    """A record's arguments may be anything."""
    kind, link = ("log", "") if failure is None else ("error", ',"f":%d' % failure)
    words = ""
    if values.mode != "none":
        words = values.guarded(lambda record: record.getMessage(), record, by_format(record.msg), "text")
    name = texts.text(str(record.name)[:200])
    emit('"e":"note","kind":"%s","name":%s,"text":%s%s' % (kind, name, output.quoted(words[:LONGEST]), link))


def by_format(words):
    """What is held against a text that took too long: its format, where that is one of the program's own."""
    return words if type(words) is str else None


@quietly
def noted(event):
    if event.get("log_level") not in _levels:
        return
    failure = event.get("log_failure") or event.get("failure")
    failure = failure if isinstance(failure, chains.failure_type()) else None
    if filters.is_on and not filters.notes(failure, str(event.get("log_namespace"))):
        return
    # First of all: what was just thrown is known by that nothing was told since.
    link = "" if failure is None else ',"f":%d' % failures.number(failure)
    name = texts.text(str(event.get("log_namespace") or "log")[:200])
    if failure is not None:
        words = said_of(event) or failures.type_name(failure.type)
        emit('"e":"note","kind":"error","name":%s,"text":%s%s' % (name, output.quoted(words[:LONGEST]), link))
        return
    words = formatted(event) if values.mode != "none" else ""
    emit('"e":"note","kind":"log","name":%s,"text":%s' % (name, output.quoted(words[:LONGEST])))


def formatted(event):
    """What an event says; its format alone where that calls something (`{count()}`), which the program's observers do
    when and as often as they like."""
    given = event.get("log_format")
    words = given.decode("utf-8", "replace") if isinstance(given, bytes) else given
    # What a subclass makes of `in` is the program's.
    words = str.__str__(words) if isinstance(words, str) else ""
    if "()" in words and calls(words):
        return words
    return values.guarded(_formatted, event, by_format(given), "text")


def calls(words):
    """Whether a format has a field that is called."""
    try:
        return any("()" in (field or "") or "()" in (spec or "") for _, field, spec, _ in parts_of(words))
    except ValueError:
        return False


def said_of(event):
    """What a program says of the Failure that it logs, which is linked; without that one's traceback."""
    if values.mode == "none":
        return ""
    why, words = event.get("why"), event.get("log_format")
    if type(why) is str:
        return why
    # The text of an error of `twisted.python.log` has the whole traceback in it.
    if type(words) is not str or event.get("isError"):
        return ""
    return formatted(event)
