"""Starts the recorder by hand, the way that it is told, when something has come between."""

import gc
import gzip
import logging
import os
import signal
import sys
import threading
import time

sys.path.insert(0, sys.argv[1])

import trapline_recorder  # noqa: E402
from twisted.internet import defer  # noqa: E402


def put_back():
    """The program puts its own in front of the recorder's, and takes it away after the stop."""
    twisteds = defer.Deferred.cancel
    trapline_recorder.start("a.trace.jsonl")
    ours = defer.Deferred.cancel
    defer.Deferred.cancel = lambda self: ours(self)
    trapline_recorder.stop()
    defer.Deferred.cancel = ours
    trapline_recorder.start("b.trace.jsonl")
    defer.Deferred().cancel()
    trapline_recorder.stop()
    print(defer.Deferred.cancel is twisteds)


def put_before():
    """The program puts its own before a function of `logging`, and keeps ours in it: what it logs is told once."""
    trapline_recorder.start("a.trace.jsonl")
    ours = logging.Logger.callHandlers
    logging.Logger.callHandlers = lambda self, record: ours(self, record)
    trapline_recorder.stop()
    trapline_recorder.start("b.trace.jsonl")
    logging.getLogger("program").error("once")
    trapline_recorder.stop()
    with open("b.trace.jsonl") as file:
        print(file.read().count("once"))


def becoming():
    """A signal comes in an exec's last write, and its handler fills the file, which is turned right then."""
    trapline_recorder.start("b.trace.jsonl", keep_last=50_000)
    from trapline_recorder import output, volume

    hold, rename = output.hold, volume.rename

    def make(count):
        for number in range(count):
            defer.succeed(number)

    def held(seconds):
        """The exec has the file, and another thread goes on."""
        got = hold(seconds)
        if seconds and got:
            output.hold = hold
            other = threading.Thread(target=make, args=(3000,))
            other.start()
            other.join()
        return got

    def renaming(*names):
        rename(*names)
        volume.rename = rename
        signal.raise_signal(signal.SIGUSR1)

    signal.signal(signal.SIGUSR1, lambda *_: make(600))
    make(1)
    output.hold, volume.rename = held, renaming
    try:
        os.execv("/nowhere", ["nowhere"])
    except OSError as error:
        print(type(error).__name__)
    defer.succeed("the last")
    trapline_recorder.stop()
    with open("b.trace.jsonl") as file:
        print("the last" in file.read())


def interrupted():
    """^C comes while the recorder is told that a Deferred is gone."""
    trapline_recorder.start("b.trace.jsonl")
    from trapline_recorder import lives

    add = lives.add

    def interrupt(words):
        lives.add = add
        raise KeyboardInterrupt

    lives.add = interrupt
    try:
        defer.Deferred()
        for _ in range(1000):
            time.sleep(0.01)
        print("lost")
    except KeyboardInterrupt:
        print("interrupted")
    trapline_recorder.stop()


def beside_a_write():
    """Another thread is in the middle of writing at the stop, and goes on to make Deferreds."""
    trapline_recorder.start("b.trace.jsonl")
    from trapline_recorder import volume

    pwrite, writing, is_last = volume.pwrite, threading.Event(), threading.Event()
    main = threading.get_ident()

    def is_stopping():
        return "trapline_recorder" in sys._current_frames()[main].f_code.co_filename

    def slowly(*arguments):
        volume.pwrite = pwrite
        writing.set()
        is_last.wait()
        while not is_stopping():
            time.sleep(0.01)
        return pwrite(*arguments)

    def make():
        while not writing.is_set():
            defer.succeed("one of many")
        for number in range(2000):
            defer.succeed(number)

    defer.succeed("the first")
    volume.pwrite = slowly
    others = threading.Thread(target=make)
    others.start()
    writing.wait()
    defer.succeed("the last")
    is_last.set()
    trapline_recorder.stop()
    others.join()
    with open("b.trace.jsonl") as file:
        trace = file.read()
    print("the first" in trace, "the last" in trace)


def interrupted_write():
    """^C comes in the middle of a write, before anything of it is written and when half is."""
    trapline_recorder.start("b.trace.jsonl")
    from trapline_recorder import volume

    defer.succeed("the first")
    made = 1
    for name in ("steps", "pwrite"):
        function = getattr(volume, name)

        def interrupt(*arguments):
            setattr(volume, name, function)
            if name == "pwrite":
                function(arguments[0], arguments[1][:1000], arguments[2])
            raise KeyboardInterrupt

        setattr(volume, name, interrupt)
        while getattr(volume, name) is interrupt:
            made += 1
            try:
                defer.succeed(name)
            except KeyboardInterrupt:
                print("interrupted")
    trapline_recorder.stop()
    print(made)


def interrupted_hold():
    """^C comes right after the file is held for a write, and right before it is given back."""
    trapline_recorder.start("b.trace.jsonl")
    from trapline_recorder import holding

    class Interrupting:
        def __init__(self, lock, at):
            self.lock, self.at, self._is_owned = lock, at, lock._is_owned

        def acquire(self, *arguments):
            got = self.lock.acquire(*arguments)
            if got and self.at == "acquire":
                self.interrupt()
            return got

        def release(self):
            if self.at == "release":
                self.interrupt()
            self.lock.release()

        def interrupt(self):
            holding._lock = self.lock
            raise KeyboardInterrupt

    made = []
    for at in ("acquire", "release"):
        holding._lock = wrapped = Interrupting(holding._lock, at)
        while holding._lock is wrapped:
            try:
                made.append(None)
                made[-1] = defer.Deferred()
            except KeyboardInterrupt:
                print("interrupted")
    trapline_recorder.stop()
    print(len(made))


def interrupted_turn():
    """^C comes before and after each step of making the first file, and of putting one aside."""
    trapline_recorder.start(sys.argv[3], keep_last=50_000)
    from trapline_recorder import files, volume

    made, interruptions = [], 0
    steps = [(files, "first_made"), (volume, "start")]
    steps += [(volume, name) for name in ("end_half", "rename", "start", "turned")] + [(files, "made")]
    for owner, name in steps:
        for is_late in (False, True):
            function = getattr(owner, name)
            if name == "rename" and is_late or (owner, name) == steps[0] and not is_late:
                continue  # Nothing comes between that and what follows it; and once is enough.

            def interrupt(*arguments):
                setattr(owner, name, function)
                if is_late:
                    function(*arguments)
                raise KeyboardInterrupt

            setattr(owner, name, interrupt)
            while getattr(owner, name) is interrupt:
                try:
                    made.append(None)
                    made[-1] = defer.Deferred()
                except KeyboardInterrupt:
                    print("interrupted")
                    interruptions += 1
    trapline_recorder.stop()
    print(len(made) + interruptions)  # Those are gone.
    if sys.argv[3].endswith(".gz"):
        with gzip.open(sys.argv[3], "rt") as packed, open("b.trace.jsonl", "w") as plain:
            plain.write(packed.read())
        os.unlink(sys.argv[3])


def forked_turn():
    """Another thread forks while the file is put aside, and its name is free."""
    trapline_recorder.start("b.trace.jsonl", keep_last=50_000)
    from trapline_recorder import volume

    rename = volume.rename

    def fork():
        child = os.fork()
        if child == 0:
            defer.succeed("in the child")
            os._exit(0)
        os.waitpid(child, 0)

    def forking(*names):
        volume.rename = rename
        rename(*names)
        thread = threading.Thread(target=fork)
        thread.start()
        thread.join()

    volume.rename = forking
    for number in range(3000):
        defer.succeed(number)
    trapline_recorder.stop()
    names = sorted(os.listdir("."))
    print(len(names), "b.trace.jsonl" in names, any("before" in name for name in names))
    with open("b.trace.jsonl") as file:
        trace = file.read()
    print('"v":"2999"' in trace, "in the child" in trace)


def beside_another():
    """Another thread makes Deferreds all the time: each recording is there, and whole."""
    goes_on = True

    def make():
        while goes_on:
            defer.succeed("x")

    thread = threading.Thread(target=make, daemon=True)
    thread.start()
    for _ in range(20):
        trapline_recorder.start("a.trace.jsonl")
        deadline = time.monotonic() + 20
        while not os.path.exists("a.trace.jsonl") and time.monotonic() < deadline:
            time.sleep(0.01)
        path = trapline_recorder.stop()
        with open(path) as file:
            is_whole = '"e":"closed"' in file.readlines()[-1]
        if not is_whole:
            print("not closed")
        os.unlink(path)
    goes_on = False
    thread.join()
    trapline_recorder.start("b.trace.jsonl")
    defer.succeed(2)
    print(os.path.basename(trapline_recorder.stop()))


def in_a_handler():
    """The chain that runs is not told of in the new recording, until it runs again."""
    other = []

    def handler(result):
        trapline_recorder.stop()
        trapline_recorder.start("b.trace.jsonl")
        other.append(defer.Deferred())
        return result

    trapline_recorder.start("a.trace.jsonl")
    deferred = defer.Deferred()
    deferred.addCallback(handler).addCallback(str)
    deferred.callback(1)
    other[0].addCallback(print)
    deferred.addCallback(print)
    trapline_recorder.stop()


def in_a_failing_handler():
    """The old chain ends with a Failure that nobody handles: in the new recording it is no other Deferred's."""
    other = []

    def handler(result):
        trapline_recorder.stop()
        trapline_recorder.start("b.trace.jsonl")
        other.append(defer.Deferred())
        raise KeyError("of the old one")

    trapline_recorder.start("a.trace.jsonl")
    defer.Deferred().addCallback(handler).callback(1)
    gc.collect()

    class Starting(logging.Handler):
        def emit(self, record):
            trapline_recorder.stop()
            trapline_recorder.start("c.trace.jsonl")
            defer.fail(IndexError("another")).addErrback(str)

    program = logging.getLogger("program")
    program.addHandler(Starting())
    try:
        1 / 0
    except ZeroDivisionError:
        program.exception("an error")
    trapline_recorder.stop()
    for name in "bc":
        with open(name + ".trace.jsonl") as file:
            trace = file.read()
        print('"unhandled"' in trace, '"note"' in trace)


def in_a_thread():
    """Stopped there, where no signal's handler can be set; what was set before is the default to the program."""
    trapline_recorder.start("a.trace.jsonl")
    defer.succeed(1)
    thread = threading.Thread(target=lambda: print(os.path.basename(trapline_recorder.stop())))
    thread.start()
    thread.join()
    print(signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    child = os.fork()
    if child == 0:
        os.kill(os.getpid(), signal.SIGTERM)
        os._exit(0)
    print(os.waitpid(child, 0)[1] == signal.SIGTERM)
    trapline_recorder.start("b.trace.jsonl")
    defer.succeed(2)
    print(os.path.basename(trapline_recorder.stop()))
    print(signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)


WAYS = {
    "put back": put_back,
    "put before": put_before,
    "becoming": becoming,
    "interrupted": interrupted,
    "beside a write": beside_a_write,
    "interrupted write": interrupted_write,
    "interrupted hold": interrupted_hold,
    "interrupted turn": interrupted_turn,
    "forked turn": forked_turn,
    "beside another": beside_another,
    "in a handler": in_a_handler,
    "in a failing handler": in_a_failing_handler,
    "in a thread": in_a_thread,
}
WAYS[sys.argv[2]]()
