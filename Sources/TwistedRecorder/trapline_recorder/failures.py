"""Failures: each gets a number when it is first seen, and keeps it while one of its Failure objects lives.

A Failure that an errback raises again is a new object in Twisted; with the same exception in it, raised, it is the
same Failure to people.
"""

import weakref
from _thread import get_ident
from functools import partial
from sys import _getframe

from . import texts, values
from .care import MAY_GO_ON, attribute, hide, quietly
from .messages import message
from .output import emit, quoted

MOST_FRAMES = 24
MOST_PASSED_ON = 1000

_numbers = {}  # id(failure object) -> (weak reference, number)
_by_value = {}  # id(exception) -> [number, how many objects]
_passed_on = {}  # id(exception) -> (its Failure's number, its type, what raised it), of those that asyncio has
_thrown = {}  # By thread, what was thrown last to who called: see `throws`.
_names = {}
_next = 0
were_before = False  # Whether Failures that are new to the recorder were there before it looked.


def reset():
    global _next
    _thrown.clear()
    _numbers.clear()
    _by_value.clear()
    _passed_on.clear()
    _names.clear()
    _next = 0


def number(failure):
    """The Failure's number; one that was not seen before is told of first."""
    known = _numbers.get(id(failure))
    if known is not None:
        return known[1]
    try:
        return first_seen(failure)
    except RecursionError:
        if type(failure.value) is not RecursionError or not MAY_GO_ON:
            raise
        return told_barely(failure)


def first_seen(failure):
    global _next
    key, value = id(failure), failure.value
    held = _by_value.get(id(value))
    reference = weakref.ref(failure, partial(gone, key, id(value)))
    if held is not None and was_raised(failure):
        held[1] += 1
        _numbers[key] = reference, held[0]
        return held[0]
    found = just_thrown(failure)
    if found is None and _passed_on and comes_back(failure):
        found = _passed_on[id(value)][0]
    if found is not None:
        _by_value[id(value)], _numbers[key] = [found, 1], (reference, found)
        return found
    _passed_on.pop(id(value), None)
    source = made_from(failure)
    found, _next = _next, _next + 1
    _by_value[id(value)], _numbers[key] = [found, 1], (reference, found)
    try:
        born(failure, found, source)
    except RecursionError:
        # It was not seen, and is told of when it is seen next.
        del _by_value[id(value)], _numbers[key]
        if _next == found + 1:
            _next = found
        raise
    return found


def told_barely(failure):
    """As `first_seen`, for what ended at the deepest that Python allows: that is told in as few calls as can be.

    Where even they are too many, it is told when it is seen next, further up.
    """
    global _next
    fields = '"type":"RecursionError","parents":["RuntimeError","Exception"]'
    key, value, tb = id(failure), failure.value, failure.__dict__.get("tb")
    place, lines = None, []
    if values.mode != "none" and value.args and type(value.args[0]) is str:
        fields += ',"message":%s' % quoted(value.args[0])
    while tb is not None:
        code = tb.tb_frame.f_code
        file, line = code.co_filename, tb.tb_lineno
        if place is None or not file.startswith(texts.twisted):
            place = ',"file":%s,"line":%d' % (quoted(file), line)
        lines = lines[1 - MOST_FRAMES :] + [quoted("%s:%d %s" % (file, line, code.co_name))]
        tb = tb.tb_next
    if place is not None:
        fields += '%s,"stack":[%s]' % (place, ",".join(lines))
    reference = weakref.ref(failure, partial(gone, key, id(value)))
    emit(f'"e":"born","f":{_next},{fields}')
    _by_value[id(value)], _numbers[key] = [_next, 1], (reference, _next)
    _next += 1
    return _next - 1


def gone(key, value, _):
    """A Failure object, in the end."""
    known, held = _numbers.pop(key, None), _by_value.get(value)
    if known is not None and held is not None and held[0] == known[1]:
        held[1] -= 1
        if held[1] <= 0:
            del _by_value[value]


def goes_into(future, failure):
    """asyncio has the exception from now on; what it raises again, in whichever task, is the same Failure."""
    known = _numbers.get(id(failure))
    if known is None:
        return
    if len(_passed_on) >= MOST_PASSED_ON:
        del _passed_on[next(iter(_passed_on))]
    _passed_on[id(failure.value)] = (known[1], failure.type, raised_at(failure.__dict__.get("tb")))


def throws(error, found):
    """An exception, whose Failure has that number, goes up to who called, on this thread: whoever makes a Failure of
    it, that is the same one to people."""
    tb = attribute(error, "__traceback__")
    if tb is not None:
        _thrown[get_ident()] = (id(error), type(error), way(tb), found)


def may_throw():
    """Something is called on this thread that may throw anew."""
    if _thrown:
        _thrown.pop(get_ident(), None)


def just_thrown(failure):
    """The number of the Failure of an exception that was thrown last on this thread.

    It is not kept alive, so another may have its id by now: but that one did not come the same way to who threw it, with
    that type.
    """
    thrown = _thrown.get(get_ident())
    if thrown is None or thrown[0] != id(failure.value):
        return None
    _, kind, before, found = thrown
    came = way(attribute(failure.value, "__traceback__"))
    return found if kind is type(failure.value) and came[-len(before) :] == before else None


def way(tb):
    """The lines of a traceback, outermost first."""
    lines = []
    while tb is not None:
        lines.append((id(tb.tb_frame.f_code), tb.tb_lineno))
        tb = tb.tb_next
    return lines


def comes_back(failure):
    """Whether a new Failure has an exception that was given to asyncio.

    It is not kept alive, so another may have its id by now: but that one is not raised by asyncio, of this type, after
    it was raised by that line.
    """
    passed, tb = _passed_on.get(id(failure.value)), failure.__dict__.get("tb")
    if passed is None or tb is None or passed[1] is not failure.type:
        return False
    code = tb.tb_frame.f_code
    from_future = code.co_name == "adapt" and texts.is_library(code.co_filename)
    return from_future and passed[2] in (None, raised_at(tb))


def raised_at(tb):
    """The code and line at the end of a traceback."""
    if tb is None:
        return None
    while tb.tb_next is not None:
        tb = tb.tb_next
    return id(tb.tb_frame.f_code), tb.tb_lineno


def was_raised(failure):
    held = failure.__dict__
    return held.get("tb") is not None or bool(held.get("frames"))


def born(failure, found, source):
    kind = failure.type
    parts = ['"e":"born","f":%d,"type":%s' % (found, texts.text(type_name(kind)))]
    above = (attribute(kind, "__mro__") or ())[1:]
    above = [base for base in above if base is not object and base is not BaseException]
    if above:
        parts.append(',"parents":[%s]' % ",".join(str(texts.text(type_name(base))) for base in above[:12]))
    words = message(failure.value)
    if words:
        parts.append(',"message":%s' % quoted(words))
    if source is not None:
        parts.append(',"from":%d' % source)
    parts.append(stack_fields(failure))
    emit("".join(parts))


def type_name(kind):
    """A type's short name; the full one for the second type that has it: two TimeoutErrors are not one."""
    name = attribute(kind, "__name__")
    if type(name) is not str:
        return kind[:80] if type(kind) is str else "<%s>" % values.type_name(kind)
    full = "%s.%s" % (attribute(kind, "__module__", "?"), name)
    return name if _names.setdefault(name, full) == full else full


def made_from(failure):
    """The Failure that this one is about, or was made while handling."""
    value = failure.value
    inner = attribute(value, "subFailure")
    if inner is None:
        reasons = attribute(value, "reasons")
        inner = reasons[0] if type(reasons) is list and reasons else None
    if inner is not None and isinstance(inner, type(failure)):
        return number(inner)
    for other in (attribute(value, "__cause__"), attribute(value, "__context__")):
        held = _by_value.get(id(other)) if other is not None else None
        if held is not None:
            return held[0]
    return None


def stack_fields(failure):
    """The traceback, outermost first, and as the place the line that raised."""
    frames = []
    tb = failure.__dict__.get("tb")
    if tb is not None:
        while tb is not None:
            frames.append((tb.tb_frame.f_code, tb.tb_lineno))
            tb = tb.tb_next
        lines = [(code.co_filename, line, code.co_name) for code, line in frames]
    else:
        lines = [(frame[1], frame[2], frame[0]) for frame in failure.__dict__.get("frames") or ()]
    if not lines:
        # Made by hand: by the program, or somewhere in a library, of which the place would tell nothing.
        return "" if were_before else texts.nearest_program_place(_getframe(3))
    program = [line for line in lines if not texts.is_library(line[0])] or lines
    file, line, _ = program[-1]
    stack = ",".join(
        str(texts.text("%s:%d %s" % (file, number, name))) for file, number, name in lines[-MOST_FRAMES:]
    )
    return ',"file":%s,"line":%d,"stack":[%s]' % (texts.text(file), line, stack)


def check_hook(original):
    """`check`, which `trap` is made of: what a handler asks for."""

    def check(self, *errorTypes):
        try:
            matched = original(self, *errorTypes)
        except BaseException as error:
            hide(error)
            raise
        found = _numbers.get(id(self))
        if found is not None and not (values.busy and values.inside()):
            told_check(found[1], errorTypes, matched)
        return matched

    return check


@quietly
def told_check(found, types, matched):
    asked = ",".join(str(texts.text(asked_name(kind))) for kind in types[:20])
    match = "" if matched is None else ',"matched":%s' % texts.text(asked_name(matched))
    emit('"e":"trap","f":%d,"types":[%s]%s' % (found, asked, match))


def asked_name(kind):
    return kind.rsplit(".", 1)[-1] if type(kind) is str else type_name(kind)
