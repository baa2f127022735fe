"""Counts what scenarios are made of, and what happens when real Twisted runs them."""
import json
import os
import tempfile
from collections import Counter

from run_on_twisted import in_process_of_its_own, with_a_deep_stack
from scenario_program import ACTIONS, ORIGINS, Program
from scenario_run import run
from scenario_yaml import load

STAGES = "callback errback both timeout on_timeout chain_to".split()
HANDLERS = "trap return await pass return_failure each".split()
FLAGS = "fire_on_one_callback fire_on_one_errback consume_errors with_count started units_per_turn canceller as until".split()
LINES = "try except finally repeat for set sleep into yield steps".split()
GROUPS = ("list", "gather", "race")


def constructs(scenario):
    """How often each construct is written."""
    found = Counter()

    def walk(node, place):
        if isinstance(node, list):
            for item in node:
                walk(item, place)
        elif isinstance(node, dict):
            for key, value in node.items():
                count(node, key, value, place)
                walk(value, place + (key,))

    def count(node, key, value, place):
        if key in ACTIONS or key in STAGES + HANDLERS + FLAGS + LINES or key in ORIGINS:
            found[key] += value is not False
        if key in GROUPS and any(isinstance(member, dict) and set(GROUPS) & set(member) for member in value):
            found["group inside a group"] += 1
        if key == "errback" and "callback" in node:
            found["callback and errback in one"] += 1
        if key == "drive":
            found["drive list"] += 1
        if key == "raise":
            found["raise again" if value == "again" else "raise"] += 1
        if key in ("script", "async") and {"try", "except", "finally"} & set(place):
            found["script inside a script's try"] += 1

    walk(scenario, ())
    for name in ("loops", "tasks", "cooperators", "locks", "semaphores", "queues"):
        found[name] += len(scenario.get(name) or [])
    return found


class Watched(Program):
    """Notes what each action finds and what it comes to; everything is left to Twisted."""

    def __init__(self, scenario):
        super().__init__(scenario)
        self.seen = Counter()

    def act(self, action, frame, who):
        verb = next((key for key in action if key in ACTIONS), "log" if "log" in action else "raise")
        effect = self.effect(verb, action)
        made = len(self.world.entries)
        try:
            super().act(action, frame, who)
        except BaseException as error:
            if verb != "raise":
                self.seen[f"{verb} raises {type(error).__name__}"] += 1
            raise
        self.seen[effect or f"{verb}: done"] += 1
        if verb in ("acquire", "run_locked", "get"):
            waits = any(not entry.deferred.called for entry in self.world.entries[made:])
            self.seen[f"{verb} {'waits' if waits else 'is served at once'}"] += 1

    def effect(self, verb, action):
        """What an action on a Deferred is about to meet."""
        if verb not in ("fire", "fail", "cancel", "pause", "unpause", "add", "drop"):
            return None
        try:
            entry = self.find(action[verb])
        except NameError:
            return None
        deferred = entry.deferred
        state = "not fired"
        if deferred._runningCallbacks:
            state = "inside its own handler"
        elif self.world.waiting_on(deferred) is not None:
            state = "while it waits"
        elif deferred.called:
            state = "fired and paused" if deferred.paused else "fired"
        elif deferred.paused:
            state = "not fired and paused"
        if verb in ("fire", "fail") and deferred.called and deferred._suppressAlreadyCalled:
            state = "swallowed after a cancel"
        if verb == "cancel" and not deferred.called:
            state = "not fired, with a canceller" if deferred._canceller else "not fired"
        if verb == "unpause" and not deferred.paused:
            state = "unmatched, " + state
        return f"{verb}: {state}"


def effects(report):
    """What a report says of what happened."""
    found = Counter()
    for call in report["calls"]:
        came_in, went_out = call["in"], call["out"]
        found[f"call of kind {call['kind']}"] += 1
        if isinstance(came_in, dict) and "failure" in came_in:
            found[f"{came_in['failure']} comes in"] += 1
        if isinstance(went_out, dict) and list(went_out) == ["deferred"]:
            found[f"Deferred out of {call['kind']}"] += 1
        if call["kind"] == "tick":
            found["tick that raises"] += isinstance(went_out, dict) and "raise" in went_out
            found["tick that stands for several"] += isinstance(came_in, int) and came_in > 1
    times = Counter(call["t"] for call in report["calls"] if call["kind"] in ("timer", "tick", "later"))
    found["calls due at the same time"] += sum(count > 1 for count in times.values())
    for line in report["log"]:
        found[f"log: {line['kind']}"] += 1
    for name, state in report["final"].items():
        found["at the end: waits"] += state["waiting"] is not None
        found["at the end: waits for itself"] += state["waiting"] == name
        found["at the end: paused below zero"] += state["paused"] < 0
        found["at the end: another name"] += "alias" in state
        found["at the end: not fired"] += not state["called"]
        found["at the end: Deferred"] += 1
    found["at the end: timers pending"] += bool(report["timers"])
    return found


def watched_run(path, result):
    program = Watched(load(path))
    run(program)
    with open(result, "w", encoding="utf-8") as file:
        json.dump(program.seen + effects(program.world.report()), file)


def print_coverage(scenarios, text_of):
    with_a_deep_stack(lambda: print_counts(*counted(scenarios, text_of)))


def counted(scenarios, text_of):
    """For each construct and effect, in how many scenarios it is and how often in all."""
    made, happened, silent = {}, {}, os.dup(2)
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        path, result = os.path.join(folder, "one.yaml"), os.path.join(folder, "one.json")
        for scenario in scenarios:
            add_up(made, constructs(scenario))
            with open(path, "w", encoding="utf-8") as file:
                file.write(text_of(scenario))
            if in_process_of_its_own(lambda: watched_run(path, result)) == 0:
                with open(result, encoding="utf-8") as file:
                    add_up(happened, json.load(file))
            else:
                add_up(happened, {"no answer": 1})
        os.dup2(silent, 2)
    return len(scenarios), made, happened


def add_up(sums, counts):
    for name, count in counts.items():
        if count:
            scenarios, times = sums.get(name, (0, 0))
            sums[name] = (scenarios + 1, times + count)


def print_counts(number, made, happened):
    for title, sums in (("made", made), ("happened on Twisted", happened)):
        print(f"{title}, in how many of {number} scenarios, and how often")
        for name, (scenarios, times) in sorted(sums.items()):
            print(f"  {name:44} {scenarios:7} {times:8}")
