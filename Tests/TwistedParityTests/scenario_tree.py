"""Reads a scenario that Trapline has parsed and handed over as JSON: what `scenario_yaml` reads, without PyYAML.

A map is `{"at": PLACE, "map": {KEY: VALUE…}}` and a list `{"at": PLACE, "list": [VALUE…]}`: what a YAML alias repeats
has the place of what it names, and is one object here, as it is one to PyYAML. Scalars are JSON's own.
"""
import json

from scenario_numbers import ExactFloat


def tree(text):
    """The scenario in that JSON text, as plain maps, lists and scalars."""
    return _built(json.loads(text, parse_float=ExactFloat), {})


def _built(node, known):
    if not isinstance(node, dict):
        return node
    place = node["at"]
    if place not in known:
        if "map" in node:
            known[place] = {key: _built(value, known) for key, value in node["map"].items()}
        else:
            known[place] = [_built(value, known) for value in node["list"]]
    return known[place]
