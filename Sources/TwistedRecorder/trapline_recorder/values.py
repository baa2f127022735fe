"""Values as bounded text. The program's own `__repr__` is called with care, and no more where it always misbehaves."""

from _thread import get_ident
from itertools import islice
from sys import getsizeof
from time import perf_counter_ns

from . import output
from .care import attribute, keep, lasts
from .output import quoted

LONGEST = 120
MOST_ITEMS = 6
DEEPEST = 2
HUGE = 1000
MOST_TYPES = 10_000
BIG = 1 << 60
CUT = "\u2026"
IMMUTABLE = frozenset([str, bytes, int, float, bool, type(None)])
SLOW_NS = 5_000_000
FAR_TOO_SLOW_NS = 50 * SLOW_NS  # Once is enough.
MOST_SLOW = 3  # A machine that is busy with other things makes anything slow, now and then,
MAKES_UP = 1 / 100  # for which a hundred that are quick make up.
MOST_RAISED = 50  # In a row.

mode = "repr"
busy = set()  # The threads inside of the program's own code, which we called: what that does is not its doing.

_troubles = {}  # type -> (how often its text took long, how often it has raised since it did not)
_given_up = {}  # type -> why its text is not asked for any more
_type_texts = {}
_plain = {
    type(None): lambda value: "none",
    bool: repr,
    float: repr,
}


def inside():
    """Whether this thread is inside of the program's own code, which we called; only to be asked where one is."""
    return get_ident() in busy


def go_inside():
    """From now on this thread is; gives what `come_out` needs, which is None where it was already."""
    thread = get_ident()
    if thread in busy:
        return None
    busy.add(thread)
    return thread


come_out = busy.discard


def forked():
    """Only this thread goes on in the child."""
    busy.intersection_update([get_ident()])


def described(value, kind):
    """The field `v` for a value, of type `kind`, that is neither None nor Failure nor Deferred."""
    if mode == "repr":
        words = repr(value) if kind is str and len(value) < LONGEST else bounded(value, 0)
        if len(words) > LONGEST:
            return f'"v":{quoted(words[: LONGEST - 1] + CUT)},"cut":true'
        return f'"v":{quoted(words)}'
    if mode == "none":
        return '"v":"?"'
    known = _type_texts.get(kind)
    if known is None:
        if len(_type_texts) > MOST_TYPES:
            _type_texts.clear()
        known = '"v":%s' % quoted("<%s>" % type_name(value))
        if lasts(kind):
            _type_texts[kind] = known
    return known


def type_name(value):
    return name_of(type(value))


def name_of(kind):
    return str(attribute(kind, "__qualname__", "object"))[:LONGEST]


def bounded(value, depth, room=LONGEST):
    """What `value` prints as; of what is longer than `room` at least that much."""
    kind = type(value)
    plain = _plain.get(kind)
    if plain is not None:
        return plain(value)
    if kind is str or kind is bytes or kind is bytearray:
        if len(value) > LONGEST:
            return repr(kind(value[:LONGEST]))[:-1] + CUT
        return repr(value)
    if kind is int:
        return repr(value) if value.bit_length() < 400 else "<int of %d bits>" % value.bit_length()
    if kind in _brackets:
        return _items(value, kind, depth, room)
    return _object(value, kind)


_brackets = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
    dict: ("{", "}"),
}


def _items(value, kind, depth, room):
    start, end = _brackets[kind]
    count = len(value)
    if depth >= DEEPEST:
        return start + CUT + end if count else start + end
    parts = []
    try:
        for item in value.items() if kind is dict else value:
            if kind is dict:
                part = f"{_item(item[0], depth, room)}: {_item(item[1], depth, room)}"
            else:
                part = _item(item, depth, room)
            parts.append(part)
            room -= len(part) + 2
            # What comes after that is cut off.
            if room < 0 or len(parts) == MOST_ITEMS:
                break
    except Exception as error:  # It changed under us.
        keep(error)
        return "<%s>" % kind.__name__
    if count > len(parts):
        parts.append("\u2026 %d more" % (count - len(parts)))
    comma = "," if kind is tuple and count == 1 else ""
    return start + ", ".join(parts) + comma + end


def _item(item, depth, room):
    kind = type(item)
    if kind is str and len(item) < LONGEST or kind is int and -BIG < item < BIG or kind is float:
        return repr(item)
    return bounded(item, depth + 1, room)


def _object(value, kind):
    if kind is type:
        return "<class %s.%s>" % (attribute(value, "__module__", "?"), value.__qualname__)
    method = attribute(kind, "__repr__")
    if method is object.__repr__:
        return "<%s at 0x%x>" % (type_name(value), id(value))
    if busy and inside() or is_huge(value, kind):
        return "<%s at 0x%x, unread>" % (type_name(value), id(value))
    return guarded(method, value, kind)


def is_huge(value, kind):
    """Whether printing it would build a text that is far longer than what is shown."""
    try:
        if getsizeof(value) > 100 * HUGE:
            return True
        held = attribute(value, "__dict__")
        if type(held) is not dict:
            return False
        if len(held) > HUGE:
            return True
        for item in islice(held.values(), 16):
            if type(item) in _sized and len(item) > HUGE:
                return True
        return False
    except Exception as error:
        keep(error)
        return True


_sized = frozenset([str, bytes, bytearray, list, tuple, dict, set, frozenset])


def guarded(method, value, kind, name="repr"):
    """Calls the program's own code, called `name`, for a text; what it does wrong is held against `kind`, if any."""
    if kind in _given_up:
        return f"<{type_name(value)} at 0x{id(value):x}: {_given_up[kind]}>"
    thread, raised = go_inside(), None
    ends = output.line_ends()
    depth = ends.depth
    start = perf_counter_ns()
    try:
        words = method(value)
        if type(words) is not str:
            words = "<%s>" % type_name(value)
    except BaseException as error:
        keep(error)
        raised = name_of(type(error))
        words = "<%s, whose %s raised %s>" % (type_name(value), name, raised)
    finally:
        come_out(thread)
        ends.depth = depth
    took = perf_counter_ns() - start
    if took > SLOW_NS or raised is not None or kind in _troubles:
        held_against(kind, name, raised, took)
    return words


def held_against(kind, name, raised, took):
    """What raises or takes long again and again is not asked any more."""
    if kind is None:
        return
    slow, failed = _troubles.pop(kind, (0, 0))
    failed = 0 if raised is None else failed + 1
    slow += 1 if took > SLOW_NS else -min(slow, MAKES_UP)
    if len(_troubles) + len(_given_up) > MOST_TYPES:
        _troubles.clear()
        _given_up.clear()
    if took > FAR_TOO_SLOW_NS or slow > MOST_SLOW - 1:
        _given_up[kind] = "not asked any more, its %s took too long" % name
    elif failed == MOST_RAISED:
        _given_up[kind] = "not asked any more, its %s raised %s again and again" % (name, raised)
    elif slow or failed:
        _troubles[kind] = slow, failed
