"""Lets a function of ours stand where one of Twisted's stood.

A handler that fails shows the run loop in its traceback, and a program may log or compare that. So each line of ours
that Twisted's function has too is given Twisted's number, and the others the number of the line before; and the
globals, by which warnings know their module, are those of Twisted's.
"""

import ast
import functools
import linecache


def compiled(module, name, tools, host, originals, renamed):
    """The functions that the factory `name` of `module` returns, made in `host`, as `originals` (by name) look.

    `renamed` says which attributes have another name in this version of Twisted.
    """
    tree = ast.parse("".join(linecache.getlines(module.__file__)))
    factory = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
    source = linecache.getlines(module.__file__)
    for node in factory.body:
        if isinstance(node, ast.FunctionDef) and node.name in originals:
            renumber(node, source, originals[node.name].__code__)
    for node in ast.walk(factory):
        if isinstance(node, ast.Attribute):
            node.attr = renamed.get(node.attr, node.attr)
        if hasattr(node, "end_lineno"):
            # Without an end no column is kept: ours are not Twisted's.
            node.end_lineno = node.end_col_offset = None
    code = compile(ast.Module(body=[factory], type_ignores=[]), host.__file__, "exec")
    made = {}
    exec(code, host.__dict__, made)
    functions = made[name](tools)
    return {key: functools.update_wrapper(functions[key], originals[key]) for key in originals}


def renumber(function, source, code):
    theirs = lines_of(code)
    ours = {}
    last = code.co_firstlineno
    for line in range(function.lineno, function.end_lineno + 1):
        last = ours[line] = theirs.get(essence(source[line - 1]), last)
    for node in ast.walk(function):
        if hasattr(node, "lineno"):
            node.lineno = ours.get(node.lineno, last)


def lines_of(code):
    """The lines of a function, by what stands in them; the first of several."""
    found = {}
    start = code.co_firstlineno
    lines = linecache.getlines(code.co_filename)[start - 1 : start + 250]
    for offset, line in enumerate(lines):
        found.setdefault(essence(line), start + offset)
        if offset > 0 and line.lstrip().startswith("def ") and indent(line) <= indent(lines[0]):
            break
    return found


def indent(line):
    return len(line) - len(line.lstrip())


def essence(line):
    """A statement, or its beginning where it goes on in the next line."""
    words = line.split("#")[0].strip()
    return words.split("(")[0] + "(" if words.startswith("current.result = ") and "(" in words else words
