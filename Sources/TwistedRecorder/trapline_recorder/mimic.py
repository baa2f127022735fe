"""Lets a function of ours stand where one of Twisted's stood.

A handler that fails shows the run loop in its traceback, and a program may log or compare that. So each line of ours
that Twisted's function has too is given Twisted's number, and the others the number of the line before; and the
globals, by which warnings know their module, are those of Twisted's.
"""

import ast
import functools
import linecache


def compiled(module, name, tools, host, originals, renamed, other=None):
    """The functions that the factory `name` of `module` returns, made in `host`, as `originals` (by name) look.

    `renamed` says which attributes have another name in this version of Twisted; `other` is a module with functions
    that are put into those of the same name, after `if skips and skips(self)`.
    """
    source, tree = parsed(module)
    factory = functions_of(tree.body)[name]
    functions = functions_of(factory.body)
    for key in originals:
        renumber(functions[key], source, originals[key].__code__)
    if other is not None:
        source, tree = parsed(other)
        for key, inserted in functions_of(tree.body).items():
            renumber(inserted, source, originals[key].__code__)
            place_for(functions[key]).body = inserted.body
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


def parsed(module):
    source = linecache.getlines(module.__file__)
    return source, ast.parse("".join(source))


def functions_of(body):
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def place_for(function):
    return next(node for node in function.body if isinstance(node, ast.If) and "skips" in ast.dump(node.test))


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
