"""Interprets a scenario's Deferreds, stages, handlers and actions by calling Twisted's public API for each."""
from twisted.internet import defer, task
from twisted.python.failure import Failure

from scenario_numbers import microseconds
from scenario_scripts import Steps, coroutine, run_async, run_script
from scenario_values import ErrorTypes, Frame, message_of, render, render_text
from scenario_world import Entry, OwnedClock, World

ACTIONS = """fire fail cancel pause unpause add chain start stop reset pause_task resume_task when_done call
    cancel_call reset_call delay_call acquire release run_locked put get drop advance say""".split()
HANDLER_KEYS = "name trap log do return raise await pass return_failure each".split()
ORIGINS = "succeed fail later maybe list gather race script async".split()


def as_list(value):
    return value if isinstance(value, list) else [value]


class Program:
    def __init__(self, scenario):
        self.scenario = scenario
        self.world = World()
        self.names = self.world.names
        self.errors = ErrorTypes(scenario.get("errors"))
        self._turns = {}
        self.loops, self.tasks, self.sharing, self.cooperators = {}, {}, {}, {}

    def clock_of(self, owner):
        return OwnedClock(self.world, owner)

    # Values.

    def value(self, raw, frame):
        return render(raw, frame, self.names)

    def text(self, raw, frame):
        return render_text(raw, frame, self.names)

    def error(self, raw, frame):
        if isinstance(raw, dict):
            return self.errors.make(raw["type"], self.text(str(raw.get("message", "")), frame))
        name, _, message = str(raw).partition(" ")
        return self.errors.make(name.removesuffix(":"), self.text(message.strip(), frame))

    # Deferreds.

    def find(self, name):
        return self.names.find("deferred", str(name))

    def deferred(self, reference, who, frame):
        """A Deferred by name, or an inline one made anew."""
        if isinstance(reference, dict):
            return self.make(reference, reference.get("as", f"{who}.await"), frame).deferred
        return self.find(reference).deferred

    def adopt(self, entry, base, deferred, bind=True):
        """`deferred` is from now on what `base` means, and is reported under the entry's name."""
        known = self.world.entry_of(deferred)
        entry.deferred = deferred
        if known is not None and known is not entry:
            entry.alias, entry.original = known.name, known
        self.world.enter(entry)
        self.names.know("deferred", deferred, entry.name)
        if bind:
            self.names.bind("deferred", base, entry)
        return entry

    def born(self, base, make, first=False):
        """Makes a Deferred by calling `make(entry)`; `first`: it exists before user code runs within that call."""
        entry = Entry(self.names.label("deferred", base))
        if first:
            self.world.entries.append(entry)
        try:
            deferred = make(entry)
        except BaseException:
            self.names.give_back("deferred", base)
            if first:
                self.world.entries.remove(entry)
            raise
        self.adopt(entry, base, deferred)
        if not first:
            self.world.entries.append(entry)
        return entry

    def make(self, spec, base, frame):
        base = str(base)
        entry = self._originate(spec, base, frame)
        self.add_stages(entry, spec.get("chain"), frame)
        return entry

    def _originate(self, spec, base, frame):
        origin = next((key for key in ORIGINS if key in spec), None)
        given = spec.get(origin)
        match origin:
            case "succeed":
                return self.born(base, lambda entry: defer.succeed(self.value(given, frame)))
            case "fail":
                return self.born(base, lambda entry: defer.fail(self.error(given, frame)))
            case "later":
                return self.born(base, lambda entry: self._later(spec, entry, frame))
            case "maybe" if "async" in (given or {}):
                return self.born(
                    base, lambda entry: defer.maybeDeferred(
                        lambda: coroutine(self, given["async"], entry.name, frame)), first=True)
            case "maybe":
                return self.born(
                    base, lambda entry: defer.maybeDeferred(self.handler(given, entry.name, "maybe", frame=frame)))
            case "list" | "gather" | "race":
                members = [self._member(item, f"{base}.{i}", frame) for i, item in enumerate(given or [])]
                return self.born(base, lambda entry: self._combine(origin, members, spec))
            case "script":
                return self.born(base, lambda entry: run_script(self, given, entry.name, frame), first=True)
            case "async":
                return self.born(base, lambda entry: run_async(self, given, entry.name, frame), first=True)
        return self.born(base, lambda entry: defer.Deferred(self._canceller(spec, entry.name, frame)))

    def _later(self, spec, entry, frame):
        body = {key: spec[key] for key in HANDLER_KEYS if key in spec}
        function = self.handler(body, entry.name, "later", frame=frame)
        return task.deferLater(self.clock_of(entry.name), microseconds(spec["later"]), function)

    def _member(self, item, base, frame):
        if isinstance(item, dict):
            return self.make(item, item.get("as", base), frame).deferred
        return self.find(item).deferred

    def _combine(self, origin, members, spec):
        if origin == "race":
            return defer.race(members)
        consume = bool(spec.get("consume_errors", False))
        if origin == "gather":
            return defer.gatherResults(members, consumeErrors=consume)
        return defer.DeferredList(
            members, fireOnOneCallback=bool(spec.get("fire_on_one_callback", False)),
            fireOnOneErrback=bool(spec.get("fire_on_one_errback", False)), consumeErrors=consume)

    def _canceller(self, spec, name, frame):
        if "canceller" not in spec:
            return None
        own = Frame(None, frame.count)
        who = f"{name}.canceller"

        def canceller(_):
            self.world.observed(who, "canceller", None, lambda: self.act_all(as_list(spec["canceller"]), own, who))

        return canceller

    # Stages.

    def add_stages(self, entry, stages, frame):
        for stage in stages or []:
            self._add_stage(getattr(entry, "original", entry), stage, frame)

    def _add_stage(self, entry, stage, frame):
        deferred = entry.deferred
        if "chain_to" in stage:
            target = self.deferred(stage["chain_to"], entry.name, frame)
            entry.stages += 1
            deferred.chainDeferred(target)
            return
        index = entry.stages
        entry.stages += 1

        def side(key):
            return self.handler(stage[key], entry.name, key, f"{key} {index}", frame)

        if "timeout" in stage:
            on_timeout = None
            if "on_timeout" in stage:
                handler = side("on_timeout")
                on_timeout = lambda result, seconds: handler(result)
            deferred.addTimeout(microseconds(stage["timeout"]), self.clock_of(entry.name), on_timeout)
        elif "both" in stage:
            deferred.addBoth(side("both"), "both")
        elif "callback" in stage and "errback" in stage:
            deferred.addCallbacks(side("callback"), side("errback"))
        elif "callback" in stage:
            deferred.addCallback(side("callback"))
        else:
            deferred.addErrback(side("errback"))

    # Handlers.

    def handler(self, spec, owner, kind, default=None, frame=Frame(), alone=None):
        """A Python function that does what the handler says, and is observed as OWNER.NAME (or `alone` if unnamed)."""
        spec = self.normal(spec)
        name = spec.get("name")

        def function(value=None, *_, count=None):
            body, own = self._turn(spec, name)
            who = alone if alone and own is None else f"{owner}.{own if own is not None else default or kind}"
            inner = Frame(value, frame.count if count is None else count)
            reported = self._side(kind, value)
            return self.world.observed(who, reported, value, lambda: self._handle(body, inner, who))

        return function

    @staticmethod
    def _side(kind, value):
        if kind != "both":
            return kind
        return "errback" if isinstance(value, Failure) else "callback"

    @staticmethod
    def normal(spec):
        """Wherever a handler is expected, an action stands for itself, and nothing for a handler that does nothing."""
        if isinstance(spec, list):
            return {"each": spec}
        spec = spec or {}
        return {"do": [spec]} if any(key in ACTIONS for key in spec) else spec

    def _turn(self, spec, name):
        """`each`: one handler a call, the last repeating; the count belongs to the place in the file.

        Returns the handler and the innermost name on the way to it.
        """
        if "each" not in spec:
            return spec, name
        turns = spec["each"]
        turn = self._turns.get(id(turns), 0)
        self._turns[id(turns)] = turn + 1
        chosen = self.normal(turns[min(turn, len(turns) - 1)])
        return self._turn(chosen, chosen.get("name", name))

    def _handle(self, body, frame, who):
        if "trap" in body and isinstance(frame.value, Failure):
            frame.value.trap(*[self.errors.named(name) for name in as_list(body["trap"])])
        if "log" in body:
            self.world.note("log", str(self.text(body["log"], frame)))
        self.act_all(body.get("do") or [], frame, who)
        if "raise" in body:
            raise self.error(body["raise"], frame)
        if "await" in body:
            return self.deferred(body["await"], who, frame)
        if body.get("pass") is True:
            return frame.value
        if "return_failure" in body:
            return Failure(self.error(body["return_failure"], frame))
        return self.value(body.get("return"), frame)

    def act_all(self, actions, frame, who):
        for action in as_list(actions):
            self.act(action, frame, who)

    def act(self, action, frame, who):
        from scenario_actions import act

        act(self, action, frame, who)

    def message(self, failure):
        return message_of(failure.value)

    def task_iterator(self, steps, name):
        return Steps(self, steps, name)
