"""The parts of a random scenario: values, errors, Deferreds, stages and handlers."""
from generate_dice import Dice

ERRORS = ["ValueError v", "KeyError k", "Base b", "Child c", "Child", "Other o", "OSError disk", "CancelledError", "TimeoutError t",
          "ConnectionLost peer", {"type": "Child", "message": "a: b"}, {"type": "Other"}]
TRAPS = ["ValueError", "LookupError", "Base", "Child", "Exception", "CancelledError", "TimeoutError", "FirstError", "FailureGroup",
         "AlreadyCalledError", "NameError", "TypeError", "OSError", "ConnectionClosed", "AssertionError", "SchedulerError",
         "TaskFinished", "TaskStopped", "TaskFailed", "NotPaused", "SchedulerStopped", "QueueOverflow", "QueueUnderflow",
         "AlreadyCalled"]
VALUES = [1, 2, 0, -1, 2.5, 1000000, True, False, "a", "b", "", "\u00e9 {{x}}", None, [1, "q"], {"k": 1, "l": [None, 0.5]}, []]
DELAYS = [0, 0, 0.5, 1, 1, 1.5, 2, 3, 0.1, 0.000001]
NEW_NAMES = ["x", "y", "z"]


class Parts:
    def __init__(self, seed):
        self.dice = Dice(seed)
        self.seldom = Dice(seed + 2**32)  # what it decides leaves most scenarios as they are
        self.variables = None
        self.own = None  # whose chain is being written
        self.paused = []
        self.counting = 0  # 1 in what a loop does, where `{count}` means something

    # Values.

    def value(self, incoming=True):
        values = VALUES + [["{value}"] if incoming else [None]]
        if incoming:
            values += ["{value}"] * 6 + ["<{value}>", "{failure}/{failure.type}", "{failure.sub.type}{failure.index}",
                                         "{{{value}}}", {"k": "{value}"}] + ["{count}"] * self.counting
        if self.variables:
            values += ["{u}", "{v}", "{u}-{v}"] * 3
        return self.dice.choice(values)

    def error(self, incoming=True):
        if incoming and self.dice.chance(0.15):
            return "Base from {failure.type}"
        return self.dice.choice(ERRORS)

    def reference(self):
        if self.own and self.dice.chance(0.2):
            return self.own
        return self.dice.choice(self.declared * 5 + NEW_NAMES + self.loops + self.tasks)

    def awaited(self):
        """Like `reference`, but seldom its own, for what waits for itself does nothing more, and often one that is slow."""
        if self.slow != self.own and self.dice.chance(0.35):
            return self.slow
        own, self.own = self.own, None
        name = self.reference()
        self.own = own
        return name

    def traps(self, most=2):
        return self.dice.sample(TRAPS[:12] * 2 + TRAPS, self.dice.choice([1, 1, most]))

    # Deferreds.

    def deferred(self, depth, above):
        origins = {"none": 14 if depth == 2 else 6, "succeed": 1, "fail": 1, "later": 3, "maybe": 2, "list": 2, "gather": 2, "race": 2}
        if depth > 0:
            origins.update({"script": 2, "async": 2})
        origin = self.dice.tasted(origins)
        spec = {}
        if origin == "succeed":
            spec["succeed"] = self.value(False)
        elif origin == "fail":
            spec["fail"] = self.error(False)
        elif origin == "later":
            spec = {"later": self.dice.choice(DELAYS)}
            spec.update(self.handler(depth - 1, trap=False, each=False))
        elif origin == "maybe" and depth > 0 and self.seldom.chance(0.2):
            spec["maybe"] = {"async": self.script(depth - 1, False)}
        elif origin == "maybe":
            spec["maybe"] = self.handler(depth - 1, trap=False)
        elif origin in ("list", "gather", "race"):
            spec = self.group(origin, depth, above)
        elif origin in ("script", "async"):
            spec[origin] = self.script(depth - 1, origin == "script")
        elif self.dice.chance(0.35):
            # A canceller that cancels its own Deferred goes round in circles, which is seldom worth a seed.
            variables, own, self.variables, self.own = self.variables, self.own, None, None
            spec["canceller"] = self.actions(depth - 1, 0, 2)
            self.variables, self.own = variables, own
        stages = self.stages(depth, 6 if self.dice.chance(0.1) else 3)
        if stages:
            spec["chain"] = stages
        return spec

    def group(self, origin, depth, above):
        members = []
        for _ in range(self.dice.whole(0, 3) if above or depth > 0 else 0):
            by_name = above and (self.dice.chance(0.7) or depth <= 0)
            members.append(self.dice.choice(above) if by_name else self.deferred(depth - 1, above))
        spec = {origin: members}
        flags = {"list": ["fire_on_one_callback", "fire_on_one_errback", "consume_errors"], "gather": ["consume_errors"]}
        for flag in flags.get(origin, []):
            if self.dice.chance(0.35):
                spec[flag] = True
        return spec

    def inline(self, depth, by_hand=False):
        """A Deferred to await: mostly a name, sometimes made on the spot."""
        if depth <= 0 or self.dice.chance(0.6):
            return self.awaited()
        spec = self.deferred(depth - 1, self.declared)
        if self.is_gather(spec):
            # Nothing but its members fires a gather, so where that could happen it gets no name.
            return self.awaited() if by_hand else spec
        if self.dice.chance(0.3):
            spec["as"] = self.dice.choice(NEW_NAMES)
        return spec

    @classmethod
    def is_gather(cls, spec, gathers=()):
        """Whether this makes a gather, or another name for one: a `maybe` that awaits it is it."""
        awaited = (spec.get("maybe") or {}).get("await")
        inline = isinstance(awaited, dict) and cls.is_gather(awaited, gathers)
        return "gather" in spec or inline or isinstance(awaited, str) and awaited in gathers

    # Stages and handlers.

    def stages(self, depth, most):
        return [self.stage(depth) for _ in range(self.dice.whole(0, most))]

    def stage(self, depth):
        kind = self.dice.tasted({"callback": 6, "errback": 6, "pair": 3, "both": 3, "timeout": 2, "chain_to": 1})
        if kind == "pair":
            return {"callback": self.handler(depth, trap=False), "errback": self.handler(depth)}
        if kind == "timeout":
            stage = {"timeout": self.dice.choice([0, 0.5, 1, 1, 2, 3])}
            if self.dice.chance(0.3):
                stage["on_timeout"] = self.handler(depth)
            return stage
        if kind == "chain_to":
            return {"chain_to": self.inline(depth - 1, by_hand=True)}
        return {kind: self.handler(depth, trap=kind != "callback")}

    def handler(self, depth, trap=True, each=True):
        if each and self.dice.chance(0.06):
            return {"each": [self.handler(depth, trap, False) for _ in range(2)]}
        spec = {}
        if self.dice.chance(0.3):
            spec["name"] = self.dice.choice(["f", "g", "h"])
        if trap and self.dice.chance(0.4):
            traps = self.traps()
            spec["trap"] = traps if len(traps) > 1 else traps[0]
        variables, self.variables = self.variables, None
        if self.dice.chance(0.2):
            spec["log"] = self.dice.choice(["{value}", "got {value}", "{failure}", "note {count}" if self.counting else "note"])
        if depth > 0 and self.dice.chance(0.35):
            spec["do"] = self.actions(depth - 1, 1, 2)
        outcome = self.dice.tasted({"nothing": 3, "return": 6, "raise": 4, "await": 4, "pass": 4, "return_failure": 1})
        if outcome == "return":
            spec["return"] = self.value()
        elif outcome in ("raise", "return_failure"):
            spec[outcome] = self.error()
        elif outcome == "await":
            spec["await"] = self.inline(depth)
        elif outcome == "pass":
            spec["pass"] = True
        self.variables = variables
        return spec
