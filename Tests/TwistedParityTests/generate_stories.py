"""Stories that chance alone seldom tells: somebody waits, and something is done to who waits."""


class Stories:
    """Each story adds what it needs to the scenario, and gives entries for its timeline, at times that may mix."""

    def stories(self, scenario):
        tellers = [self._wait, self._wait, self._script]
        tellers += [self._contend] * bool(self.locks + self.semaphores) + [self._get] * bool(self.queues)
        tellers += [self._work] * bool(self.tasks) + [self._loop_waits] * bool(self.loops) + [self._timers]
        told = []
        for _ in range(self.dice.choice([0, 0, 1, 1, 2])):
            told += self.dice.choice(tellers)(scenario)
        return told

    def moment(self):
        return self.dice.choice([0.5, 1, 1, 1.5, 2, 2, 2.5])

    def deed(self, name):
        """What is done to a Deferred that waits."""
        verb = self.dice.weighted({"cancel": 5, "pause": 2, "unpause": 2, "add": 2, "fire": 1, "drop": 1, "chain": 1})
        if verb == "add":
            return {"add": name, "stages": [self.stage(1)]}
        if verb == "chain":
            return {"chain": name, "to": self.reference()}
        return {verb: name}

    def deeds(self, name):
        """The same, now and then in the middle of something else."""
        deeds = [{"at": self.moment(), **self.deed(name)} for _ in range(self.dice.choice([1, 1, 2]))]
        return deeds + [{"at": self.moment(), "add": self.reference(), "stages": [{"both": {"do": [self.deed(name)], "pass": True}}]}] \
            if self.dice.chance(0.2) else deeds

    def release(self):
        """The slow one comes at last, or not."""
        name = self.slow
        return [self.dice.choice([{"at": self.moment(), "fire": name, "with": self.value()},
                                  {"at": self.moment(), "fail": name, "with": self.error(False)}])] if self.dice.chance(0.7) else []

    def waiting(self, scenario):
        """A declared Deferred whose chain begins by waiting for the slow one."""
        free = [name for name in self.declared if name != self.slow and not self.is_gather(scenario["deferreds"][name])]
        if not free:
            return None
        name = self.dice.choice(free)
        spec = scenario["deferreds"][name]
        spec["chain"] = [{"both": {"await": self.slow}}] + spec.get("chain", [])
        return name

    def _wait(self, scenario):
        name = self.waiting(scenario)
        if name is None:
            return []
        told = [{"at": self.dice.choice([0, 0.5]), "fire": name, "with": self.value()}]
        second = self.waiting(scenario) if self.dice.chance(0.3) else None
        told += [{"at": 0.5, "fire": second}] if second else []
        return told + self.deeds(name) + self.release()

    def _script(self, scenario):
        kind = self.dice.choice(["script", "async"])
        name = self.dice.choice(["x", "y", "z"])
        lines = [{"set": "u", "to": 1}, {"set": "v", "to": 2}]
        lines += [{"try": [{"await": self.slow, "into": "u"}], **self.ending(kind == "script")}]
        maker = {"add": self.reference(), "stages": [{"both": {"await": {"as": name, kind: lines}}}]}
        return [maker, {"at": 0.5, **self.deed(name)}] + self.deeds(name) + self.release()

    def ending(self, generator):
        outer, self.variables = self.variables, ["u", "v"]
        lines = self.lines(0, generator, 2, True)
        self.variables = outer
        return self.dice.choice([{"except": {"CancelledError": lines}}, {"finally": lines}]) if "again" not in str(lines) \
            else {"except": {"CancelledError": lines}}

    def _contend(self, scenario):
        lock = self.dice.choice(self.locks + self.semaphores)
        first = self.dice.choice([{"acquire": lock}, {"run_locked": lock, "do": {"await": self.slow}}])
        name = self.dice.choice(["x", "y", "z"])
        others = [self.dice.choice([
            {"acquire": lock, "as": name, "stages": self.stages(1, 2)},
            {"run_locked": lock, "as": name, "do": self.handler(1, trap=False), "stages": [self.stage(1)]}])
            for _ in range(self.dice.whole(1, 3))]
        told = [first] + [{"at": 0, **other} for other in others] + self.deeds(name) + self.release()
        return told + [{"at": self.moment(), "release": lock} for _ in range(self.dice.whole(0, 2))]

    def _get(self, scenario):
        queue, name = self.dice.choice(self.queues), self.dice.choice(["x", "y", "z"])
        told = [{"at": 0, "get": queue, "as": name, "stages": self.stages(1, 2)} for _ in range(self.dice.whole(1, 3))]
        told += [{"at": self.moment(), "put": queue, "value": self.value(False)} for _ in range(self.dice.whole(0, 3))]
        return told + self.deeds(name)

    def _work(self, scenario):
        name = self.dice.choice(self.tasks)
        steps = scenario["tasks"][name]["steps"]
        steps.insert(self.dice.whole(0, len(steps)), {"await": self.slow})
        verbs = ["pause_task", "resume_task", "pause_task", "resume_task", "stop", "when_done"]
        told = [{"at": self.moment(), self.dice.choice(verbs): name} for _ in range(self.dice.whole(1, 4))]
        return [{"start": name}] + told + self.release()

    def _loop_waits(self, scenario):
        name = self.dice.choice(self.loops)
        loop = scenario["loops"][name]
        loop["do"] = [{"await": self.slow}] + (loop["do"] if isinstance(loop["do"], list) else [loop["do"]])
        told = [{"at": self.moment(), self.dice.choice(["stop", "start", "reset", "stop"]): name} for _ in range(self.dice.whole(1, 3))]
        return [{"start": name}] + told + self.release()

    def _timers(self, scenario):
        name = self.dice.choice(["ring", "knock"])
        told = [{"call": name, "after": self.moment(), "do": self.actions(1, 1, 2)}]
        for _ in range(self.dice.whole(1, 3)):
            told.append({"at": self.moment(), **self._timer(0)})
        return told
