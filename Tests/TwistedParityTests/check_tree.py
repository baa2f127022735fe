#!/usr/bin/env python3
"""Compares scenario files, as Trapline hands them over parsed, with what PyYAML reads.

    check_tree.py DIR FILE…    DIR/NAME.json against FILE, for each; exit 1 on a difference
"""
import os
import sys
from decimal import Decimal

from scenario_tree import tree
from scenario_yaml import load


def difference(one, other, twins, place="$"):
    """Where two trees differ, or None; what is one object in one of them must be one object in the other."""
    if type(one) is not type(other):
        return f"{place}: {one!r} and {other!r}"
    if isinstance(one, (dict, list)) and twins.setdefault(id(one), id(other)) != id(other):
        return f"{place}: an alias to one of them only"
    if isinstance(one, dict):
        if list(one) != list(other):
            return f"{place}: keys {list(one)} and {list(other)}"
        return first(difference(one[key], other[key], twins, f"{place}.{key}") for key in one)
    if isinstance(one, list):
        if len(one) != len(other):
            return f"{place}: {len(one)} and {len(other)} members"
        pairs = enumerate(zip(one, other))
        return first(difference(mine, theirs, twins, f"{place}[{index}]") for index, (mine, theirs) in pairs)
    if isinstance(one, float):
        return None if Decimal(one.text) == Decimal(other.text) else f"{place}: {one.text} and {other.text}"
    return None if one == other else f"{place}: {one!r} and {other!r}"


def first(found):
    return next((item for item in found if item), None)


def main(arguments):
    failed = 0
    for path in arguments[1:]:
        name = os.path.splitext(os.path.basename(path))[0]
        with open(os.path.join(arguments[0], name + ".json"), encoding="utf-8") as file:
            handed = tree(file.read())
        if found := difference(load(path), handed, {}):
            sys.stderr.write(f"{path}: {found}\n")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
