#!/usr/bin/env python3
"""Runs scenario files on real Twisted, and prints what user code observed.

    run_on_twisted.py FILE                 the observed object on stdout
    run_on_twisted.py --into DIR FILE…     DIR/NAME.json for each file, each in a process of its own
    run_on_twisted.py --check FILE…        every `expect` block against real Twisted; exit 1 on a miss

Every construct of a scenario is a call of Twisted's public API on a `task.Clock` that counts whole microseconds;
nothing that Twisted computes is computed here. Exit codes: 0, 1 (a miss), 3 (the run broke a bound or never ends,
so there is nothing to compare), 70 (a fault of this runner).

The form of the output, where `scenario-format` leaves it open:

- One object with the keys `calls final unhandled log ticks timers time`, in this order. `calls` and `log` have one
  element a line, `final` one Deferred a line; compare parsed JSON, not text, and tell `true` from `1`.
- `calls`: `t who kind in out`. A timeline entry with `at` is `{"who": "timeline N", "kind": "timer"}`; one without
  `at` runs like the body of a program and has no entry in `calls`, but `timeline N` is the `who` of its log lines.
  A `both` handler is of kind `callback` or `errback`, by what came in. The `in` of a tick is its count under
  `with_count`, else null; of `later maybe run canceller step timer` null. An `async` entry is one resumption too.
- An errback side of `timeout` without `on_timeout`, `chain_to`, and a `sleep` run no user code: no entry.
- `final`: an object, name -> `called paused result waiting alias`, in order of creation. A script's, an async's, a
  `run_locked`'s and a loop's Deferred are created before the user code that runs within the call that makes them;
  `maybe`, `list`, `gather` and `race` after it (after their inline members). `result` is absent where there is none;
  `waiting` is always there (null also where it waits on a Deferred that nothing names); `alias` only on an alias,
  whose other keys repeat those of the Deferred it is.
- `log`: `t kind who text`. `who` is who was running: of an error out of a timer the owner of the timer (a `call`'s
  name, `timeline N`, the Deferred of a `later`, a `timeout` or a `sleep`, the loop, the cooperator); of the making of a
  declared Deferred its name; of a canceller's error under a list's cancel the list; of `unhandled` the Deferred. An
  error without a message is its type alone.
- Inside lists and maps a Failure is `{"failure": T, "message": M}`, a Deferred `{"deferred": NAME}`, none `null`.
  So it is in texts, where lists and maps are JSON. Whole floats are whole numbers.
"""
import json
import os
import re
import signal
import sys
import threading
import unicodedata
import warnings

import scenario_world
from scenario_check import check
from scenario_program import Program
from scenario_run import run
from scenario_tree import tree
from scenario_values import abort


SECONDS = 2  # of work; a cancel that goes round in circles takes exponential time in Twisted


def load(path):
    import scenario_yaml  # needs PyYAML, which `answer` does without

    return scenario_yaml.load(path)


def observe(path):
    return observed(load(path))


def observed(scenario):
    program = Program(scenario)
    run(program)
    return program.world.report()


_NOT_PLAIN = re.compile("[^ -~]")


def escaped(match):
    """A character as trapline writes it: escaped where a terminal would obey it rather than show it."""
    if unicodedata.category(match[0]) not in ("Cc", "Cf", "Zl", "Zp"):
        return match[0]
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[i:i + 4]}" for i in range(0, len(units), 4))


def layout(report):
    """The report as JSON with one call, log line or Deferred a line, so that a diff reads well."""

    def compact(value):
        return _NOT_PLAIN.sub(escaped, json.dumps(value, ensure_ascii=False))

    def block(opening, closing, lines):
        return opening + "\n" + ",\n".join(f"  {line}" for line in lines) + f"\n {closing}" if lines else opening + closing

    parts = []
    for key, value in report.items():
        if key in ("calls", "log"):
            text = block("[", "]", [compact(item) for item in value])
        elif key == "final":
            text = block("{", "}", [f"{compact(name)}: {compact(state)}" for name, state in value.items()])
        else:
            text = compact(value)
        parts.append(f" {compact(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def in_process_of_its_own(function, seconds=SECONDS):
    """Runs `function` in a fork and gives its exit code: a world of Twisted is used once."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        code = 70
        try:
            code = function() or 0
            sys.stdout.flush()
        except BaseException:
            import traceback

            traceback.print_exc()
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return 3 if code == -signal.SIGVTALRM else code


def print_one(path):
    sys.stdout.write(layout(observe(path)))


def write_one(path, folder):
    name = os.path.splitext(os.path.basename(path))[0]
    text = layout(observe(path))
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        file.write(text)


def check_one(path):
    misses = check(load(path))
    print(f"{'ok  ' if not misses else 'MISS'} {os.path.basename(path)}")
    for miss in misses:
        sys.stderr.write(f"{path}: {miss}\n")
    return 1 if misses else 0


def answer(request):
    """Prints what is observed of the scenario that `trapline run --against twisted` hands over; gives the exit code."""
    warnings.simplefilter("ignore")
    scenario_world.TIMER_CALLS = request["timer_calls"]
    scenario_world.HANDLER_CALLS = request["handler_calls"]

    def print_observed():
        sys.stdout.write(layout(observed(tree(request["tree"]))))

    return with_a_deep_stack(lambda: in_process_of_its_own(print_observed, request["seconds"]))


def main(arguments):
    warnings.simplefilter("ignore")
    if len(arguments) == 1 and not arguments[0].startswith("--"):
        return in_process_of_its_own(lambda: print_one(arguments[0]))
    if len(arguments) > 2 and arguments[0] == "--into":
        codes = [in_process_of_its_own(lambda: write_one(path, arguments[1])) for path in arguments[2:]]
        return 70 if 70 in codes else 0
    if len(arguments) > 1 and arguments[0] == "--check":
        return max(in_process_of_its_own(lambda: check_one(path)) for path in arguments[1:])
    sys.stderr.write(__doc__)
    return 64


def with_a_deep_stack(function):
    """Twisted recurses where `chainDeferred` does: give it the room."""
    sys.setrecursionlimit(8_000)
    threading.stack_size(256 * 1024 * 1024)
    codes = []
    thread = threading.Thread(target=lambda: codes.append(function()))
    thread.start()
    thread.join()
    return codes[0] if codes else 70


if __name__ == "__main__":
    sys.exit(with_a_deep_stack(lambda: main(sys.argv[1:])))
