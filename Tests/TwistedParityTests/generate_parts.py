"""The parts of a random scenario: values, errors, handlers, stages, actions, scripts, loops and tasks."""

ERRORS = ["ValueError v", "KeyError k", "Base b", "Child c", "Child", "Other o", "OSError disk", "CancelledError", "TimeoutError t"]
TRAPS = ["ValueError", "LookupError", "Base", "Child", "Exception", "CancelledError", "TimeoutError", "FirstError",
         "AlreadyCalledError", "FailureGroup", "NameError", "OSError"]
DELAYS = [0, 0, 0.5, 1, 1, 1.5, 2, 3]
NEW_NAMES = ["x", "y", "z"]
CALLS = ["ring", "knock"]


class Parts:
    REFERENCES = ("fire", "fail", "cancel", "pause", "unpause", "add", "chain", "to", "await", "drop", "chain_to", "deferred")

    def __init__(self, random):
        self.random = random
        self.variables = None

    def chance(self, probability):
        return self.random.random() < probability

    def one(self, weighted):
        """One of the things in {thing: weight}."""
        return self.random.choices(list(weighted), list(weighted.values()))[0]

    # Values.

    def value(self, incoming=True):
        values = [1, 2, 0, 2.5, True, False, "a", "b", "", None, [1, "q"], {"k": 1}, ["{value}"] if incoming else [None]]
        if incoming:
            values += ["{value}"] * 4 + ["<{value}>", "{failure}/{failure.type}", "{failure.sub.type}{failure.index}", "{{{value}}}"]
        if self.variables:
            values += ["{u}", "{v}", "{u}-{v}"] * 2
        return self.random.choice(values)

    def error(self, incoming=True):
        if incoming and self.chance(0.15):
            return "Base from {failure.type}"
        return self.random.choice(ERRORS)

    def reference(self):
        return self.random.choice(self.declared * 3 + NEW_NAMES + self.loops + self.tasks)

    # Deferreds.

    def deferred(self, depth, above):
        origins = {"none": 8, "succeed": 1, "fail": 1, "later": 3, "maybe": 2, "list": 2, "gather": 2, "race": 2}
        if depth > 0:
            origins |= {"script": 2, "async": 2}
        origin = self.one(origins)
        spec = {}
        if origin == "succeed":
            spec["succeed"] = self.value(False)
        elif origin == "fail":
            spec["fail"] = self.error(False)
        elif origin == "later":
            spec = {"later": self.random.choice(DELAYS), **self.handler(depth - 1, trap=False, each=False)}
        elif origin == "maybe" and depth > 0 and self.chance(0.2):
            spec["maybe"] = {"async": self.script(depth - 1, False)}
        elif origin == "maybe":
            spec["maybe"] = self.handler(depth - 1, trap=False)
        elif origin in ("list", "gather", "race"):
            spec = self.group(origin, depth, above)
        elif origin in ("script", "async"):
            spec[origin] = self.script(depth - 1, origin == "script")
        elif self.chance(0.3):
            variables, self.variables = self.variables, None
            spec["canceller"] = self.actions(depth - 1, 1, 2)
            self.variables = variables
        stages = self.stages(depth, 3)
        if stages:
            spec["chain"] = stages
        return spec

    def group(self, origin, depth, above):
        members = [
            self.random.choice(above) if above and (self.chance(0.7) or depth <= 0) else self.deferred(depth - 1, above)
            for _ in range(self.random.randint(0, 3) if above or depth > 0 else 0)]
        spec = {origin: members}
        flags = {"list": ["fire_on_one_callback", "fire_on_one_errback", "consume_errors"], "gather": ["consume_errors"]}
        for flag in flags.get(origin, []):
            if self.chance(0.35):
                spec[flag] = True
        return spec

    def inline(self, depth):
        """A Deferred to await: mostly a name, sometimes made on the spot."""
        if depth <= 0 or self.chance(0.6):
            return self.reference()
        spec = self.deferred(depth - 1, self.declared)
        if "gather" not in spec and self.chance(0.3):
            spec["as"] = self.random.choice(NEW_NAMES)
        return spec

    # Stages and handlers.

    def stages(self, depth, most):
        return [self.stage(depth) for _ in range(self.random.randint(0, most))]

    def stage(self, depth):
        kind = self.one({"callback": 6, "errback": 6, "pair": 3, "both": 3, "timeout": 2, "chain_to": 1})
        if kind == "pair":
            return {"callback": self.handler(depth, trap=False), "errback": self.handler(depth)}
        if kind == "timeout":
            stage = {"timeout": self.random.choice([0.5, 1, 1, 2, 3])}
            if self.chance(0.3):
                stage["on_timeout"] = self.handler(depth)
            return stage
        if kind == "chain_to":
            return {"chain_to": self.inline(0)}
        return {kind: self.handler(depth, trap=kind != "callback")}

    def handler(self, depth, trap=True, each=True):
        if each and self.chance(0.06):
            return {"each": [self.handler(depth, trap, False) for _ in range(2)]}
        spec = {}
        if self.chance(0.3):
            spec["name"] = self.random.choice(["f", "g", "h"])
        if trap and self.chance(0.4):
            traps = self.random.sample(TRAPS, self.random.choice([1, 1, 2]))
            spec["trap"] = traps if len(traps) > 1 else traps[0]
        variables, self.variables = self.variables, None
        if self.chance(0.2):
            spec["log"] = self.random.choice(["{value}", "got {value}", "{failure}", "note"])
        if depth > 0 and self.chance(0.35):
            spec["do"] = self.actions(depth - 1, 1, 2)
        outcome = self.one({"none": 3, "return": 6, "raise": 4, "await": 4, "pass": 4, "return_failure": 1})
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

    # Actions.

    def actions(self, depth, least, most):
        return [self.action(depth) for _ in range(self.random.randint(least, most))]

    def action(self, depth):
        kinds = {"fire": 8, "fail": 4, "cancel": 5, "pause": 2, "unpause": 2, "add": 3, "chain": 1, "call": 2, "timer": 2,
                 "drop": 1, "raise": 1, "log": 1}
        for group, names in ((self.locks + self.semaphores, "lock"), (self.queues, "queue"), (self.loops, "loop"),
                             (self.tasks, "task"), (self.cooperators, "cooperator")):
            if group:
                kinds[names] = 3
        if self.lists:
            kinds["advance"] = 1
        return getattr(self, f"_{self.one(kinds)}")(depth)

    def _fire(self, depth):
        value = self.value(depth < 2)
        if self.chance(0.1):
            value = {"failure": self.error(False)}
        elif self.chance(0.1):
            value = {"deferred": self.reference()}
        return {"fire": self.reference(), "with": value}

    def _fail(self, depth):
        return {"fail": self.reference(), "with": self.error(False)}

    def _cancel(self, depth):
        return {"cancel": self.reference()}

    def _pause(self, depth):
        return {"pause": self.reference()}

    def _unpause(self, depth):
        return {"unpause": self.reference()}

    def _drop(self, depth):
        return {"drop": self.reference()}

    def _add(self, depth):
        return {"add": self.reference(), "stages": [self.stage(depth - 1)]}

    def _chain(self, depth):
        return {"chain": self.reference(), "to": self.reference()}

    def _raise(self, depth):
        return {"raise": self.error(False)}

    def _log(self, depth):
        return {"log": self.random.choice(["here", "there"])}

    def _advance(self, depth):
        return {"advance": self.random.choice([0, 0.5, 1])}

    def _call(self, depth):
        return {"call": self.random.choice(CALLS), "after": self.random.choice(DELAYS),
                "do": self.actions(depth - 1, 1, 2) if depth > 0 else [self._log(0)]}

    def _timer(self, depth):
        name = self.random.choice(CALLS)
        return self.random.choice([
            {"cancel_call": name}, {"reset_call": name, "after": self.random.choice(DELAYS)},
            {"delay_call": name, "by": self.random.choice([-1, -0.5, 0, 1])}])

    def named(self, spec, depth, stages=True):
        if self.chance(0.4):
            spec["as"] = self.random.choice(NEW_NAMES)
        if stages and self.chance(0.4):
            spec["stages"] = [self.stage(depth - 1)]
        return spec

    def _lock(self, depth):
        name = self.random.choice(self.locks + self.semaphores)
        kind = self.one({"acquire": 2, "release": 2, "run_locked": 3})
        if kind == "acquire":
            return self.named({"acquire": name}, depth)
        if kind == "release":
            return {"release": name}
        return self.named({"run_locked": name, "do": self.handler(depth - 1, trap=False)}, depth)

    def _queue(self, depth):
        name = self.random.choice(self.queues)
        if self.chance(0.5):
            return {"put": name, "value": self.value(False)}
        return self.named({"get": name}, depth)

    def _loop(self, depth):
        name = self.random.choice(self.loops)
        kind = self.one({"start": 2, "stop": 2, "reset": 1})
        spec = {kind: name}
        if kind == "start" and self.chance(0.3):
            spec["every"] = self.random.choice([0.5, 1, 2, -1])
        return spec

    def _task(self, depth):
        name = self.random.choice(self.tasks)
        kind = self.one({"start": 3, "stop": 2, "pause_task": 2, "resume_task": 2, "when_done": 1})
        return self.named({kind: name}, depth) if kind == "when_done" else {kind: name}

    def _cooperator(self, depth):
        return {self.one({"start": 2, "stop": 1}): self.random.choice(self.cooperators)}

    # Loops, tasks, scripts.

    def loop(self):
        spec = {"every": self.random.choice([0.5, 1, 1, 2]), "now": self.chance(0.7), "with_count": self.chance(0.3)}
        if self.chance(0.5):
            spec["do"] = [self.handler(1, trap=False, each=False) for _ in range(self.random.randint(1, 3))]
        else:
            spec["do"] = self.handler(1, trap=False)
        stages = self.stages(1, 2)
        if stages:
            spec["chain"] = stages
        return spec

    def task(self):
        spec = {"cooperator": self.random.choice(self.cooperators + ["cooperator"])}
        spec["steps"] = [self.step(2) for _ in range(self.random.randint(0, 4))]
        stages = self.stages(1, 2)
        if stages:
            spec["chain"] = stages
        return spec

    def step(self, depth):
        kind = self.one({"yield": 4, "await": 3, "raise": 1, "do": 3, "repeat": 1})
        if kind == "repeat" and depth > 0:
            return {"repeat": self.random.randint(0, 2), "steps": [self.step(depth - 1)]}
        if kind == "await":
            return {"await": self.inline(1)}
        if kind == "raise":
            return {"raise": self.error(False)}
        return {"yield": self.value(False)} if kind == "yield" else {"do": self.actions(1, 1, 2)}

    def script(self, depth, generator):
        outer, self.variables = self.variables, ["u", "v"]
        lines = [{"set": "u", "to": 1}, {"set": "v", "to": None}] if self.chance(0.9) else [{"set": "u", "to": 1}, {"set": "v", "to": 2}]
        lines += self.lines(depth, generator, 4, False)
        self.variables = outer
        return lines

    def lines(self, depth, generator, most, handling):
        return [self.line(depth, generator, handling) for _ in range(self.random.randint(1, most))]

    def line(self, depth, generator, handling):
        kinds = {"await": 8, "set": 1, "sleep": 2, "return": 1, "raise": 1, "action": 2}
        if generator:
            kinds["value"] = 1
        if handling:
            kinds["again"] = 2
        if depth > -2:
            kinds |= {"try": 5, "repeat": 1, "for": 1}
            if not generator and self.locks + self.semaphores:
                kinds["with"] = 3
        kind = self.one(kinds)
        if kind in ("try", "repeat", "for", "with"):
            return getattr(self, f"_line_{kind}")(depth - 1, generator, handling)
        return {
            "await": lambda: {"await": self.inline(depth), "into": self.random.choice(["u", "v"])},
            "value": lambda: {"await": {"value": self.value(False)}, "into": "v"},
            "set": lambda: {"set": "u", "to": self.value(False)},
            "sleep": lambda: {"sleep": self.random.choice(DELAYS)},
            "return": lambda: {"return": self.value(False)},
            "raise": lambda: {"raise": self.error(False)},
            "again": lambda: {"raise": "again"},
            "action": lambda: self.action(depth),
        }[kind]()

    def _line_try(self, depth, generator, handling):
        spec = {"try": self.lines(depth, generator, 2, handling)}
        if self.chance(0.8):
            spec["except"] = {
                ", ".join(self.random.sample(TRAPS, self.random.choice([1, 2]))): self.lines(depth, generator, 2, True)}
            if self.chance(0.5):
                spec["except"]["Exception"] = self.lines(depth, generator, 1, True)
        if "except" not in spec or self.chance(0.4):
            spec["finally"] = self.lines(depth, generator, 2, handling)
        return spec

    def _line_with(self, depth, generator, handling):
        held = self.random.choice(self.locks + self.semaphores)
        return {"async_with": held, "lines": self.lines(depth, generator, 2, handling)}

    def _line_repeat(self, depth, generator, handling):
        return {"repeat": self.random.randint(0, 2), "lines": self.lines(depth, generator, 2, handling)}

    def _line_for(self, depth, generator, handling):
        return {"for": "u", "in": [1, "two"], "lines": self.lines(depth, generator, 2, handling)}
