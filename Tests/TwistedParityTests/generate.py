#!/usr/bin/env python3
"""Writes random scenarios, the same for the same seed in every version of Python.

    generate.py SEED                     one scenario on stdout
    generate.py --into DIR FIRST LAST    DIR/seed-N.yaml for each seed from FIRST to LAST
    generate.py --coverage FIRST LAST    what those seeds are made of, and what happens when Twisted runs them

Each is valid and small, and mixes what Twisted's users mix: chaining, firing again, cancelling, pausing, handlers added late or from
inside, handlers that act on any Deferred including their own, traps by parent type, timeouts, nested groups, loops that
fail, tasks, cooperators, locks, semaphores, queues, scripts, dropped references, ties, and misuse that raises.
"""
import os
import sys

import yaml

from generate_actions import Actions
from generate_parts import Parts
from generate_stories import Stories
from generate_work import Work

TIMES = [0, 0, 0.5, 1, 1, 1, 1.5, 2, 2, 3, 4, 0.3, 1.000001]


class Generator(Parts, Actions, Work, Stories):
    REFERENCES = ("fire", "fail", "cancel", "pause", "unpause", "add", "chain", "to", "await", "drop", "chain_to", "deferred")

    def scenario(self):
        dice = self.dice
        self.pumps = dice.chance(0.25)
        self.declared = [f"d{i}" for i in range(dice.whole(2, 5))]
        self.slow = dice.choice(self.declared)
        self.loops = ["tick", "tock"][: dice.choice([0, 0, 1, 1, 2])]
        self.tasks = ["job", "chore", "work"][: dice.choice([0, 0, 1, 2, 3])]
        self.cooperators = ["team"][: dice.choice([0, 1])] if self.tasks else []
        self.locks = ["door", "gate"][: dice.choice([0, 0, 1, 1, 2])]
        self.semaphores = ["pool"][: dice.choice([0, 0, 1])]
        self.queues = ["line"][: dice.choice([0, 0, 1])]
        result = {"trapline": 1, "title": "generated"}
        result["errors"] = {"Base": "ValueError", "Child": "Base", "Other": "LookupError"}
        result.update(self.sharing())
        result["deferreds"] = {}
        for index, name in enumerate(self.declared):
            self.own = name
            spec = self.deferred(2, self.declared[:index])
            while index == 0 and "gather" in spec:
                spec = self.deferred(2, [])
            if name == self.slow and self.dice.chance(0.8):
                spec = {key: value for key, value in spec.items() if key in ("chain", "canceller")}
            result["deferreds"][name] = spec
            self.own = None
        if self.loops:
            result["loops"] = {name: self.loop(name) for name in self.loops}
        if self.tasks:
            result["tasks"] = {name: self.task(name) for name in self.tasks}
        told = self.stories(result)
        result["timeline"] = told + self.timeline() if dice.chance(0.5) else self.timeline() + told
        if self.pumps:
            result["drive"] = [dice.choice([0, 0.3, 0.5, 1, 1, 1.5, 2, 5]) for _ in range(dice.whole(1, 6))]
        elif self.loops or dice.chance(0.2):
            result["until"] = dice.choice([1, 3, 5, 5.5])
        return self.mended(result)

    def sharing(self):
        """The locks, semaphores, queues and cooperators."""
        found = {}
        if self.locks:
            found["locks"] = self.locks
        if self.semaphores:
            found["semaphores"] = {name: self.dice.whole(1, 2) for name in self.semaphores}
        if self.queues:
            found["queues"] = {name: self.limits() for name in self.queues}
        if self.cooperators:
            found["cooperators"] = {
                name: {"started": self.dice.chance(0.6), "units_per_turn": self.dice.whole(1, 3)} for name in self.cooperators}
        return found

    def limits(self):
        return {key: self.dice.whole(0, 2) for key in ("size", "backlog") if self.dice.chance(0.6)}

    def timeline(self):
        starts = [{"start": name} for name in self.loops + self.tasks if self.dice.chance(0.5)]
        entries = [{"start": name} for name in self.loops + self.tasks if self.dice.chance(0.4)]
        entries += [{"start": name} for name in self.cooperators if self.dice.chance(0.5)]
        if self.dice.chance(0.4):
            starts.append(self._call(2))
        for _ in range(self.dice.whole(3, self.dice.choice([6, 9, 15]))):
            entries.append(self.action(2) if self.dice.chance(0.9) else {"do": self.actions(2, 1, 3)})
        if self.tasks and self.dice.chance(0.3):
            entries.append({"stop": self.dice.choice(self.cooperators + ["cooperator"])})
        entries = self.dice.shuffled(starts) + self.dice.shuffled(entries)
        for index, entry in enumerate(entries):
            if self.dice.chance(0.8 if index >= len(starts) else 0.3):
                entries[index] = dict([("at", self.dice.choice(TIMES)), *entry.items()])
        return entries

    def mended(self, scenario):
        """Names that nothing makes would be load errors: they become names that something does make."""
        made = set(self.declared + self.loops + self.tasks)
        gathers = self.gathers(scenario["deferreds"])
        calls = set()

        def collect(node):
            if isinstance(node, dict):
                if isinstance(node.get("as"), str):
                    made.add(node["as"])
                if isinstance(node.get("call"), str):
                    calls.add(node["call"])
                for value in node.values():
                    collect(value)
            elif isinstance(node, list):
                for value in node:
                    collect(value)

        def mend(node):
            if isinstance(node, list):
                return [mend(value) for value in node if not self.asks_for_unmade_call(value, calls)]
            if not isinstance(node, dict):
                return node
            return {key: mended(node, key, value) for key, value in node.items()}

        def mended(node, key, value):
            if key not in self.REFERENCES or not isinstance(value, str) or self.is_error(node, key):
                return mend(value)
            by_hand = key in ("fire", "fail", "to", "chain_to")
            if value not in made or by_hand and value in gathers:
                return self.dice.choice([name for name in self.declared if not (by_hand and name in gathers)])
            return value

        collect(scenario)
        return mend(scenario)

    def gathers(self, deferreds):
        """The names of gathers, which are not fired by hand."""
        found = set()
        for name, spec in deferreds.items():
            if self.is_gather(spec, found):
                found.add(name)
        return found

    @staticmethod
    def is_error(node, key):
        """`fail: E` is an origin, `fail: D` an action; the first has no `with`."""
        return key == "fail" and "with" not in node

    @staticmethod
    def asks_for_unmade_call(node, calls):
        return isinstance(node, dict) and any(
            key in node and node[key] not in calls for key in ("cancel_call", "reset_call", "delay_call"))


class Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):
    def ignore_aliases(self, data):
        return True


def text_of(scenario):
    return yaml.dump(scenario, Dumper=Plain, sort_keys=False, default_flow_style=None, width=116, allow_unicode=True)


def main(arguments):
    if len(arguments) == 1:
        sys.stdout.write(text_of(Generator(int(arguments[0])).scenario()))
    elif len(arguments) == 3 and arguments[0] == "--coverage":
        from scenario_coverage import print_coverage

        print_coverage([Generator(seed).scenario() for seed in range(int(arguments[1]), int(arguments[2]) + 1)], text_of)
    elif len(arguments) == 4 and arguments[0] == "--into":
        for seed in range(int(arguments[2]), int(arguments[3]) + 1):
            with open(os.path.join(arguments[1], f"seed-{seed}.yaml"), "w", encoding="utf-8") as file:
                file.write(text_of(Generator(seed).scenario()))
    else:
        sys.stderr.write(__doc__)
        return 64
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
