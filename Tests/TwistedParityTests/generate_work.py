"""The loops, cooperative tasks and scripts of a random scenario."""
from generate_parts import DELAYS


class Work:
    def loop(self, name):
        self.own, self.counting = name, 1
        spec = {"every": self.dice.choice([0.5, 1, 1, 2, 0.3]), "now": self.dice.chance(0.7), "with_count": self.dice.chance(0.3)}
        if self.dice.chance(0.5):
            spec["do"] = [self.handler(1, trap=False, each=False) for _ in range(self.dice.whole(1, 3))]
        else:
            spec["do"] = self.handler(1, trap=False)
        if self.dice.chance(0.1):
            # All its ticks are due at once, so something has to end it.
            spec["every"] = 0
            end = self.dice.choice([{"raise": self.error(False)}, {"do": [{"stop": name}]}, {"await": self.reference()}])
            spec["do"] = [self.handler(1, trap=False, each=False), end]
        self.counting = 0
        stages = self.stages(1, 2)
        if stages:
            spec["chain"] = stages
        self.own = None
        return spec

    def task(self, name):
        self.own = name
        spec = {"cooperator": self.dice.choice(self.cooperators + ["cooperator"])}
        spec["steps"] = [self.step(2) for _ in range(self.dice.whole(0, 4))]
        stages = self.stages(1, 2)
        if stages:
            spec["chain"] = stages
        self.own = None
        return spec

    def step(self, depth):
        kind = self.dice.tasted({"yield": 4, "await": 3, "raise": 1, "do": 3, "repeat": 1})
        if kind == "repeat" and depth > 0:
            return {"repeat": self.dice.whole(0, 2), "steps": [self.step(depth - 1)]}
        if kind == "await":
            return {"await": self.inline(1)}
        if kind == "raise":
            return {"raise": self.error(False)}
        return {"yield": self.value(False)} if kind == "yield" else {"do": self.actions(1, 1, 2)}

    def script(self, depth, generator):
        outer, self.variables = self.variables, ["u", "v"]
        lines = [{"set": "u", "to": self.dice.choice([0, 1, 0.5])}, {"set": "v", "to": self.dice.choice([None, 2, "word"])}]
        lines += self.lines(depth, generator, 4, False)
        self.variables = outer
        return lines

    def lines(self, depth, generator, most, handling):
        return [self.line(depth, generator, handling) for _ in range(self.dice.whole(1, most))]

    def line(self, depth, generator, handling):
        kinds = {"await": 8, "set": 1, "sleep": 2, "return": 1, "raise": 1, "action": 3}
        if generator:
            kinds["value"] = 1
        if handling:
            kinds["again"] = 2
        if depth > -2:
            kinds.update({"try": 5, "repeat": 1, "for": 1})
        kind = self.dice.weighted(kinds)
        if not generator and depth > -2 and self.locks + self.semaphores and self.seldom.chance(0.1):
            return self._line_with(depth - 1, generator, handling)
        if kind in ("try", "repeat", "for"):
            return getattr(self, f"_line_{kind}")(depth - 1, generator, handling)
        return {
            "await": lambda: {"await": self.inline(depth), "into": self.dice.choice(["u", "v"])},
            "value": lambda: {"await": {"value": self.value(False)}, "into": "v"},
            "set": lambda: {"set": "u", "to": self.value(False)},
            "sleep": lambda: {"sleep": self.dice.choice(DELAYS + ["{u}"])},
            "return": lambda: {"return": self.value(False)},
            "raise": lambda: {"raise": self.error(False)},
            "again": lambda: {"raise": "again"},
            "action": lambda: self.action(depth),
        }[kind]()

    def _line_try(self, depth, generator, handling):
        spec = {"try": self.lines(depth, generator, 2, handling)}
        if self.dice.chance(0.8):
            spec["except"] = {", ".join(self.traps()): self.lines(depth, generator, 2, True)}
            if self.dice.chance(0.5):
                spec["except"]["Exception"] = self.lines(depth, generator, 1, True)
        if "except" not in spec or self.dice.chance(0.4):
            spec["finally"] = self.lines(depth, generator, 2, handling)
        return spec

    def _line_with(self, depth, generator, handling):
        held = self.dice.choice(self.locks + self.semaphores)
        return {"async_with": held, "lines": self.lines(depth, generator, 2, handling)}

    def _line_repeat(self, depth, generator, handling):
        return {"repeat": self.dice.whole(0, 2), "lines": self.lines(depth, generator, 2, handling)}

    def _line_for(self, depth, generator, handling):
        return {"for": "u", "in": [1, "two"], "lines": self.lines(depth, generator, 2, handling)}
