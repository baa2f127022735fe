"""Generators, coroutines and task iterators whose lines a scenario wrote."""
from twisted.internet import defer, task
from twisted.python.failure import Failure

from scenario_numbers import microseconds
from scenario_values import Frame

_KEPT = []  # a generator that still waits is never closed, so that no `finally` runs at the end of the run


def run_script(program, lines, name, frame):
    """An `inlineCallbacks` function, called."""
    return defer.inlineCallbacks(lambda: _keep(_driver(program, Lines(program, name, frame), lines, "script")))()


def run_async(program, lines, name, frame):
    """A coroutine under `Deferred.fromCoroutine`."""
    return defer.Deferred.fromCoroutine(coroutine(program, lines, name, frame))


def coroutine(program, lines, name, frame):
    body = Lines(program, name, frame, native=True)

    class Resumed:
        def __await__(self):
            return (yield from _keep(_driver(program, body, lines, "async")))

    async def function():
        return await Resumed()

    return _keep(function())


def _keep(generator):
    _KEPT.append(generator)
    return generator


def _driver(program, body, lines, kind):
    """Hands on what Twisted sends in and what the lines yield, and records each resumption."""
    inner = _keep(body.run(lines))
    sent, thrown = None, None
    while True:
        ended = []

        def resume():
            try:
                return inner.send(sent) if thrown is None else inner.throw(thrown)
            except StopIteration as stop:
                ended.append(True)
                return stop.value

        came_in = sent if thrown is None else Failure(thrown)
        out = program.world.observed(body.name, kind, came_in, resume)
        if ended:
            return out
        try:
            sent, thrown = (yield out), None
        except BaseException as exception:
            sent, thrown = None, exception


class Lines:
    """The lines of one script, with its variables; a line that returns gives a one-element tuple."""

    def __init__(self, program, name, frame, native=False):
        self.program, self.name, self.native = program, name, native
        self.frame = Frame(frame.value, frame.count, {})

    def run(self, lines):
        returned = yield from self.all(lines)
        return returned[0] if returned else None

    def all(self, lines):
        for line in lines or []:
            returned = yield from self.line(line)
            if returned is not None:
                return returned
        return None

    def value(self, raw):
        return self.program.value(raw, self.frame)

    def line(self, line):
        if "await" in line:
            value = yield from self._await(line["await"])
            if "into" in line:
                self.frame.variables[line["into"]] = value
        elif "set" in line:
            self.frame.variables[line["set"]] = self.value(line.get("to"))
        elif "sleep" in line:
            yield from self._wait_for(self._sleep(self.value(line["sleep"])))
        elif "return" in line:
            return (self.value(line["return"]),)
        elif line.get("raise") == "again":
            raise  # by Python's own rules: what is handled where this line stands
        elif "raise" in line:
            raise self.program.error(line["raise"], self.frame)
        elif "repeat" in line:
            for _ in range(self.value(line["repeat"])):
                returned = yield from self.all(line["lines"])
                if returned is not None:
                    return returned
        elif "for" in line:
            for item in self.value(line["in"]):
                self.frame.variables[line["for"]] = item
                returned = yield from self.all(line["lines"])
                if returned is not None:
                    return returned
        elif "try" in line:
            return (yield from self._try(line))
        elif "async_with" in line:
            return (yield from _keep(self._holding(line)).__await__())
        else:
            self.program.act(line, self.frame, self.name)
        return None

    def _await(self, reference):
        if isinstance(reference, dict) and list(reference) == ["value"]:
            return (yield self.value(reference["value"]))
        return (yield from self._wait_for(self.program.deferred(reference, self.name, self.frame)))

    def _wait_for(self, deferred):
        """`yield d` in a generator; `await d` in a coroutine, which reads a fired Deferred without taking."""
        if self.native:
            return (yield from deferred.__await__())
        return (yield deferred)

    async def _holding(self, line):
        async with _NamedAcquire(self.program, line["async_with"]):
            return await _Awaitable(self.all(line["lines"]))

    def _sleep(self, seconds):
        try:
            delay = microseconds(seconds)
        except TypeError as error:
            error.expected = True
            raise
        program = self.program
        return program.born(
            f"{self.name}.sleep",
            lambda entry: task.deferLater(program.clock_of(entry.name), delay)).deferred

    def _try(self, line):
        returned = None
        try:
            try:
                returned = yield from self.all(line["try"])
            except Exception as exception:
                lines = self._matching(line.get("except") or {}, exception)
                if lines is None:
                    raise
                returned = yield from self.all(lines)
        finally:
            overriding = yield from self.all(line.get("finally"))
            if overriding is not None:
                return overriding
        return returned

    def _matching(self, clauses, exception):
        for types, lines in clauses.items():
            classes = tuple(self.program.errors.named(name.strip()) for name in types.split(","))
            if isinstance(exception, classes):
                return lines or []
        return None


class _NamedAcquire:
    """A lock as an asynchronous context manager, whose Deferred is reported."""

    def __init__(self, program, name):
        self._program, self._name, self._lock = program, name, program.sharing[name]

    def __aenter__(self):
        return self._program.born(f"{self._name}.acquire", lambda entry: self._lock.__aenter__()).deferred

    def __aexit__(self, *error):
        return self._lock.__aexit__(*error)


class _Awaitable:
    """A generator as what `await` takes."""

    def __init__(self, generator):
        self._generator = _keep(generator)

    def __await__(self):
        return self._generator


class Steps:
    """The iterator of a cooperative task: one step of the scenario for each `next`."""

    def __init__(self, program, steps, name):
        self._program, self._name = program, name
        self._steps = self._each(steps)
        self._ended = False

    def __iter__(self):
        return self

    def __next__(self):
        return self._program.world.observed(self._name, "step", None, self._take)

    def _take(self):
        step = next(self._steps, self)
        if self._ended or step is self:
            raise StopIteration
        return self._run(step)

    def _run(self, step):
        program, frame = self._program, Frame()
        if "yield" in step:
            return program.value(step["yield"], frame)
        if "await" in step:
            return program.deferred(step["await"], self._name, frame)
        if "raise" in step:
            self._ended = True
            raise program.error(step["raise"], frame)
        try:
            program.act_all(step["do"], frame, self._name)
        except BaseException:
            self._ended = True
            raise

    def _each(self, steps):
        for step in steps or []:
            if "repeat" in step:
                for _ in range(step["repeat"]):
                    yield from self._each(step["steps"])
            else:
                yield step
