"""What a function does, as a number that is the same in each Python: told by its source, where that is at hand.

Names of attributes that were renamed, types, casts and texts for people make no difference.
"""

import ast
import linecache
from binascii import crc32

from .woven import code_of, imports, is_same

RENAMED = {"callbacks": "_callbacks"}
MAKES_NO_DIFFERENCE = frozenset("ctx kind type_comment annotation returns decorator_list type_params".split())


def is_known(function, numbers, from_file):
    """Whether that is one of `numbers`; None where the source is not there, or is not what Python runs.

    What was just loaded `from_file` is what stands there, as long as that is as expected.
    """
    try:
        tree = parsed(function)
        found = shape(tree) in numbers
        return found if found and from_file or runs(function, tree) else None
    except Exception:  # No function, or not one of a class, or no source, or of another language.
        return None


def parsed(function):
    code = function.__code__
    lines = linecache.getlines(code.co_filename, function.__globals__)[code.co_firstlineno - 1 :]
    return ast.parse("class %s:\n%s" % (function.__qualname__.split(".")[0], "".join(block(lines))))


def shape(tree):
    words = []
    put_down(tree.body[0].body[0], words)
    return crc32("\n".join(words).encode())


def runs(function, tree):
    """Whether a function was made of that."""
    tree.body[:0] = imports(function)
    return is_same(code_of(tree, function), function.__code__, place=False)


def block(lines):
    """The first lines, as far as they are one definition."""
    margin = indent(lines[0])
    for place, line in enumerate(lines):
        if line.strip() and indent(line) <= margin and not line.lstrip().startswith((")", "#")):
            if any(before.lstrip().startswith("def ") for before in lines[:place]):
                return lines[:place]
    return lines


def indent(line):
    return len(line) - len(line.lstrip())


def put_down(node, words):
    """Adds all that makes a difference, in order."""
    kind = type(node)
    if kind is list:
        words.append("[")
        for item in node:
            put_down(item, words)
        words.append("]")
    elif kind is str:
        words.append(RENAMED.get(node, node))
    elif not isinstance(node, ast.AST):
        words.append(repr(node))
    elif kind is ast.Call and getattr(node.func, "id", None) == "cast":
        put_down(node.args[1], words)
    elif kind is ast.AnnAssign:
        if node.value is not None:
            put_down(ast.Assign([node.target], node.value), words)
    elif kind.__name__ == "Index":  # Of Python 3.8.
        put_down(node.value, words)
    elif kind is not ast.Expr or not isinstance(node.value, ast.Constant):
        words.append(kind.__name__)
        for name in node._fields:
            if name not in MAKES_NO_DIFFERENCE:
                put_down(getattr(node, name, None), words)
