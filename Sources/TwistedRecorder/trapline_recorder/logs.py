"""What the program logs, as far as it tells of errors."""

from . import chains, failures, lives, output, texts, values
from .output import emit

LONGEST = 300


class LogText:
    """Stands for the types of all log events, where texts that take too long are remembered by type."""


def publish_hook(original, levels, formatted):
    """Every event that a program logs goes through its publisher; those of these levels are put down."""

    def __call__(self, event):
        # What Twisted says of a Deferred that is collected is told by `unhandled`.
        if event.get("log_level") in levels and not values.busy and not lives.collecting():
            noted(event, formatted)
        return original(self, event)

    return __call__


def noted(event, formatted):
    failure = event.get("log_failure") or event.get("failure")
    name = texts.text(str(event.get("log_namespace") or "log")[:200])
    if isinstance(failure, chains.failure_type()):
        # Its traceback would be in the text; the Failure is linked instead.
        why = event.get("why")
        words = why if type(why) is str and values.mode != "none" else failures.type_name(failure.type)
        link = ',"f":%d' % failures.number(failure)
        emit('"e":"note","kind":"error","name":%s,"text":%s%s' % (name, output.quoted(words[:LONGEST]), link))
        return
    words = values.guarded(formatted, event, LogText) if values.mode != "none" else ""
    emit('"e":"note","kind":"log","name":%s,"text":%s' % (name, output.quoted(words[:LONGEST])))
