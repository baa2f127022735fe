"""What one run keeps: names, the virtual clock, and the record of what user code observed."""
from twisted.internet import defer, task
from twisted.logger import globalLogBeginner
from twisted.python.failure import Failure

from scenario_values import abort, error_text, json_of, message_of, raised, unbound

TIMER_CALLS, HANDLER_CALLS = 20_000, 50_000
CANCELS_IN_EACH_OTHER = 100


def watch_for_circles():
    """Ends the run where a cancel comes back to itself for ever.

    Twisted recurses until the stack is full, and a list that is cancelled swallows the RecursionError: what comes
    of it depends on where in Twisted's code the stack came to its end.
    """
    depths = {}

    def watched(cancel):
        def cancelling(deferred):
            depth = depths[id(deferred)] = depths.get(id(deferred), 0) + 1
            if depth > CANCELS_IN_EACH_OTHER:
                abort("a cancel that comes back to itself")
            try:
                cancel(deferred)
            finally:
                depths[id(deferred)] -= 1

        return cancelling

    for kind in (defer.Deferred, defer.DeferredList):
        kind.cancel = watched(kind.cancel)


class Entry:
    """One Deferred by the name it is reported under."""

    def __init__(self, name):
        self.name, self.deferred, self.alias, self.stages = name, None, None, 0


class Names:
    """Names are bound when a thing is made; a second object of a name is `NAME#2`."""

    def __init__(self):
        self._made = {}
        self._bound = {}
        self._objects = {}
        self._kept = []

    def label(self, kind, name):
        """The label of the next object of this name: `x`, `x#2`, `x#3`."""
        count = self._made[kind, name] = self._made.get((kind, name), 0) + 1
        return name if count == 1 else f"{name}#{count}"

    def give_back(self, kind, name):
        """What was to be made was not: a call that raises uses up no number."""
        self._made[kind, name] -= 1

    def bind(self, kind, name, thing):
        self._bound[kind, name] = thing

    def unbind(self, kind, name):
        del self._bound[kind, name]

    def find(self, kind, name):
        if (kind, name) not in self._bound:
            raise unbound(name)
        return self._bound[kind, name]

    def know(self, kind, thing, label):
        """From now on `thing` is shown as {kind: label}."""
        self._kept.append(thing)
        self._objects.setdefault(id(thing), (kind, label))

    def name_of(self, thing):
        kind = "deferred" if isinstance(thing, defer.Deferred) else type(thing).__name__
        return self._objects.get(id(thing), (kind, None))


class OwnedClock:
    """A Clock as one owner sees it: an exception out of a timer is logged under the owner's name, and time goes on."""

    def __init__(self, world, owner):
        self._world, self._owner = world, owner

    def seconds(self):
        return self._world.clock.seconds()

    def callLater(self, delay, function, *arguments, **keywords):
        world, owner = self._world, self._owner

        def guarded():
            world.timer_calls += 1
            if world.timer_calls > TIMER_CALLS:
                abort(f"more than {TIMER_CALLS} timer calls: {owner} never stops")
            try:
                function(*arguments, **keywords)
            except BaseException as exception:
                world.note("error", error_text(exception), owner)

        return world.clock.callLater(delay, guarded)


class World:
    def __init__(self):
        self.clock = task.Clock()
        self.clock.rightNow = 0  # whole microseconds: Twisted's Clock takes any number, and these are exact
        self.names = Names()
        self.calls, self.log, self.entries, self.unhandled = [], [], [], []
        self.ticks = {}
        self.timer_calls = 0
        self._running = []
        self._by_deferred = {}
        self._letting_go = None
        watch_for_circles()
        globalLogBeginner.beginLoggingTo([self._twisted_logs], redirectStandardIO=False, discardBuffer=True)

    def now(self):
        return int(self.clock.seconds())

    # Records.

    def note(self, kind, text, who=None):
        who = who or (self._running[-1] if self._running else None)
        self.log.append({"t": self.now(), "kind": kind, "who": who, "text": text})

    def as_running(self, who, function):
        """Runs `function` as `who`, which its log lines will carry."""
        self._running.append(who)
        try:
            return function()
        finally:
            self._running.pop()

    def observed(self, who, kind, value, function):
        """Runs user code and keeps what came in and what went out."""
        record = {"t": self.now(), "who": who, "kind": kind, "in": json_of(value, self.names), "out": None}
        self.calls.append(record)
        if len(self.calls) > HANDLER_CALLS:
            abort(f"more than {HANDLER_CALLS} handler calls: {who} never stops")
        try:
            result = self.as_running(who, function)
        except StopIteration:
            record["out"] = {"done": True}
            raise
        except BaseException as exception:
            record["out"] = raised(exception)
            raise
        record["out"] = json_of(result, self.names)
        return result

    def _twisted_logs(self, event):
        failure = event.get("log_failure")
        if failure is None:
            return
        if event.get("log_format", "").startswith("Exception raised from user supplied canceller"):
            combined = failure.tb.tb_frame.f_locals["self"]
            self.note("error", error_text(failure.value), self.names.name_of(combined)[1])
        elif self._letting_go is not None:
            self.note("unhandled", error_text(failure.value), self._letting_go)
            self.unhandled.append(self._letting_go)

    # Deferreds.

    def entry_of(self, deferred):
        return self._by_deferred.get(id(deferred))

    def enter(self, entry):
        self._by_deferred.setdefault(id(entry.deferred), entry)

    def let_go(self, entry):
        """Lets Twisted's own collection hook see a Deferred go: it alone decides whether an error was unhandled."""
        if entry.alias or entry.deferred is None or entry.name in self.unhandled:
            return
        if entry.deferred._runningCallbacks:
            return  # the loop that runs its chain still holds it
        if entry.deferred._debugInfo is not None:
            self._letting_go = entry.name
            entry.deferred._debugInfo = defer.DebugInfo()  # the one that was there is collected, as with its Deferred
            self._letting_go = None

    # What stands at a moment.

    def waiting_on(self, deferred):
        """The Deferred that `deferred` waits for: its result is that Deferred, whose chain leads back here."""
        inner = getattr(deferred, "result", None)
        if not isinstance(inner, defer.Deferred) or not (deferred.paused or deferred._chainedTo is inner):
            return None
        leads_back = any(stage[0][0] is defer._CONTINUE and stage[0][1][0] is deferred for stage in inner._callbacks)
        return inner if leads_back else None

    def final_of(self, entry):
        deferred = entry.deferred
        state = {"called": bool(deferred.called), "paused": deferred.paused}
        inner = self.waiting_on(deferred)
        if inner is None and hasattr(deferred, "result"):
            state["result"] = json_of(deferred.result, self.names)
        state["waiting"] = self.names.name_of(inner)[1] if inner is not None else None
        if entry.alias:
            state["alias"] = entry.alias
        return state

    def final(self):
        return {entry.name: self.final_of(entry) for entry in self.entries if entry.deferred is not None}

    def timers(self):
        return sorted(int(call.getTime()) for call in self.clock.getDelayedCalls())

    def report(self):
        return {
            "calls": self.calls,
            "final": self.final(),
            "unhandled": sorted(self.unhandled),
            "log": self.log,
            "ticks": self.ticks,
            "timers": self.timers(),
            "time": self.now(),
        }
