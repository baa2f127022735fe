#!/usr/bin/env python3
"""Compares `trapline run --format observed` with real Twisted, and makes a difference small.

    compare.py TRAPLINE FILE…                    compares each file
    compare.py TRAPLINE --seeds A B [--into DIR] compares the scenarios generated from seeds A to B; makes each
                                                 difference small and writes it as DIR/seed-N.yaml
    compare.py TRAPLINE --shrink FILE            prints the smallest scenario found that still differs

Twisted has no answer where a run goes round in circles or never ends: then trapline may have none either, and says
what goes round or never ends. Exit 1 on a difference.
"""
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings

import yaml

from generate import Generator, Plain, text_of
from run_on_twisted import in_process_of_its_own, observe, with_a_deep_stack
from scenario_yaml import CoreLoader


def on_twisted(path):
    """What Twisted observes; {"unanswered": reason} where it has no answer."""
    handle, result = tempfile.mkstemp(".json")
    os.close(handle)

    def write():
        with open(result, "w", encoding="utf-8") as file:
            os.dup2(file.fileno(), 2)  # why there is no answer, if there is none
            report = observe(path)
            json.dump(report, file)

    try:
        code = in_process_of_its_own(write)
        with open(result, encoding="utf-8") as file:
            text = file.read()
        if code == 0:
            return json.loads(text)
        return {"unanswered": text.strip() or "takes too long"} if code == 3 else {"broken": text}
    finally:
        os.remove(result)


def on_trapline(trapline, path):
    try:
        done = subprocess.run([trapline, "run", "--format", "observed", path], capture_output=True, timeout=20)
    except subprocess.TimeoutExpired:
        return {"error": "takes longer than 20 seconds"}
    try:
        if done.returncode in (0, 1):  # 1: what the file expects did not come
            return json.loads(done.stdout)
    except ValueError:
        pass
    return {"error": f"exit {done.returncode}: {done.stderr.decode(errors='replace')[:600]}"}


def difference(expected, got, place="$"):
    """The first place where two reports differ, in words; None where they are the same."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for key in expected:
            if key not in got:
                return f"{place}: no {key!r} in trapline's, Twisted has {json.dumps(expected[key])[:200]}"
            if found := difference(expected[key], got[key], f"{place}.{key}"):
                return found
        if extra := [key for key in got if key not in expected]:
            return f"{place}: only trapline has {extra}"
        if list(expected) != list(got):
            return f"{place}: order {list(expected)} on Twisted, {list(got)} on trapline"
        return None
    if isinstance(expected, list) and isinstance(got, list):
        for index, (one, other) in enumerate(zip(expected, got)):
            if found := difference(one, other, f"{place}[{index}]"):
                return f"{found}\n   twisted:  {json.dumps(one)[:300]}\n   trapline: {json.dumps(other)[:300]}" \
                    if place in ("$.calls", "$.log") else found
        if len(expected) != len(got):
            rest = (expected[len(got):] or got[len(expected):])[0]
            return f"{place}: {len(expected)} on Twisted, {len(got)} on trapline; the first extra is {json.dumps(rest)[:300]}"
        return None
    same = expected is got if isinstance(expected, bool) or isinstance(got, bool) else expected == got
    return None if same else f"{place}: {json.dumps(expected)[:200]} on Twisted, {json.dumps(got)[:200]} on trapline"


def compared(trapline, path):
    """(verdict, detail): `same`, `differs`, `unanswered` (by both), or `refused` (only trapline has no answer)."""
    expected = on_twisted(path)
    got = on_trapline(trapline, path)
    if "unanswered" in expected:
        return ("unanswered" if nor_does(got, expected["unanswered"]) else "differs"), expected["unanswered"]
    if "error" in got:
        return "refused", got["error"]
    found = difference(expected, got)
    return ("differs", found) if found else ("same", "")


def nor_does(got, reason):
    """Whether trapline has no answer where Twisted has none, or the error that the documentation promises for it."""
    if "recursion" in reason and "RecursionError" in json.dumps(got):
        return True  # raised on both sides, but at what depth is a matter of Python's stack
    if "never stops" in reason and "CircularWaitError" in json.dumps(got):
        return True  # a coroutine that looks for ever at a chain paused in mid-run is told so
    return "error" in got or reason == "takes too long"


# Shrinking.


def smaller(node):
    """Every variant of a tree with one thing less, the boldest cuts first."""
    if isinstance(node, list):
        for index in range(len(node)):
            yield node[:index] + node[index + 1:]
        for index, item in enumerate(node):
            for variant in smaller(item):
                yield node[:index] + [variant] + node[index + 1:]
    elif isinstance(node, dict):
        for key in node:
            yield {other: value for other, value in node.items() if other != key}
        if set(node) >= {"callback", "errback"}:
            yield {"callback": node["callback"]}
            yield {"errback": node["errback"]}
        for key, value in node.items():
            if isinstance(value, (list, dict)) and value:
                for variant in smaller(value):
                    yield {**node, key: variant}
            elif key in ("at", "after", "with", "return", "value", "later") and value not in (0, None):
                yield {**node, key: 0}


def shrink(trapline, path):
    with open(path, encoding="utf-8") as file:
        best = yaml.load(file, Loader=CoreLoader)
    handle, trial = tempfile.mkstemp(".yaml")
    os.close(handle)
    wanted = verdict_of(trapline, best, trial)
    if not wanted.startswith(("differs", "refused")):
        os.remove(trial)
        return None
    deadline = time.monotonic() + 60
    improved = True
    while improved and time.monotonic() < deadline:
        improved, place = False, 0
        while time.monotonic() < deadline:
            # Goes on where the last cut was made: what could not be cut before rarely can be after it.
            variant = next(itertools.islice(smaller(best), place, None), None)
            if variant is None:
                break
            if isinstance(variant, dict) and "trapline" in variant and verdict_of(trapline, variant, trial) == wanted:
                best, improved = variant, True
            else:
                place += 1
    detail = verdict_of(trapline, best, trial, True)
    os.remove(trial)
    return best, detail


def verdict_of(trapline, scenario, path, detailed=False):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text_of(scenario))
    verdict, detail = compared(trapline, path)
    if verdict == "refused" or detail.startswith("run_on_twisted"):
        verdict += " " + detail[:30]  # another refusal, say of a file that is no longer valid, is another thing
    return detail if detailed else verdict


def main(arguments):
    warnings.simplefilter("ignore")
    Plain.add_multi_representer(float, lambda dumper, number: dumper.represent_float(float(number)))
    if len(arguments) < 2:
        sys.stderr.write(__doc__)
        return 64
    trapline = arguments[0]
    if arguments[1] == "--shrink":
        return print_shrunk(trapline, arguments[2])
    if arguments[1] == "--seeds":
        into = arguments[5] if arguments[4:5] == ["--into"] else None
        return compare_seeds(trapline, range(int(arguments[2]), int(arguments[3]) + 1), into)
    return tell(compare_all(trapline, arguments[1:]))


def print_shrunk(trapline, path, file=None):
    found = shrink(trapline, path)
    if found is None:
        return 0
    print("# " + found[1].replace("\n", "\n# "), file=file)
    print(text_of(found[0]), end="", file=file)
    return 1


def compare_seeds(trapline, seeds, into):
    """Only what differs is kept, with its seed in its name."""
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            path = os.path.join(folder, f"seed-{seed}.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text_of(Generator(seed).scenario()))
            one = compare_all(trapline, [path])
            if into and not one.keys() <= {"same", "unanswered"}:
                with open(os.path.join(into, f"seed-{seed}.yaml"), "w", encoding="utf-8") as file:
                    print_shrunk(trapline, path, file)
            os.remove(path)
            for verdict, count in one.items():
                counts[verdict] = counts.get(verdict, 0) + count
    return tell(counts)


def compare_all(trapline, paths):
    counts = {}
    for path in paths:
        verdict, detail = compared(trapline, path)
        counts[verdict] = counts.get(verdict, 0) + 1
        if verdict in ("differs", "refused"):
            print(f"{verdict} {path}\n   {detail}", flush=True)
    return counts


def tell(counts):
    print(", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())))
    return 1 if counts.get("differs") or counts.get("refused") else 0


if __name__ == "__main__":
    sys.exit(with_a_deep_stack(lambda: main(sys.argv[1:])))
