"""What several share and what runs by turns: locks, semaphores, queues, and the tasks of a cooperator.

Their state is told before what they call, which may change it again.
"""

import sys
import weakref

from . import failures, stages, texts, values
from .care import hide, quietly
from .chains import SHIFT, failure_type, numbers
from .output import emit, quoted
from .woven import before_all

TOOL = sys.modules[__name__]

_actors = {}  # id(object) -> (its number, what ends that)
_next = 0


def reset():
    global _next
    _actors.clear()
    _next = 0


def new_actor():
    global _next
    _next += 1
    return _next - 1


def actor(thing):
    """The number of a thing, from when it is first seen until it is gone; and whether it is new."""
    key = id(thing)
    known = _actors.get(key)
    if known is not None:
        return known[0], False
    found = new_actor()
    _actors[key] = (found, weakref.ref(thing, lambda _: _actors.pop(key, None)))
    return found, True


def shared(thing, kind, held, waiting, total, turn):
    found, _ = actor(thing)
    limit = "" if total is None else ',"total":%d' % total
    emit(
        '"e":"shared","actor":%d,"kind":"%s","name":"%s %d","held":%d,"waiting":%d%s%s'
        % (found, kind, kind, found, held, waiting, limit, turn)
    )


def asked(deferred):
    """Whose turn it is, or who begins to wait for it; nothing of one that is not watched."""
    state = numbers.get(id(deferred))
    return "" if state is None else ',"%s":%d' % ("to" if deferred.called else "d", state >> SHIFT)


def given(waiting):
    """Whose turn comes, if any one waits: the first."""
    state = numbers.get(id(waiting[0])) if waiting else None
    return "" if state is None else ',"to":%d' % (state >> SHIFT)


def patch(defer, hook):
    hook(defer.DeferredLock, "acquire", told_after(lock))
    hook(defer.DeferredLock, "release", told_before("lock_released"))
    hook(defer.DeferredLock, "_cancelAcquire", told_given_up(lock_state))
    hook(defer.DeferredSemaphore, "acquire", told_after(semaphore))
    hook(defer.DeferredSemaphore, "release", told_before("semaphore_released"))
    hook(defer.DeferredSemaphore, "_cancelAcquire", told_given_up(semaphore_state))
    hook(defer.DeferredQueue, "get", told_after(queue))
    hook(defer.DeferredQueue, "put", told_before("queue_filled"))
    hook(defer.DeferredQueue, "_cancelGet", told_given_up(queue_state))


def told_after(tell):
    """For what takes or waits, and calls nothing of the program's before that."""

    tell = quietly(tell)

    def make(original):
        def call(self, *arguments, **named):
            try:
                result = original(self, *arguments, **named)
            except BaseException as error:
                hide(error)
                raise
            if not (values.busy and values.inside()):
                tell(self, result)
            return result

        return call

    return make


def told_before(name):
    """For what gives to one that waits, whose handlers run inside of it: they find no frame of ours below them."""

    def make(original):
        woven = before_all(original, name, TOOL)
        if woven is not None:
            return woven

        def call(self, *arguments, **named):
            globals()[name](self)
            try:
                return original(self, *arguments, **named)
            except BaseException as error:
                hide(error)
                raise

        return call

    return make


def told_given_up(tell):
    """For one that waits, and does no more: it is cancelled."""

    @quietly
    def given_up(thing, deferred):
        state = numbers.get(id(deferred))
        tell(thing, "" if state is None else ',"from":%d' % (state >> SHIFT))

    def make(original):
        def call(self, deferred):
            try:
                original(self, deferred)
            except BaseException as error:
                hide(error)
                raise
            if not (values.busy and values.inside()):
                given_up(self, deferred)

        return call

    return make


def lock(thing, deferred):
    lock_state(thing, asked(deferred))


def lock_state(thing, turn):
    shared(thing, "lock", int(thing.locked), len(thing.waiting), 1, turn)


def quietly_outside(tell):
    """For what stands in functions of Twisted's, which may also be called for the recorder."""
    tell = quietly(tell)

    def told(thing):
        if not (values.busy and values.inside()):
            tell(thing)

    return told


@quietly_outside
def lock_released(thing):
    if thing.locked:
        waiting = len(thing.waiting)
        shared(thing, "lock", int(waiting > 0), max(0, waiting - 1), 1, given(thing.waiting))


def semaphore(thing, deferred):
    semaphore_state(thing, asked(deferred))


def semaphore_state(thing, turn):
    held = thing.limit - thing.tokens
    shared(thing, "semaphore", held, len(thing.waiting), thing.limit, turn)


@quietly_outside
def semaphore_released(thing):
    if thing.tokens < thing.limit:
        waiting = len(thing.waiting)
        held = thing.limit - thing.tokens - (not waiting)
        shared(thing, "semaphore", held, max(0, waiting - 1), thing.limit, given(thing.waiting))


def queue(thing, deferred):
    queue_state(thing, asked(deferred))


def queue_state(thing, turn):
    shared(thing, "queue", len(thing.pending), len(thing.waiting), thing.size, turn)


@quietly_outside
def queue_filled(thing):
    held, waiting = len(thing.pending), len(thing.waiting)
    if waiting:
        shared(thing, "queue", held, waiting - 1, thing.size, given(thing.waiting))
    elif thing.size is None or held < thing.size:
        shared(thing, "queue", held + 1, 0, thing.size, "")


# Tasks


def patch_tasks(task, hook):
    hook(task.CooperativeTask, "pause", pause_hook)
    hook(task.CooperativeTask, "resume", resume_hook)
    hook(task.CooperativeTask, "_completeWith", complete_hook)
    hook(task.CooperativeTask, "__init__", task_hook)


def task_hook(original):
    def __init__(self, iterator, cooperator):
        # It may end at once, inside.
        if not (values.busy and values.inside()):
            tell_task(self, iterator, cooperator)
        original(self, iterator, cooperator)

    return __init__


@quietly
def tell_task(task, iterator, cooperator):
    found, _ = actor(task)
    number, _ = actor(cooperator)
    name = texts.text(stages.generator_name(iterator))
    words = quoted("cooperator %d" % number)
    emit('"e":"task","actor":%d,"name":%s,"cooperator":%s' % (found, name, words))


def pause_hook(original):
    def pause(self):
        try:
            original(self)
        except BaseException as error:
            hide(error)
            raise
        tell_count(self, "task_paused")

    return pause


def resume_hook(original):
    def resume(self):
        try:
            original(self)
        except BaseException as error:
            hide(error)
            raise
        tell_count(self, "task_resumed")

    return resume


def tell_count(task, kind):
    if id(task) in _actors and not (values.busy and values.inside()):
        emit('"e":"%s","actor":%d,"count":%d' % (kind, _actors[id(task)][0], task._pauseCount))


def complete_hook(original):
    def _completeWith(self, completionState, deferredResult):
        if id(self) in _actors and not (values.busy and values.inside()):
            failed = isinstance(deferredResult, failure_type())
            why = ',"f":%d' % failures.number(deferredResult) if failed else ""
            emit('"e":"task_ended","actor":%d%s' % (_actors[id(self)][0], why))
        return original(self, completionState, deferredResult)

    return _completeWith
