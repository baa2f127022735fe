"""Deferreds: numbers for them, and what is told of their stages.

Nothing is kept in a Deferred, and none is kept alive: a table by id says its number and how many stages it ever
got, and its `__del__` takes it out of there.
"""

from . import failures, stages, texts
from .output import add, emit
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
_plain_types = {type(None)}  # Those that are neither Failures nor Deferreds.


def reset():
    global _next
    _next = 0
    for table in (numbers, reordered, debug_infos, _sites):
        table.clear()


def prepare(defer, callbacks_name):
    global _deferred_type, _failure_type, _callbacks_name
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
    """One that was there before the recorder looked: made known, with the stages it still has."""
    found = new_number(deferred)
    waiting = getattr(deferred, _callbacks_name, ())
    kind = type(deferred).__name__
    emit('"e":"made","d":%d,"origin":"found","name":%s' % (found, texts.text(kind)))
    if deferred.__dict__.get("called") and "result" in deferred.__dict__:
        emit('"e":"settled","d":%d,%s' % (found, told(deferred.result)))
    for index, item in enumerate(list(waiting)):
        (callback, args, _), (errback, _, _) = item
        numbers[id(deferred)] += 1
        if callback is errback and not callable(callback):
            continue  # What gives the result on to one that waits.
        special = stages.special(callback, getattr(callback, "__code__", None))
        if special is None:
            names = stages.names(callback, errback)
        else:
            names = special(found, callback, errback, args, number, None)
        emit('"e":"stage","d":%d,"i":%d%s' % (found, index, names))
    return numbers[id(deferred)]


def told(result):
    """What goes along a chain, as a field."""
    if result is None:
        return '"v":"none"'
    kind = type(result)
    if kind in _plain_types:
        return described(result, kind)
    if isinstance(result, _failure_type):
        return '"vf":%d' % failures.number(result)
    if isinstance(result, _deferred_type):
        return '"vd":%d' % number(result)
    if len(_plain_types) < 10_000:
        _plain_types.add(kind)
    return described(result, kind)


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
            id(getattr(callback, "__code__", None)),
            id(getattr(errback, "__code__", None)),
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
    codes = [getattr(function, "__code__", None) for function in (callback, errback)]
    special = stages.special(callback, codes[0])
    fields = None
    if special is None and not texts.stacks and texts.places_of(code)[0] is not None:
        fields = stages.names(callback, errback) + texts.place_above(frame)
    # The codes are kept with it, so that their ids stay their own.
    known = (fields, special, codes + [code])
    # Wrappers share their code, so it does not tell what they wrap; and what has no code is known by nothing else.
    if None in codes or any(hasattr(function, "__wrapped__") for function in (callback, errback)):
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
