"""The actions of a random scenario: one method for each kind of thing that a program does."""
from generate_parts import DELAYS, NEW_NAMES

CALLS = ["ring", "knock"]


class Actions:
    def actions(self, depth, least, most):
        return [self.action(depth) for _ in range(self.dice.whole(least, most))]

    def action(self, depth):
        kinds = {"fire": 8, "fail": 4, "cancel": 5, "pause": 2, "unpause": 1.5, "add": 3, "chain": 1, "call": 2, "timer": 2,
                 "drop": 1, "raise_": 1, "log": 1}
        for names, kind, weight in ((self.locks + self.semaphores, "lock", 6), (self.queues, "queue", 5), (self.loops, "loop", 3),
                                    (self.tasks, "task", 4), (self.cooperators, "cooperator", 3)):
            if names:
                kinds[kind] = weight
        if self.pumps:
            kinds["advance"] = 1
        return getattr(self, f"_{self.dice.tasted(kinds)}")(depth)

    # On Deferreds.

    def _fire(self, depth):
        value = self.value(depth < 2)
        if self.dice.chance(0.1):
            value = {"failure": self.error(False)}
        elif self.dice.chance(0.1):
            value = {"deferred": self.reference()}
        return {"fire": self.fired(), "with": value}

    def _fail(self, depth):
        return {"fail": self.fired(), "with": self.error(False)}

    def fired(self):
        """Like `reference`, but seldom the slow one: others are to wait for it for some time."""
        name = self.reference()
        return self.reference() if name == self.slow and self.dice.chance(0.7) else name

    def _cancel(self, depth):
        return {"cancel": self.reference()}

    def _pause(self, depth):
        self.paused.append(self.reference())
        return {"pause": self.paused[-1]}

    def _unpause(self, depth):
        # Once unpaused without a pause, a Deferred never runs again.
        return {"unpause": self.dice.choice(self.paused) if self.paused and self.dice.chance(0.8) else self.reference()}

    def _drop(self, depth):
        return {"drop": self.reference()}

    def _add(self, depth):
        stages = [self.stage(depth - 1) for _ in range(self.dice.choice([1, 1, 2]))]
        return {"add": self.reference(), "stages": stages}

    def _chain(self, depth):
        return {"chain": self.reference(), "to": self.reference()}

    # On the log and the clock.

    def _raise_(self, depth):
        return {"raise": self.error(False)}

    def _log(self, depth):
        return {self.dice.choice(["log", "say"]): self.dice.choice(["here", "there"])}

    def _advance(self, depth):
        return {"advance": self.dice.choice([0, 0.5, 1])}

    def _call(self, depth):
        return {"call": self.dice.choice(CALLS), "after": self.dice.choice(DELAYS),
                "do": self.actions(depth - 1, 1, 2) if depth > 0 else [self._log(0)]}

    def _timer(self, depth):
        name = self.dice.choice(CALLS)
        kind = self.dice.choice(["cancel_call", "reset_call", "delay_call"])
        if kind == "reset_call":
            return {kind: name, "after": self.dice.choice(DELAYS)}
        return {kind: name, "by": self.dice.choice([-1, -0.5, 0, 1])} if kind == "delay_call" else {kind: name}

    # On what is shared, and on work.

    def named(self, spec, depth):
        if self.dice.chance(0.4):
            spec["as"] = self.dice.choice(NEW_NAMES)
        if self.dice.chance(0.4):
            spec["stages"] = [self.stage(depth - 1)]
        return spec

    def _lock(self, depth):
        name = self.dice.choice(self.locks + self.semaphores)
        kind = self.dice.tasted({"acquire": 3, "release": 2, "run_locked": 3})
        if kind == "acquire":
            return self.named({kind: name}, depth)
        if kind == "release":
            return {kind: name}
        return self.named({kind: name, "do": self.handler(depth - 1, trap=False)}, depth)

    def _queue(self, depth):
        name = self.dice.choice(self.queues)
        if self.dice.tasted({"put": 1, "get": 1}) == "put":
            return {"put": name, "value": self.value(False)}
        return self.named({"get": name}, depth)

    def _loop(self, depth):
        spec = {self.dice.weighted({"start": 2, "stop": 2, "reset": 1}): self.dice.choice(self.loops)}
        if "start" in spec and self.dice.chance(0.3):
            spec["every"] = self.dice.choice([0.3, 0.5, 1, 2, -1])
        return spec

    def _task(self, depth):
        name = self.dice.choice(self.tasks)
        kind = self.dice.tasted({"start": 3, "stop": 2, "pause_task": 2, "resume_task": 2, "when_done": 1})
        return self.named({kind: name}, depth) if kind == "when_done" else {kind: name}

    def _cooperator(self, depth):
        return {self.dice.weighted({"start": 2, "stop": 1}): self.dice.choice(self.cooperators)}
