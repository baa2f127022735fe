"""Answers `trapline run --against twisted`: runs one scenario on the Twisted of the Python that was started.

Trapline gives this file to Python with `-c`, and one JSON object on stdin: `modules` (the sources of `run_on_twisted` and
what it imports, so that no file is needed), `tree` (the scenario as `scenario_tree` reads it), `timer_calls` and
`handler_calls` (the bounds), `seconds` (of work). The answer is one line of JSON on stdout, with the versions of Python
and Twisted or what this Python `lacks`; below it what was observed, as `run_on_twisted` lays it out.

Exit codes: those of `run_on_twisted`, and 4 where something is lacking. Python 2.7 can still read this file, and say that
it is too old.
"""
import sys

sys.path[:] = [place for place in sys.path if place]  # not the working directory, whatever lies in it

import json

OLDEST = (3, 10)


class HandedOver:
    """Imports the modules that came with the request."""

    def __init__(self, sources):
        self.sources = sources

    def find_spec(self, name, path=None, target=None):
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, self) if name in self.sources else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__file__ = "/<trapline>/%s.py" % module.__name__
        exec(compile(self.sources[module.__name__], module.__file__, "exec"), module.__dict__)


def say(facts):
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def lacking(facts, what, why):
    say(dict(facts, lacks=what, why=why))
    return 4


def main():
    facts = {"python": "%d.%d.%d" % sys.version_info[:3]}
    if sys.version_info < OLDEST:
        return lacking(facts, "python", "%d.%d or later is needed" % OLDEST)
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    try:
        import twisted
        import twisted.internet.task
    except Exception as error:
        return lacking(facts, "twisted", "%s: %s" % (type(error).__name__, error))
    facts["twisted"] = twisted.__version__
    sys.meta_path.insert(0, HandedOver(request["modules"]))
    try:
        from run_on_twisted import answer
    except (AttributeError, ImportError) as error:
        return lacking(facts, "newer twisted", str(error))
    say(facts)
    return answer(request)


if __name__ == "__main__":
    sys.exit(main())
