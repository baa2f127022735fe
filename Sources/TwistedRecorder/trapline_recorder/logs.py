"""What the program logs, as far as it tells of errors."""

from _thread import get_ident

from . import chains, failures, filters, lives, output, texts, values
from .care import hide, quietly
from .output import emit

LONGEST = 300
WARNING = 30

_publishing = set()  # The ids of the events that are given to observers right now, with the thread that does.


def publish_hook(original, levels, formatted):
    """Every event that a program logs goes through its publisher; those of these levels are put down."""

    def __call__(self, event):
        # What Twisted says of a Deferred that is collected is told by `unhandled`.
        key = id(event), get_ident()
        if key in _publishing:  # A publisher is often another one's observer.
            return original(self, event)
        _publishing.add(key)
        try:
            if event.get("log_level") in levels and not (values.busy and values.inside()) and not lives.collecting():
                noted(event, formatted)
            return original(self, event)
        finally:
            _publishing.discard(key)

    return __call__


def handle_hook(original):
    """What goes through Python's own `logging`, warnings and worse, unless it comes from Twisted's."""

    def handle(self, record):
        if record.levelno >= WARNING and not (values.busy and values.inside()) and not is_publishing():
            recorded(record)
        try:
            return original(self, record)
        except BaseException as error:
            hide(error)
            raise

    return handle


def is_publishing():
    """Whether what is logged on this thread comes from Twisted's own log."""
    return bool(_publishing) and any(thread == get_ident() for _, thread in list(_publishing))


def forked():
    """Only this thread goes on in the child."""
    _publishing.difference_update([key for key in _publishing if key[1] != get_ident()])


@quietly
def recorded(record):
    """A record's arguments may be anything."""
    error = record.exc_info[1] if type(record.exc_info) is tuple else None
    kind, link, failure = "log", "", None
    if isinstance(error, BaseException):
        failure = chains.failure_type()(error, exc_tb=record.exc_info[2])
    if filters.is_on and not filters.notes(failure, str(record.name)):
        return
    if failure is not None:
        kind, link = "error", ',"f":%d' % failures.number(failure)
    words = ""
    if values.mode != "none":
        words = values.guarded(lambda record: record.getMessage(), record, by_format(record.msg), "text")
    name = texts.text(str(record.name)[:200])
    emit('"e":"note","kind":"%s","name":%s,"text":%s%s' % (kind, name, output.quoted(words[:LONGEST]), link))


def by_format(words):
    """What is held against a text that took too long: its format, where that is one of the program's own."""
    return words if type(words) is str else None


@quietly
def noted(event, formatted):
    failure = event.get("log_failure") or event.get("failure")
    failure = failure if isinstance(failure, chains.failure_type()) else None
    if filters.is_on and not filters.notes(failure, str(event.get("log_namespace"))):
        return
    name = texts.text(str(event.get("log_namespace") or "log")[:200])
    if failure is not None:
        # Its traceback would be in the text; the Failure is linked instead.
        why = event.get("why")
        words = why if type(why) is str and values.mode != "none" else failures.type_name(failure.type)
        link = ',"f":%d' % failures.number(failure)
        emit('"e":"note","kind":"error","name":%s,"text":%s%s' % (name, output.quoted(words[:LONGEST]), link))
        return
    words = ""
    if values.mode != "none":
        words = values.guarded(formatted, event, by_format(event.get("log_format")), "text")
    emit('"e":"note","kind":"log","name":%s,"text":%s' % (name, output.quoted(words[:LONGEST])))
