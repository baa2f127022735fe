"""Puts the recorder together: which functions of Twisted are patched, and when."""

import functools
import os
import sys
import types

from . import (
    actors,
    callers,
    care,
    chains,
    children,
    ends,
    failures,
    filters,
    header,
    importing,
    known,
    lives,
    logs,
    loop,
    mimic,
    output,
    partly,
    stages,
    texts,
    timers,
    values,
    volume,
)
from .output import emit, quoted

_patches = []
_path = None
_program = "python"
_is_on = False
_began = False
_forks = False
_refused = None


def loaded(module, path, mode, options=None):
    """A module that is waited for was imported."""
    global _refused
    if _refused:
        return
    try:
        if not _began:
            start(path, mode, **(options or {}))
        elif _is_on and module.__name__ == importing.FIRST:
            # Its Deferred is another class now, of which the recorder knows nothing.
            importing.report("again %d" % importing.own_number())
            emit('"e":"note","kind":"mark","name":"trapline","text":%s' % quoted(AGAIN))
        if _is_on and module.__name__ in PATCHES:
            PATCHES[module.__name__](module)
    except known.UnknownTwisted as error:
        _refused = str(error)
        importing.report("refused %s" % error)


def start(path, mode="repr", stacks=False, max_size=0, keep_last=0, filter=()):
    """Records into `path` from now on. Twisted's Deferred is imported, if it was not."""
    global _path, _is_on, _began, _forks, _program
    if _is_on:
        raise RuntimeError("the recorder runs already")
    unpatch()  # What the program has put back by now.
    owners = {owner.__name__ for owner in wrapped_owners()} - STILL_HEARD
    if owners:
        owners = ", ".join(sorted(owners))
        raise RuntimeError("the program replaced functions of %s, and these still call the recorder" % owners)
    if mode not in ("repr", "types", "none"):
        raise ValueError("values are written as repr, types or none, not %r" % (mode,))
    import twisted.internet.defer as defer

    known.check(defer)
    _path = os.path.abspath(path)
    _program = header.program()
    values.mode = mode
    texts.stacks = stacks
    volume.max_size, volume.keep_last = max_size, keep_last
    filters.prepare(filter)
    reset()
    output.began = output.now()
    # What a chain that runs right now, or a record that is handled, still tells of itself is not for this recording.
    chains.debug_infos = {}
    logs.forget()
    is_held = output.hold(output.LONGEST_WRITE)
    output.start_anew()
    output.opening = open_file
    if is_held:
        output.let_go()
    try:
        patch_defer(defer)
    except Exception as error:
        unpatch()
        raise known.unknown(error) from error
    importing.report("twisted %d" % importing.own_number())
    _is_on = _began = True
    for name, patch_module in PATCHES.items():
        # One that is being imported right now will be told of when it is whole.
        module = sys.modules.get(name)
        if module is not None and not getattr(module.__spec__, "_initializing", False):
            patch_module(module)
    if not any(isinstance(finder, importing.Finder) for finder in sys.meta_path):
        importing.watch(lambda module: loaded(module, path, mode))
    ends.watch()
    children.watch(ends.through, hook)
    ends.watch_interpreter(output.close)
    importing.watch_forks()
    if not _forks and hasattr(os, "register_at_fork"):
        _forks = True
        os.register_at_fork(after_in_child=forked)


def stop():
    """Writes what is left and closes the file; Twisted is as it was. Returns the path of the file, if one was made."""
    global _is_on
    if not _is_on:
        return None
    _is_on = False
    try:
        unpatch()
        ends.forget()
        ends.forget_interpreter()
    finally:
        output.close("stopped", goes_on=True)
    return output.made()


def unpatch():
    """Twisted is as it was, but for what the program put something of its own before: that may call ours."""
    kept = [patched for patched in _patches if patched[0] in wrapped_owners()]
    while _patches:
        owner, name, original, _ = patched = _patches.pop()
        if patched in kept:
            continue
        if original is None:
            delattr(owner, name)
        else:
            setattr(owner, name, original)
    _patches[:] = kept


def wrapped_owners():
    return [owner for owner, name, _, ours in _patches if owner.__dict__.get(name) is not ours]


def mark(words):
    if _is_on:
        emit('"e":"note","kind":"mark","name":"mark","text":%s' % quoted(str(words)[:1000]))


def reset():
    for part in (texts, failures, chains, lives, stages, timers, actors):
        part.reset()


def forked():
    if _is_on:
        reset()
        for part in (values, lives, logs):
            part.forked()
        output.start_anew(is_child=True)
        output.opening = open_file


# The file


def open_file():
    try:
        path = output.opened(_path, header.line(_program))
    except OSError as error:
        importing.report("failed %d %d %s" % (importing.own_number(), error.errno or 0, _path))
    except Exception as error:
        care.keep(error)
        words = values.name_of(type(error)), values.guarded(str, error, None, "text")
        importing.report("refused no file could be begun: %s: %s" % words)
    else:
        importing.report("file %d %s" % (importing.own_number(), path))
        if sys.implementation.name == "cpython" and sys.maxsize > 1 << 32:
            # Where `trapline record` finds what is not written yet, if this process hangs.
            headers = (object.__basicsize__, sys.getsizeof("") - 1)
            importing.report("waiting %d %d %d %d" % ((importing.own_number(), id(output.lines)) + headers))


def open_early():
    path = output.open_early(_path)
    if path is not None:
        importing.report("early %d %s" % (importing.own_number(), path))


ends.giving_up_rights = open_early


# Twisted


def patch(owner, name, function):
    """Puts `function` where `owner` has `name`, looking like what was there."""
    original = owner.__dict__.get(name)
    if original is not None and getattr(function, "__wrapped__", None) is None:
        functools.update_wrapper(function, original)
        if isinstance(function, types.FunctionType):
            # Deferreds are called after the function of Twisted's that makes them, and tracebacks show its name.
            function.__code__ = function.__code__.replace(co_name=name)
    _patches.append((owner, name, original, function))
    setattr(owner, name, function)


def hook(owner, name, make):
    original = owner.__dict__.get(name)
    if original is not None and not any(known[:2] == (owner, name) for known in _patches):
        patch(owner, name, make(original))


def hook_meant(owner, name, make):
    """As `hook`; where a part of the program is recorded, for that part."""
    hook(owner, name, filters.only(make) if filters.is_on else make)


def patch_defer(defer):
    deferred = defer.Deferred
    names_of_loop = deferred._runCallbacks.__code__.co_names
    texts.library(os.path.dirname(os.path.dirname(os.path.abspath(defer.__file__))))
    chains.prepare(defer, "_callbacks" if "_callbacks" in names_of_loop else "callbacks")
    stages.prepare(defer)
    lives.prepare(defer)
    names = ["__init__", "addCallbacks", "_startRunCallbacks", "_runCallbacks", "cancel", "pause", "unpause"]
    if "addCallbacks" not in deferred.addCallback.__code__.co_names:
        names += ["addCallback", "addErrback", "addBoth"]
    originals = {name: deferred.__dict__[name] for name in names}
    renamed = {"_callbacks": chains._callbacks_name}
    tools = tools_for(deferred, originals)
    other = partly if filters.is_on else None
    functions = mimic.compiled(loop, "hooks", tools, defer, originals, renamed, other)
    for name in names:
        patch(deferred, name, functions[name])
    patch(deferred, "__del__", lives.collected_hook(deferred.__dict__.get("__del__")))
    read_hook = filters.read_hook if filters.is_on else lives.read_hook
    hook(deferred, "__iter__", read_hook)
    if deferred.__dict__["__await__"].__code__.co_names != ("__iter__",):
        hook(deferred, "__await__", read_hook)
    hook(defer.DebugInfo, "__del__", lives.unhandled_hook)
    hook(defer.DeferredList, "cancel", list_cancel)
    hook(defer.Failure, "check", failures.check_hook)
    actors.patch(defer, hook_meant)
    if "callback" not in defer.succeed.__code__.co_names:
        succeed_hook = filters.succeed_hook if filters.is_on else functools.partial(lives.succeed_hook, defer)
        hook(defer, "succeed", succeed_hook)


def tools_for(deferred, originals):
    """What the compiled functions reach of the recorder."""
    fires, adds = deferred._startRunCallbacks.__code__, deferred.addCallbacks.__code__
    watched = filters if filters.is_on else lives
    return types.SimpleNamespace(
        **{name: getattr(chains, name) for name in CHAIN_TOOLS},
        **{name: getattr(output, name) for name in OUTPUT_TOOLS},
        emit=emit_to(output.lines),
        values=values,
        immutable=values.IMMUTABLE,
        stages=stages,
        stage_added=filters.stage_added if filters.is_on else chains.stage_added,
        called=texts.called,
        callables=texts._callables,
        entering=stages.entering,
        failure_number=failures.number,
        may_throw=failures.may_throw,
        originals=originals,
        getframe=sys._getframe,
        made=watched.made,
        told_fired=watched.told_fired,
        skips=filters.skips if filters.is_on else None,
        failed=filters.failed,
        will_wait=filters.will_wait,
        will_take=filters.will_take,
        canceller_left=lives.canceller_left,
        cleans_failures="cleanFailure" in deferred._runCallbacks.__code__.co_names,
        drops_canceller="_canceller" in fires.co_names,
        asserts_callable="callable" in adds.co_names,
        closures=stages.closures,
        Function=types.FunctionType,
        code_of=care.code_of,
        Deepest=care.Deepest,
        pass_on=care.pass_on,
    )


def emit_to(lines):
    """What tells in one recording: a chain that runs on after it has the numbers of that one."""

    def emit(fields):
        if output.lines is lines:
            output.emit(fields)

    return emit


CHAIN_TOOLS = [
    "UNREAD",
    "is_deferred",
    "pauses",
    "numbers",
    "reordered",
    "told",
    "number",
    "adopted",
    "next_index",
]
CHAIN_TOOLS += ["continuation", "debug_infos", "SHIFT", "MASK", "puts_first", "_plain_types"]
OUTPUT_TOOLS = ["add_line", "now", "began", "line_ends", "written", "write_due", "add"]


def list_cancel(original):
    def cancel(self):
        if not (values.busy and values.inside()) and not (filters.is_on and filters.skips(self)):
            emit('"e":"cancel","d":%d' % chains.number(self))
        return original(self)

    return cancel


def patch_base(base):
    hook_meant(base.DelayedCall, "__init__", timers.init_hook)
    hook(base.DelayedCall, "cancel", timers.cancel_hook)
    hook(base.DelayedCall, "reset", timers.move_hook)
    hook(base.DelayedCall, "delay", timers.move_hook)
    patch_calls(base.ReactorBase, "runUntilCurrent")
    hook(base.ReactorBase, "timeout", timers.timeout_hook)


def patch_calls(owner, name):
    """`owner.name` makes delayed calls."""
    woven = timers.makes_calls(owner.__dict__[name])
    if woven is not None:
        patch(owner, name, woven)
        return
    from twisted.internet.base import DelayedCall

    callers.runner(owner.__dict__[name])
    if "func" not in DelayedCall.__dict__:
        patch(DelayedCall, "func", callers.Function())


def patch_asyncio(module):
    for name in ("_readOrWrite", "_onTimer", "callLater"):
        hook(module.AsyncioSelectorReactor, name, timers.asyncio_hook)


def patch_task(task):
    patch_calls(task.Clock, "advance")
    lives.origin_of(task.deferLater, "later")
    lives.origin_of(task.LoopingCall.start, "loop")
    plain = task.LoopingCall.__call__.__code__
    hook(task.LoopingCall, "__call__", timers.tick_hook)
    lives.ticks[:] = [plain, task.LoopingCall.__call__.__code__]
    hook(task.LoopingCall, "reset", timers.reset_hook)
    actors.patch_tasks(task, hook_meant)


def patch_logger(module):
    from twisted.logger import LogLevel, formatEvent
    from twisted.logger._buffer import LimitedHistoryLogObserver

    logs.prepare((LogLevel.critical, LogLevel.error, LogLevel.warn), formatEvent)
    hook(module.LogPublisher, "__call__", logs.publish_hook)
    hook(LimitedHistoryLogObserver, "replayTo", logs.replay_hook)


def patch_logging(logging):
    hook(logging.Logger, "callHandlers", logs.handle_hook)


# Of those the program may have wrapped ours, which is still called, and tells in the recording that there is.
STILL_HEARD = {"Logger"}
AGAIN = "twisted.internet.defer was loaded again: what its new Deferreds do is not recorded"
PATCHES = {
    "twisted.internet.base": patch_base,
    "twisted.internet.asyncioreactor": patch_asyncio,
    "twisted.internet.task": patch_task,
    "twisted.logger._observer": patch_logger,
    "logging": patch_logging,
}
