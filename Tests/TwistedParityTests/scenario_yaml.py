"""Reads a scenario file: YAML 1.2 core schema, plus a plain `none`, with decimal seconds kept exact."""
import re

import yaml

from scenario_numbers import ExactFloat


class CoreLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """PyYAML speaks YAML 1.1; its resolvers are replaced by those of the 1.2 core schema."""

    yaml_implicit_resolvers = {}


_NULL = re.compile(r"^(?:null|Null|NULL|~|none|)$")
_BOOL = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
_INT = re.compile(r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$")
_FLOAT = re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")

for _tag, _pattern in (("null", _NULL), ("bool", _BOOL), ("int", _INT), ("float", _FLOAT)):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _pattern, None)


def _construct_int(loader, node):
    text = node.value
    if text.startswith("0o"):
        return int(text[2:], 8)
    return int(text, 16) if text.startswith("0x") else int(text)


def _construct_map(loader, node):
    """Keys are texts as written, whatever they look like, and keep the order of the file."""
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


CoreLoader.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)
CoreLoader.add_constructor("tag:yaml.org,2002:bool", lambda loader, node: node.value.lower() == "true")
CoreLoader.add_constructor("tag:yaml.org,2002:int", _construct_int)
CoreLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: ExactFloat(node.value))
CoreLoader.add_constructor("tag:yaml.org,2002:map", _construct_map)


def load(path):
    """The scenario in the file at `path`, as plain maps, lists and scalars."""
    with open(path, encoding="utf-8-sig") as file:
        return yaml.load(file, Loader=CoreLoader)
