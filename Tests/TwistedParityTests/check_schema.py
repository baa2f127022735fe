#!/usr/bin/env python3
"""Checks scenario files against a JSON Schema, as an editor does.

    check_schema.py SCHEMA FILE…       every fault on stderr; exit 1 where there is one
"""
import json
import sys

import jsonschema

from scenario_yaml import load


def main(arguments):
    if len(arguments) < 2:
        sys.stderr.write(__doc__)
        return 64
    with open(arguments[0], encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    faults = 0
    for path in arguments[1:]:
        for fault in validator(schema).iter_errors(load(path)):
            faults += 1
            sys.stderr.write(f"{path}: {fault.json_path}: {fault.message[:200]}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
