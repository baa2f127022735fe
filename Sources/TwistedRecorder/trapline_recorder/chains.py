"""Deferreds: numbers for them, and what is told of their stages.

Nothing is kept in a Deferred, and none is kept alive: a table by id says its number and how many stages it ever
got, and its `__del__` takes it out of there.
"""

from types import FunctionType as Function

from . import failures, stages, texts, values
from .care import code_of, function_of, lasts, pass_on, shows_itself
from .output import add, emit, quoted
from .values import described

SHIFT = 24
MASK = (1 << SHIFT) - 1

numbers = {}  # id(deferred) -> number << SHIFT | stages so far
reordered = {}  # id(deferred) -> stage indices still to run, where somebody changed their order
debug_infos = {}  # id(DebugInfo) -> the numbers of its Deferred and its Failure
_sites = {}  # where a stage was added, and of which handlers -> how that is told
_next = 0
_deferred_type = None
_failure_type = None
_callbacks_name = "callbacks"
UNREAD = '"v":"?"'
deferred_types = None  # The list of all that are Deferreds, in a Twisted that goes by their types alone.
_plain_types = {type(None)}  # Those that are neither Failures nor Deferreds.


def reset():
    global _next
    _next = 0
    for table in (numbers, reordered, debug_infos, _sites):
        table.clear()


def prepare(defer, callbacks_name):
    global _deferred_type, _failure_type, _callbacks_name, deferred_types
    by_type = "_DEFERRED_SUBCLASSES" in defer.Deferred._runCallbacks.__code__.co_names
    deferred_types = defer._DEFERRED_SUBCLASSES if by_type else None
    _deferred_type, _failure_type, _callbacks_name = defer.Deferred, defer.Failure, callbacks_name


def failure_type():
    return _failure_type


def new_number(deferred):
    global _next
    number = _next
    _next = number + 1
    numbers[id(deferred)] = number << SHIFT
    return number


def number(deferred):
    state = numbers.get(id(deferred))
    return (adopted(deferred) if state is None else state) >> SHIFT


def adopted(deferred):
    """One that was there before the recorder looked: made known, after what it waits for, and so on."""
    try:
        make_known(deferred)
    except Exception as error:  # What a subclass made of it may have other things inside.
        pass_on(error)
    if id(deferred) not in numbers:
        new_number(deferred)
    return numbers[id(deferred)]


def make_known(deferred):
    line = {id(deferred): deferred}
    inner = deferred.__dict__.get("result")
    while isinstance(inner, _deferred_type) and id(inner) not in numbers and id(inner) not in line:
        line[id(inner)] = inner
        inner = inner.__dict__.get("result")
    for one in reversed(list(line.values())):
        adopted_alone(one)


def adopted_alone(deferred):
    """Tells its state, and the stages it still has."""
    found = new_number(deferred)
    waiting = getattr(deferred, _callbacks_name, ())
    name = "%s %d" % (type(deferred).__name__, found)
    emit('"e":"made","d":%d,"origin":"found","name":%s' % (found, quoted(name)))
    told_state(deferred)
    if isinstance(deferred, stages._list_type) and not deferred.called:
        stages.grouped(deferred, found, number)
    for index, item in enumerate(list(waiting)):
        (callback, args, _), (errback, _, _) = item
        numbers[id(deferred)] += 1
        if callback is errback and not callable(callback):
            continue  # What gives the result on to one that waits.
        special, _ = stages.special(callback, code_of(callback))
        if special is None:
            names = stages.names(callback, errback)
        else:
            names = special(found, callback, errback, args, number, None)
        emit('"e":"stage","d":%d,"i":%d%s' % (found, index, names))


def told_state(deferred):
    """The result of one that was not watched so far, or what it waits for."""
    if not deferred.called or "result" not in deferred.__dict__:
        return
    result = deferred.result
    if deferred._runningCallbacks:
        return
    if isinstance(result, _deferred_type):
        items = getattr(result, _callbacks_name)
        places = [place for place, item in enumerate(items) if is_for(item, deferred)]
        if places:
            index = (numbers[id(result)] & MASK) - len(items) + places[0]
            emit('"e":"waits","d":%d,"on":%d,"i":%d' % (number(deferred), number(result), max(index, 0)))
        return
    failures.were_before = True
    try:
        words = told(result)
    finally:
        failures.were_before = False
    emit('"e":"settled","d":%d,%s' % (number(deferred), words))
    if isinstance(result, _failure_type) and deferred._debugInfo is not None:
        debug_infos[id(deferred._debugInfo)] = (number(deferred), failures.number(result))


def is_for(item, deferred):
    """Whether a stage gives the result on to this Deferred, which waits for it."""
    args = item[0][1]
    return type(args) is tuple and len(args) > 0 and args[0] is deferred


def waits(deferred, inner):
    """One is about to be appended to another that gives its result on."""
    emit('"e":"waits","d":%d,"on":%d,"i":%d' % (number(deferred), number(inner), continuation(inner)))


def pauses(deferred):
    """A subclass may have a `pause` of its own; that a Deferred waits is told already."""
    thread = values.go_inside()
    try:
        deferred.pause()
    finally:
        values.come_out(thread)


def told(result):
    """What goes along a chain, as a field."""
    if result is None:
        return '"v":"none"'
    try:
        kind = type(result)
        if kind in _plain_types:
            return described(result, kind)
        if isinstance(result, _failure_type):
            return '"vf":%d' % failures.number(result)
        if is_deferred(result):
            return '"vd":%d' % number(result)
        if len(_plain_types) < 10_000 and lasts(kind) and shows_itself(result, kind):
            _plain_types.add(kind)
        return described(result, kind)
    except Exception as error:
        pass_on(error)
        return UNREAD


def is_deferred(thing):
    """As Twisted's run loop asks it: by the type alone, since an abstract class takes long to ask, or so that it may
    be a proxy of one."""
    return type(thing) in deferred_types if deferred_types is not None else isinstance(thing, _deferred_type)


def stage_added(deferred, callback, errback, args, frame):
    """A stage was appended; `frame` is who asked for that."""
    key = id(deferred)
    state = numbers.get(key)
    if state is None:
        adopted(deferred)
        return
    numbers[key] = state + 1
    index = state & MASK
    if reordered and key in reordered:
        order = reordered[key]
        if order and order[0] is None:
            order[0] = index
        else:
            order.append(index)
    known = _sites.get(
        (
            id(frame.f_code),
            frame.f_lasti,
            id(callback.__code__ if type(callback) is Function else code_of(callback)),
            id(errback.__code__ if type(errback) is Function else code_of(errback)),
        )
    ) or site_of(callback, errback, frame)
    fields, special, _ = known
    if special is not None:
        fields = special(state >> SHIFT, callback, errback, args, number, frame)
    elif fields is None:
        fields = stages.names(callback, errback) + texts.place_above(frame)
    add(f'"e":"stage","d":{state >> SHIFT},"i":{index}{fields}')


def site_of(callback, errback, frame):
    """How a stage is told that is added there: (all its fields, or None; who tells them else; what is kept alive).

    Another that is added there, with handlers of the same code, is told the same way.
    """
    code = frame.f_code
    codes = [code_of(function) for function in (callback, errback)]
    special, is_known = stages.special(callback, codes[0])
    fields = None
    if special is None and not texts.stacks and texts.places_of(code)[0] is not None:
        fields = stages.names(callback, errback) + texts.place_above(frame)
    # The codes are kept with it, so that their ids stay their own.
    known = (fields, special, codes + [code])
    # Wrappers share their code, so it does not tell what they wrap; and what has no code is known by nothing else.
    if not is_known or None in codes:
        return known
    if any("__wrapped__" in function_of(function).__dict__ for function in (callback, errback)):
        return known
    if len(_sites) >= texts.MOST_PLACES:
        _sites.clear()
    _sites[id(code), frame.f_lasti, id(codes[0]), id(codes[1])] = known
    return known


def next_index(key, index):
    """The index of the stage that was just taken off a chain: `index`, unless somebody changed the order."""
    order = reordered.get(key)
    if order:
        index = order.pop(0)
    elif order is not None:
        del reordered[key]
    return max(index or 0, 0)


def puts_first(deferred, left):
    """The next stage to be added will run before the `left` that wait: that is how inlineCallbacks is cancelled."""
    key = id(deferred)
    added = numbers.get(key, 0) & MASK
    reordered[key] = [None] + list(range(added - left, added))


def continuation(inner):
    """The index of the stage that gives the result of `inner` on to one that waits for it."""
    number(inner)
    key = id(inner)
    index = numbers[key] & MASK
    numbers[key] += 1
    if reordered and key in reordered:
        reordered[key].append(index)
    return index
