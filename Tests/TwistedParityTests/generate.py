#!/usr/bin/env python3
"""Writes random scenarios, the same for the same seed.

    generate.py SEED                     one scenario on stdout
    generate.py --into DIR FIRST LAST    DIR/seed-N.yaml for each seed from FIRST to LAST

Each is valid and small, and mixes what Twisted's users mix: chaining, firing again, cancelling, pausing, handlers added late or from
inside, handlers that act on any Deferred including their own, traps by parent type, timeouts, nested groups, loops that
fail, tasks, locks, queues, scripts, dropped references, ties, and misuse that raises.
"""
import os
import random
import sys

import yaml

from generate_parts import Parts

TIMES = [0, 0, 0.5, 1, 1, 1, 1.5, 2, 2, 3, 4]


class Generator(Parts):
    def __init__(self, seed):
        super().__init__(random.Random(seed))
        self.lists = self.chance(0.2)

    def scenario(self):
        pick = self.random
        self.declared = [f"d{i}" for i in range(pick.randint(2, 5))]
        self.loops = ["tick", "tock"][: pick.choice([0, 0, 1, 1, 2])]
        self.tasks = ["job", "chore", "work"][: pick.choice([0, 0, 1, 2, 3])]
        self.cooperators = ["team"][: pick.choice([0, 1])] if self.tasks else []
        self.locks = ["door"][: pick.choice([0, 1])]
        self.semaphores = ["pool"][: pick.choice([0, 0, 1])]
        self.queues = ["line"][: pick.choice([0, 0, 1])]
        result = {"trapline": 1, "title": "generated"}
        result["errors"] = {"Base": "ValueError", "Child": "Base", "Other": "LookupError"}
        if self.locks:
            result["locks"] = self.locks
        if self.semaphores:
            result["semaphores"] = {name: pick.randint(1, 2) for name in self.semaphores}
        if self.queues:
            result["queues"] = {name: self.limits() for name in self.queues}
        if self.cooperators:
            result["cooperators"] = {
                name: {"started": self.chance(0.6), "units_per_turn": pick.randint(1, 3)} for name in self.cooperators}
        result["deferreds"] = {}
        for index, name in enumerate(self.declared):
            spec = self.deferred(2, self.declared[:index])
            while index == 0 and "gather" in spec:
                spec = self.deferred(2, [])
            result["deferreds"][name] = spec
        if self.loops:
            result["loops"] = {name: self.loop() for name in self.loops}
        if self.tasks:
            result["tasks"] = {name: self.task() for name in self.tasks}
        result["timeline"] = self.timeline()
        if self.lists:
            result["drive"] = [pick.choice([0, 0.5, 1, 1, 1.5, 2, 5]) for _ in range(pick.randint(1, 6))]
        elif self.loops or self.chance(0.2):
            result["until"] = pick.choice([1, 3, 5, 5.5])
        return self.mended(result)

    def limits(self):
        limits = {}
        if self.chance(0.6):
            limits["size"] = self.random.randint(0, 2)
        if self.chance(0.6):
            limits["backlog"] = self.random.randint(0, 2)
        return limits

    def timeline(self):
        entries = [{"start": name} for name in self.loops + self.tasks if self.chance(0.8)]
        entries += [{"start": name} for name in self.cooperators if self.chance(0.5)]
        for _ in range(self.random.randint(3, 9)):
            entries.append(self.action(2))
        if self.tasks and self.chance(0.3):
            entries.append({"stop": self.random.choice(self.cooperators + ["cooperator"])})
        self.random.shuffle(entries)
        for index, entry in enumerate(entries):
            if self.chance(0.8):
                entries[index] = {"at": self.random.choice(TIMES), **entry}
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
                return self.random.choice([name for name in self.declared if not (by_hand and name in gathers)])
            return value

        collect(scenario)
        return mend(scenario)

    @staticmethod
    def gathers(deferreds):
        """The names of gathers, which are not fired by hand; a `maybe` that awaits one is another name for it."""
        found = set()
        for name, spec in deferreds.items():
            awaited = (spec.get("maybe") or {}).get("await")
            inline = isinstance(awaited, dict) and "gather" in awaited
            if "gather" in spec or inline or isinstance(awaited, str) and awaited in found:
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
