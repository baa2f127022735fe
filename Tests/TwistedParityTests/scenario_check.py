"""Checks a scenario's `expect` block against the run on real Twisted."""
from scenario_numbers import microseconds
from scenario_program import Program
from scenario_run import run
from scenario_values import text_of


def check(scenario):
    """The misses, in words; an empty list when everything expected came."""
    program = Program(scenario)
    checker = Checker(program)
    run(program, checker.watch)
    called = {call["who"] for call in program.world.calls}
    for item in scenario.get("lesson") or []:
        if "before" in item and item["before"] not in called:
            checker.misses.append(f"lesson: before {item['before']}, which never runs")
        if "ask" in item and not 1 <= item["answer"] <= len(item["choices"]):
            checker.misses.append(f"lesson: {item['ask']} has no choice {item['answer']}")
    return checker.misses


def same(expected, got):
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, dict) and isinstance(got, dict):
        return expected.keys() == got.keys() and all(same(expected[key], got[key]) for key in expected)
    return expected == got


class Checker:
    def __init__(self, program):
        self.program, self.world = program, program.world
        self.misses = []
        blocks = program.scenario.get("expect") or []
        self.left = [(None if block["at"] == "end" else microseconds(block["at"]), block) for block in blocks]

    def watch(self, time):
        """Checks what is due: `time` is the last microsecond that is over, or None at the end."""
        reached = [item for item in self.left if time is None or item[0] is not None and item[0] <= time]
        for item in reached:
            self.left.remove(item)
            self._check(item[1])

    def _check(self, block):
        for key, expected in block.items():
            if key == "at":
                continue
            for what, wanted, got in getattr(self, f"_{key}")(expected):
                if not same(wanted, got):
                    self.misses.append(f"at {block['at']}: {key} {what}: expected {wanted!r}, got {got!r}")

    def _states(self, expected, pick):
        final = self.world.final()
        for name, wanted in expected.items():
            yield name, wanted, pick(final.get(name) or {})

    def _result(self, expected):
        return self._states(expected, lambda state: state.get("result", "(no result)"))

    def _failed(self, expected):
        def pick(state):
            result = state.get("result")
            return result.get("failure") if isinstance(result, dict) else None

        return self._states(expected, pick)

    def _pending(self, expected):
        return self._states({name: False for name in expected}, lambda state: state.get("called"))

    def _waiting(self, expected):
        return self._states(expected, lambda state: state.get("waiting"))

    def _paused(self, expected):
        return self._states(expected, lambda state: state.get("paused"))

    def _trapped(self, expected):
        for kind, handler in expected.items():
            trapped = any(
                call["who"] == handler and _failure(call["in"]) == kind and not _failure(call["out"])
                for call in self.world.calls)
            yield kind, handler, handler if trapped else None

    def _unhandled(self, expected):
        yield "", sorted(expected), sorted(self.world.unhandled)

    def _errors(self, expected):
        yield "", expected, [line["text"].split(" ")[0] for line in self.world.log if line["kind"] == "error"]

    def _log(self, expected):
        wanted = [text_of(text, self.world.names) for text in expected]
        yield "", wanted, [line["text"] for line in self.world.log if line["kind"] == "log"]

    def _timers(self, expected):
        yield "", [microseconds(time) for time in expected], self.world.timers()

    def _ticks(self, expected):
        for name, wanted in expected.items():
            yield name, wanted, self.world.ticks.get(name)

    def _held(self, expected):
        held = [
            name for name, thing in self.program.sharing.items()
            if getattr(thing, "locked", False) or getattr(thing, "tokens", 0) < getattr(thing, "limit", 0)]
        yield "", sorted(expected), sorted(held)

    def _ran(self, expected):
        calls = iter([call["who"] for call in self.world.calls])
        missing = next((name for name in expected if name not in calls), None)
        yield "", None, missing


def _failure(value):
    return isinstance(value, dict) and (value.get("failure") or value.get("raise"))
