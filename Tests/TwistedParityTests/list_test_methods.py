#!/usr/bin/env python3
"""Lists the test methods of a module of Twisted's own tests, without importing it: it may need what is not there.

    list_test_methods.py OUTPUT MODULE…      a line a method: `test_defer DeferredTests.testTwoCallbacks`

A MODULE is `test_defer` or the like. Methods that a class has from a class of the same module are its own too;
classes that are no tests themselves (mixins) are left out.
"""
import ast
import os
import sys

import twisted


def methods_of(module):
    """The names `Class.method`, in the order of the file."""
    with open(_path_of(module), encoding="utf-8") as file:
        tree = ast.parse(file.read())
    classes = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    return [
        f"{name}.{method}"
        for name, node in classes.items() if _is_test_case(node, classes)
        for method in _tests_in(node, classes)]


def _path_of(module):
    house = os.path.dirname(twisted.__file__)
    places = [os.path.join(house, *folder, module + ".py") for folder in (["test"], ["internet", "test"])]
    return next(filter(os.path.exists, places))


def _bases(node):
    return [base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases]


def _is_test_case(node, classes):
    return any(
        base.endswith("TestCase") or base in classes and _is_test_case(classes[base], classes)
        for base in _bases(node))


def _tests_in(node, classes):
    """A class's own tests, and then what it inherits."""
    found = [
        item.name for item in node.body
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)) and item.name.startswith("test")]
    for base in _bases(node):
        if base in classes:
            found += [name for name in _tests_in(classes[base], classes) if name not in found]
    return found


def main(arguments):
    if len(arguments) < 2:
        sys.stderr.write(__doc__)
        return 64
    with open(arguments[0], "w", encoding="utf-8") as output:
        for module in arguments[1:]:
            output.writelines(f"{module} {method}\n" for method in methods_of(module))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
