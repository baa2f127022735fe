"""The ends of a process: each writes what was gathered first."""

import _signal
import os
import signal
import sys
from operator import index
from os import geteuid as user_in_force

from . import importing, output
from .importing import own_number, send_signal

_doors = []
_installed = {}  # signal -> our handler, where the program has none
SIGNALS = ("getsignal", "signal")
_watches = False
set_signal = getattr(_signal.signal, "original", _signal.signal)
get_signal = getattr(_signal.getsignal, "original", _signal.getsignal)


def watch():
    """Watches what ends a process without a word. Undone by `forget`."""
    global _watches
    _watches = True
    for name in ("_exit", "abort"):
        through(os, name, leaving)
    for name in ("execv", "execve"):
        through(os, name, becoming)
    for name in ("setuid", "seteuid", "setreuid", "setresuid"):
        through(os, name, giving_up)
    through(os, "kill", killing)
    through(_signal, "raise_signal", raising)
    die_well()


def through(module, name, hook):
    """Puts in front of a function what `hook` makes of it, for those too that imported it by its name before."""
    door = importing.door(module, name)
    if door is not None:
        door.call = hook(door.call)
        _doors.append((name, door))


def forget():
    """What ends a process is as it was. A signal's handler can be taken away by the main thread alone, else it is hidden."""
    global _watches
    _watches = False
    stays = SIGNALS if still_installed() else ()
    kept = [entry for entry in _doors if entry[0] in stays]
    while _doors:
        name, door = _doors.pop()
        if name in stays:
            continue
        door.call = door.original
        if not door.stays:
            importing.put(door, door.original, name)
    _doors.extend(kept)


def still_installed():
    for number, handler in list(_installed.items()):
        try:
            if get_signal(number) is handler:
                set_signal(number, _signal.SIG_DFL)
        except ValueError:
            continue  # Not the main thread. What is left does what the default would.
        del _installed[number]
    return bool(_installed)


def leaving(original):
    def leave(*arguments, **named):
        # What can't be asked for is refused, and the program goes on.
        if is_accepted(original.__name__, *arguments, **named):
            output.close()
        original(*arguments, **named)

    return leave


def is_accepted(name, *status, **named):
    """Whether `os.abort` or `os._exit` takes these arguments."""
    if name == "abort":
        return not status and not named
    status += tuple(named.values())
    if len(status) != 1 or not set(named) <= {"status"} or not hasattr(type(status[0]), "__index__"):
        return False
    return -(1 << 31) <= index(status[0]) < 1 << 31


def becoming(original):
    """An exec that fails leaves the process as it was: the file stays open, and is closed by the exec itself."""

    def become(*arguments, **named):
        return output.when_all_is_written(original, *arguments, **named)

    return become


def giving_up(original):
    """Who was root, and is about to be somebody else, may not write any more where the command ran."""

    def give_up(*arguments, **named):
        if user_in_force() == 0 and any(user not in (0, -1) for user in arguments) and not becomes_another():
            giving_up_rights()
        return original(*arguments, **named)

    return give_up


giving_up_rights = int  # Set by `recording`.


def becomes_another():
    """Whether this is the child of a fork in which Twisted starts another program: that needs no file."""
    frame = sys._getframe(2)
    for _ in range(4):
        if frame is None:
            return False
        if frame.f_code.co_name == "_execChild":
            return True
        frame = frame.f_back
    return False


def killing(original):
    def kill(*arguments, **named):
        if len(arguments) == 2 and arguments[0] == own_number() and ends_at_once(arguments[1]):
            output.close("signal %d" % arguments[1])
        elif arguments and arguments[0] in (own_number(), 0):
            output.write()
        return original(*arguments, **named)

    return kill


def raising(original):
    def raise_signal(*arguments, **named):
        number = arguments[0] if arguments else named.get("signalnum")
        if len(arguments) + len(named) == 1 and ends_at_once(number):
            output.close("signal %d" % number)
        else:
            output.write()
        return original(*arguments, **named)

    return raise_signal


def ends_at_once(number):
    """Whether this signal, sent by a process to itself, is its end: so twistd goes that ^C has stopped."""
    try:
        if number not in DEADLY or get_signal(number) != _signal.SIG_DFL:
            return False
        return not hasattr(signal, "pthread_sigmask") or number not in signal.pthread_sigmask(
            signal.SIG_BLOCK, ()
        )
    except (TypeError, ValueError, OSError):
        return False


# Of those that others than the system send.
DEADLY = frozenset(
    getattr(signal, "SIG" + name)
    for name in "INT QUIT TERM HUP ABRT KILL".split()
    if hasattr(signal, "SIG" + name)
)


def die_well():
    """Where a signal would end the process at once, ends it after writing; the program sees the default there."""
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
        try:
            if number is not None and get_signal(number) == _signal.SIG_DFL:
                install(number)
        except ValueError:
            return  # Not the main thread: the reactor's own handlers will do.
    if any(name in SIGNALS for name, _ in _doors):
        return  # A stop in another thread has left them.
    # The functions of `signal` look these up when they are called.
    for name, hook in zip(SIGNALS, (asking, setting)):
        through(_signal, name, hook)


def install(number):
    def die(number, frame):
        def finish():
            try:
                output.close("signal %d" % number)
            finally:
                set_signal(number, _signal.SIG_DFL)
                send_signal(own_number(), number)

        output.when_written(finish)

    _installed[number] = die
    set_signal(number, die)


def hidden(handler):
    return _signal.SIG_DFL if handler in _installed.values() else handler


def asking(original):
    def getsignal(*arguments, **named):
        return hidden(original(*arguments, **named))

    return getsignal


def setting(original):
    def set_handler(*arguments, **named):
        before = hidden(original(*arguments, **named))
        if len(arguments) == 2 and arguments[1] == _signal.SIG_DFL and arguments[0] in _installed:
            if _watches:
                install(arguments[0])
            else:
                del _installed[arguments[0]]
        return before

    return set_handler


class LastBreath:
    """Lives in `sys`, which is taken down after all other modules: nothing can happen after its end."""

    def __init__(self, close):
        self.close = close

    def __del__(self):
        try:
            self.close(is_alone=True)
        except Exception:  # Where a file cannot be written, what would say so may be gone by now.
            pass


def watch_interpreter(close):
    import atexit

    atexit.register(output.write_each)
    sys._trapline_last_breath = LastBreath(close)


def forget_interpreter():
    import atexit

    atexit.unregister(output.write_each)
    breath = sys.__dict__.pop("_trapline_last_breath", None)
    if breath is not None:
        breath.close = lambda is_alone: None
