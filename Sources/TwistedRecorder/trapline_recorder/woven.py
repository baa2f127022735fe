"""Puts calls of ours into functions of Twisted's: no frame of ours stands between those of Twisted and the program.

The source of such a function is compiled again, with its own lines, its module's globals and no other variables: what
warns or looks at its callers finds what it always found.
"""

import __future__

import ast
import copy
import dis
import functools
import inspect
import linecache
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType

TOOL = "\0trapline"
FUTURE = [getattr(__future__, name).compiler_flag for name in __future__.all_feature_names]


def around_call(original, name, tool):
    """`original`, with `tool.began(x)`, and `tool.ended(x)` or `tool.failed(x)`, around its statement `x.name(…)`.

    None where it is not as expected, or its source is not there.
    """

    def put(function):
        for body in bodies(function):
            for place, statement in enumerate(body):
                call = statement.value if isinstance(statement, ast.Expr) else None
                if isinstance(call, ast.Call) and getattr(call.func, "attr", None) == name:
                    body[place : place + 1] = guarded(statement, call.func.value)
                    return True
        return False

    return compiled(original, put, tool)


def before_all(original, name, tool, argument="self"):
    """`original`, with `tool.name(argument)` before all that it does; or None."""

    def put(function):
        first = start_of(function)
        function.body.insert(first, calling(name, ast.Name(argument, ast.Load()), function.body[first]))
        return True

    return compiled(original, put, tool)


def around_all(original, before, after, tool, argument):
    """`original`, with `tool.before(argument)` before all that it does, if that is given, and `tool.after(argument)`
    behind; or None."""

    def put(function):
        first, subject = start_of(function), ast.Name(argument, ast.Load())
        body, last = function.body[first:], function.body[-1]
        attempt = ast.Try(
            body=([calling(before, subject, body[0])] if before else []) + body,
            handlers=[],
            orelse=[],
            finalbody=[calling(after, subject, last)],
        )
        function.body[first:] = [placed(attempt, body[0])]
        return True

    return compiled(original, put, tool)


def start_of(function):
    return 1 if ast.get_docstring(function, clean=False) is not None else 0


def bodies(function):
    for node in ast.walk(function):
        for name in ("body", "orelse", "finalbody"):
            found = getattr(node, name, None)
            if isinstance(found, list):
                yield found


def guarded(statement, subject):
    failed = [calling("failed", subject, statement), placed(ast.Raise(exc=None, cause=None), statement)]
    handler = ast.ExceptHandler(type=ast.Name("BaseException", ast.Load()), name=None, body=failed)
    ended = [calling("ended", subject, statement)]
    attempt = ast.Try(body=[statement], handlers=[placed(handler, statement)], orelse=ended, finalbody=[])
    return [calling("began", subject, statement), placed(attempt, statement)]


def calling(name, subject, near):
    method = ast.Attribute(ast.Constant(TOOL), name, ast.Load())
    return placed(ast.Expr(ast.Call(method, [copy.deepcopy(subject)], [])), near)


def placed(node, near):
    """All of `node` that is not placed yet stands where `near` does."""
    for inner in ast.walk(node):
        if "lineno" in inner._attributes and not hasattr(inner, "lineno"):
            ast.copy_location(inner, near)
    return node


def compiled(original, put, tool):
    try:
        return compiled_as(original, put, tool)
    except Exception:  # No function, or not made by Python's own compiler of what stands in its file.
        return None


def compiled_as(original, put, tool):
    code = original.__code__
    start = code.co_firstlineno
    lines = linecache.getlines(code.co_filename, original.__globals__)[start - 1 :]
    source = "class %s:\n%s" % (original.__qualname__.split(".")[0], "".join(inspect.getblock(lines)))
    tree = ast.increment_lineno(ast.parse(source), start - 2)
    function = tree.body[0].body[0]
    tree.body[:0] = imports(original)
    # What stands in the file by now need not be what the program runs.
    if code.co_freevars or not is_same(code_of(tree, original), code) or not put(function):
        return None
    ours = code_of(tree, original)
    constants = tuple(tool if type(item) is str and item == TOOL else item for item in ours.co_consts)
    ours = ours.replace(co_consts=constants)
    made = FunctionType(ours, original.__globals__, original.__name__, original.__defaults__)
    made.__kwdefaults__ = original.__kwdefaults__
    return functools.update_wrapper(made, original)


def imports(original):
    """What its module imports by names that it uses: Python 3.11 calls their methods in another way."""
    known = original.__globals__
    found = [(name, known.get(name)) for name in original.__code__.co_names]
    names = [
        name
        for name, value in found
        if isinstance(value, ModuleType)
        or isinstance(value, (type, FunctionType, BuiltinFunctionType)) and value.__module__ != known["__name__"]
    ]
    return [ast.parse("import " + name).body[0] for name in names]


def code_of(tree, original):
    """The code of `original`, as its source in the class of `tree` is compiled."""
    code = original.__code__
    flags = sum(flag for flag in FUTURE if code.co_flags & flag)
    found = compile(tree, code.co_filename, "exec", flags, True)
    for name in (None, original.__name__):
        found = next(item for item in found.co_consts if type(item) is CodeType and name in (None, item.co_name))
    return found


ASPECTS = "argcount posonlyargcount kwonlyargcount code names varnames freevars cellvars flags".split()


def is_same(one, other, place=True):
    """Whether two constants are the same, and of two codes all that they do and where they say that it stands."""
    if type(one) is not type(other):
        return False
    if type(one) is CodeType:
        stands = not place or (
            one.co_firstlineno == other.co_firstlineno
            and list(dis.findlinestarts(one)) == list(dis.findlinestarts(other))
        )
        return (
            stands
            and is_same(one.co_consts, other.co_consts, place)
            and all(getattr(one, "co_" + aspect) == getattr(other, "co_" + aspect) for aspect in ASPECTS)
        )
    if type(one) is tuple:
        return len(one) == len(other) and all(is_same(*pair, place) for pair in zip(one, other))
    return one == other if type(one) is frozenset else repr(one) == repr(other)
