"""Errors, templates, and the JSON form of every value that user code can see."""
import builtins
import json
import os
import re
import sys
import traceback

from twisted.internet import defer, error, task
from twisted.python.failure import Failure

from scenario_numbers import seconds_text

_PYTHON = """Exception ValueError TypeError NameError LookupError KeyError IndexError RuntimeError RecursionError
    OSError ArithmeticError ZeroDivisionError AssertionError""".split()
_DEFER = """CancelledError TimeoutError AlreadyCalledError FirstError FailureGroup QueueOverflow QueueUnderflow
    NotACoroutineError""".split()
_ERROR = """ConnectionClosed ConnectionLost ConnectionDone ConnectError ConnectionRefusedError DNSLookupError
    AlreadyCalled AlreadyCancelled""".split()
_TASK = "SchedulerError SchedulerStopped NotPaused TaskFinished TaskStopped TaskDone TaskFailed".split()

BUILT_IN = {name: getattr(builtins, name) for name in _PYTHON}
BUILT_IN |= {name: getattr(defer, name) for name in _DEFER if hasattr(defer, name)}
BUILT_IN |= {name: getattr(error, name) for name in _ERROR}
BUILT_IN |= {name: getattr(task, name) for name in _TASK}


def abort(message, code=3):
    """Ends this process at once: nothing that Twisted catches may swallow it."""
    sys.stdout.flush()
    sys.stderr.write(f"run_on_twisted: {message}\n")
    sys.stderr.flush()
    os._exit(code)


class ErrorTypes:
    """The exception classes of one scenario: Python's, Twisted's, and its own."""

    def __init__(self, declared):
        self.classes = dict(BUILT_IN)
        self._declared = declared or {}

    def named(self, name):
        if name not in self.classes:
            parent = self._declared.get(name, "Exception")
            self.classes[name] = type(name, (self.named(parent),), {"__module__": "scenario"})
        return self.classes[name]

    def make(self, name, message):
        exception = self.named(name)(message)
        exception.scenario_message = message
        return exception


def message_of(exception):
    """What the scenario wrote, or what Twisted's own error says in the scenario format's words."""
    if hasattr(exception, "scenario_message"):
        return exception.scenario_message
    _refuse_own_bugs(exception)
    if isinstance(exception, defer.FirstError):
        return f"#{exception.index} {error_text(exception.subFailure.value)}"
    if isinstance(exception, BUILT_IN.get("FailureGroup", ())):  # an older Twisted has no `race`
        return ", ".join(f"#{i} {error_text(f.value)}" for i, f in enumerate(exception.failures))
    if isinstance(exception, defer.TimeoutError) and len(exception.args) == 2:
        return f"({seconds_text(exception.args[0])}, {exception.args[1]!r})"
    return str(exception)


def _refuse_own_bugs(exception):
    """A slip of this interpreter must not pass for something that a scenario did."""
    frames = [frame.f_code for frame, _ in traceback.walk_tb(exception.__traceback__)]
    if isinstance(exception, RecursionError):
        abort("recursion without end (a cancel that comes back to itself?)")
    if frames and frames[-1].co_filename.startswith(os.path.dirname(os.path.abspath(__file__))):
        if type(exception).__module__ == "builtins" and not getattr(exception, "expected", False):
            abort("".join(traceback.format_exception(exception)), 70)


def error_text(exception):
    message = message_of(exception)
    name = type(exception).__name__
    return f"{name} {message}" if message else name


class Frame:
    """The placeholders that a piece of a scenario sees: what came in, a loop's count, a script's variables."""

    def __init__(self, value=None, count=None, variables=None):
        self.value, self.count, self.variables = value, count, variables

    def lookup(self, name):
        if self.variables is not None and name in self.variables:
            return self.variables[name]
        failure = self.value if isinstance(self.value, Failure) else None
        sub = failure.value.subFailure if failure and isinstance(failure.value, defer.FirstError) else None
        match name:
            case "value":
                return self.value
            case "count":
                return self.count
            case "failure":
                return failure and message_of(failure.value)
            case "failure.type":
                return failure and failure.type.__name__
            case "failure.sub":
                return sub and message_of(sub.value)
            case "failure.sub.type":
                return sub and sub.type.__name__
            case "failure.index":
                return failure.value.index if sub else None
        raise unbound(name)


def unbound(name):
    exception = NameError(f"name '{name}' is not defined")
    exception.scenario_message = str(exception)
    return exception


_EXACT = re.compile(r"^\{([A-Za-z0-9_.-]+)\}$")
_PART = re.compile(r"\{\{|\}\}|\{([A-Za-z0-9_.-]+)\}")


def render(value, frame, names):
    """A value with its templates filled in; a string that is one placeholder becomes that value itself."""
    if isinstance(value, str):
        exact = _EXACT.match(value)
        return frame.lookup(exact[1]) if exact else render_text(value, frame, names)
    if isinstance(value, list):
        return [render(item, frame, names) for item in value]
    if isinstance(value, dict):
        return {key: render(item, frame, names) for key, item in value.items()}
    return value


def render_text(value, frame, names):
    if not isinstance(value, str):
        return text_of(value, names)

    def part(match):
        return match[0][0] if match[1] is None else text_of(frame.lookup(match[1]), names)

    return _PART.sub(part, value)


def text_of(value, names):
    """A value inside a text: strings as they are, lists and maps as JSON, objects by their names."""
    if isinstance(value, str):
        return value
    if value is None:
        return "none"
    if isinstance(value, Failure):
        return error_text(value.value)
    if isinstance(value, (bool, int, float, list, tuple, dict)):
        return json.dumps(json_of(value, names), ensure_ascii=False)
    return names.name_of(value)[1]


def json_of(value, names):
    """A value as `--format observed` shows it."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return int(value) if value == int(value) and abs(value) < 10**16 else float(value)
    if isinstance(value, (list, tuple)):
        return [json_of(item, names) for item in value]
    if isinstance(value, dict):
        return {key: json_of(item, names) for key, item in value.items()}
    if isinstance(value, Failure):
        return {"failure": value.type.__name__, "message": message_of(value.value)}
    kind, name = names.name_of(value)
    return {kind: name}


def raised(exception):
    return {"raise": type(exception).__name__, "message": message_of(exception)}
