"""The file: lines are gathered and written in batches, by time and by size, without a thread or a timer."""

import sys
from _thread import _local, get_ident
from errno import EBADF
from os import close as close_file
from os import fstat as file_state
from os import getpid
from time import perf_counter_ns as now

from . import files, holding, importing, volume
from .holding import hold, holders, is_held_below, is_held_here, let_go
from .nesting import Ends, thread_name

try:
    from _json import encode_basestring_ascii as quoted
except ImportError:
    from json.encoder import encode_basestring_ascii as quoted

WRITE_AFTER_US = 200_000
WRITE_AFTER_LINES = 500
LONGEST_WRITE = 1.0  # In seconds.
MOST_WAITING, PASSES = 50_000, range(10)  # Lines; who tells more waits for them to be written.

ends = Ends()  # The main thread's.
_others = _local()
lines = []
add_line = lines.append
began = now()
main_thread = get_ident()

_descriptor = _identity = None  # Of the open file: its device and its number there.
_path = _header = ""
text_lines = str  # All numbered texts, as lines: set by `texts`.
_taken = 0  # Of the lines that are being written, those that are not in the list any more.
_first = None  # Of the piece that is being written, its first line.
_is_between = True  # While a file begins or is put aside, its bytes are not those that are known.
write_due = [0]  # When, by the clock of this trace.
_after_writing = None
_closing = None  # Why, once that was asked for: what is told from then on is not for the file.
opening = None  # Opens the file with the first event: set by `recording`, and again after a fork.


def emit(fields):
    """Puts an event into the trace: its fields as JSON, without time, depth and braces."""
    when = (now() - began) // 1000
    end = ends[ends.depth] if get_ident() == main_thread else end_elsewhere()
    add_line(f'{{"t":{when},{fields}{end}')
    if when >= write_due[0] or len(lines) > WRITE_AFTER_LINES:
        written(when)


def add(fields):
    """The same for what comes in numbers between two events that look whether it is time to write."""
    end = ends[ends.depth] if get_ident() == main_thread else end_elsewhere()
    add_line(f'{{"t":{(now() - began) // 1000},{fields}{end}')
    if len(lines) > WRITE_AFTER_LINES:
        write()


def line_ends():
    """How lines end on this thread, by depth."""
    return ends if get_ident() == main_thread else ends_elsewhere()


def ends_elsewhere():
    name = thread_name()
    try:
        if _others.name == name:
            return _others.ends
    except AttributeError:
        pass
    _others.name, _others.ends = name, Ends(',"th":' + quoted(name))
    return _others.ends


def end_elsewhere():
    mine = ends_elsewhere()
    return mine[mine.depth]


def written(when):
    """Writes what was gathered, if it is time; the clock of this trace says `when`."""
    if when >= write_due[0] or len(lines) > WRITE_AFTER_LINES:
        write_due[0] = when + WRITE_AFTER_US
        write()


def microseconds():
    return (now() - began) // 1000


def write():
    """Writes what has been gathered; returns at once if that is going on already, unless too much waits for that."""
    global _after_writing
    if not lines or not hold(0 if len(lines) < MOST_WAITING else LONGEST_WRITE):
        return
    try:
        for _ in PASSES:  # Others may go on telling, and write what is left.
            _write_gathered()
            if not lines or _closing is not None:
                break
    finally:
        let_go()
    if _closing is not None and _descriptor is not None and hold(LONGEST_WRITE):
        try:
            # Who asked for that may have given up waiting; by now another recording may have begun.
            if _closing is not None:
                _write_gathered()
                _end()
        finally:
            let_go()
    if _after_writing is not None and get_ident() == main_thread:
        then, _after_writing = _after_writing, None
        then()


def when_all_is_written(function, *arguments, **named):
    """Calls that after what was gathered is written, while no other thread writes: it may end them where they are."""
    write()
    is_held = hold(LONGEST_WRITE)
    try:
        if is_held:
            _write_gathered()
        return function(*arguments, **named)
    finally:
        if is_held:
            let_go()


def _write_gathered():
    global _taken, opening
    if lines and _descriptor is None and opening is not None:
        # Once: where it cannot be opened, or cannot be written any more, nothing is.
        begin, opening = opening, None
        try:
            _between(begin)
        except BaseException:
            opening = begin  # What a signal's handler raised is the program's; the next write begins it.
            raise
    count, _taken = len(lines), 0
    try:
        _put("".join(lines[:count]).encode("utf-8", "backslashreplace"))
    except BaseException:
        # What a signal's handler raised is the program's. The next write goes on.
        _leave_packed()
        if len(lines) > MOST_WAITING:
            del lines[:]
        raise
    del lines[: count - _taken]


def _leave_packed():
    """Lines whose bytes are on their way wait no more, where a signal came before that was said."""
    if volume.unsent and lines and lines[0] is _first:
        del lines[: volume.lines_unsent]


def _between(change, *arguments):
    global _is_between
    _is_between = True
    try:
        change(*arguments)
    finally:
        _is_between = False


def _full():
    # What waits is not for the file any more.
    importing.report("full %d -" % getpid())


def _take(data):
    """Some of the lines are about to be in the file, and wait no more.

    Who looks at them from outside finds them in the list or in the file. While they are written other threads run, and
    one may hang with the interpreter's lock: what came after that would find them in both.
    """
    global _taken
    count = data.count(b"\n")
    del lines[:count]
    _taken += count


volume.full, volume.take = _full, _take


def when_written(then):
    """Calls `then`: now, or, where a signal came in the middle of a write on this thread, at the end of that."""
    global _after_writing
    if is_held_here() and is_held_below():
        _after_writing = then
        return
    then()


def _put(data):
    global _first
    if _descriptor is None or not (data or volume.unsent or volume.is_turning()):
        return
    try:
        if not _is_ours(_descriptor):
            raise OSError(EBADF, "the program closed its file")
        if volume.is_turning():
            _between(turn, 0)  # It knows its time.
        volume.send_again(_descriptor)
        for piece in volume.pieces(data) if data else ():
            _first = lines[0]
            volume.put(_descriptor, piece)
            if volume.is_due():
                _between(turn, volume.last_time(piece))
    except OSError as error:
        _stopped(error)


def _stopped(error):
    """The disk is full, or the file was taken away: the program goes on without being recorded."""
    global _descriptor
    descriptor, _descriptor = _descriptor, None
    if descriptor is None:
        return
    _close(descriptor)
    importing.report("stopped %d %s" % (getpid(), error.strerror))


def _is_ours(descriptor):
    """A program may close all that is open, and open something of its own that gets the same number."""
    try:
        found = file_state(descriptor)
    except OSError:
        return False
    if (found.st_dev, found.st_ino) != _identity:
        return False
    volume.found(found.st_size)
    return True


def _close(descriptor):
    if _is_ours(descriptor):
        close_file(descriptor)


def turn(when):
    """Begins the file anew with the same header and texts; what is in it so far, up to `when`, is put aside."""
    global _descriptor, _identity
    old = _descriptor
    if not volume.dropped:
        importing.report("before %d %s" % (getpid(), volume.name_before(_path)))
    new = volume.turn(old, _path, files.made, _preamble(), when)
    if new is None:
        return
    _descriptor, _identity = new, files.identity_of(new)
    volume.turned(files.making)
    if new != old:
        close_file(old)


def _preamble():
    return (_header + text_lines()).encode("utf-8", "backslashreplace")


def open_early(path):
    """Makes the file before there is anything to write: who gives up its rights now could not make it later on.

    Nor could it take away what was put aside of one that is there. Gives its name, or None. It stays empty where nothing
    happens any more.
    """
    write()
    if _descriptor is None:
        return files.make_early(path) if opening is not None else None
    try:
        volume.forget_before(_path)
    except OSError:
        pass
    return None


def opened(path, header):
    """Begins `path`, or a file beside it where there is one already, with `header` as its first line: gives its name.

    Raises an OSError where that cannot be made.
    """
    global _descriptor, _path, _header, _identity
    descriptor, identity, name = files.taken_early() or files.first_made(path)
    try:
        volume.begin(name)
        volume.start(descriptor, header.encode("utf-8", "backslashreplace"))
    except OSError:
        # There is no room.
        del files.making[:]
        close_file(descriptor)
        files.take_away(name)
        raise
    del files.making[:]
    _descriptor, _identity, _path, _header = descriptor, identity, name, header
    return name


def write_each():
    """From now on every event is written at once: the interpreter is going down.

    What the recorder needs must outlive the modules: those that are not in `sys.modules` are not cleared.
    """
    global WRITE_AFTER_LINES
    write()
    WRITE_AFTER_LINES = 0
    if _descriptor is not None:
        # From here on a signal is the end at once: who looks on can tell that nothing is missing.
        importing.report("ending %d -" % getpid())
    for name in [name for name in sys.modules if name.startswith("trapline_recorder")]:
        del sys.modules[name]


def close(why=None, goes_on=False, is_alone=False):
    """Says that this is all, and closes the file; a write that goes on in another thread is waited for.

    One on this thread, in the middle of which a signal came, is done here, where nothing `goes_on` afterwards; else it
    closes the file at its end, as does that of a thread that takes too long. Who `is_alone` is so because Python has
    ended the other threads, where they were.
    """
    global _closing
    _closing = why or ""
    if hold(0 if is_alone else LONGEST_WRITE):
        try:
            _write_gathered()
            _end()
        finally:
            let_go()
    elif (is_alone or is_held_here()) and not goes_on and not _is_between:
        _finish()
        _end()


def _finish():
    """Does what is left of a write that will not be gone on with."""
    _leave_packed()
    try:
        volume.send_again(_descriptor)
    except OSError as error:
        _stopped(error)
    _write_gathered()


def _end():
    global _descriptor, opening
    opening = None
    unused = files.drop_unused()
    if unused is not None:
        files.take_away(unused)
    if _descriptor is None:
        return
    descriptor, _descriptor = _descriptor, None
    if not _is_ours(descriptor):
        return
    try:
        words = b'{"e":"closed"%s}\n' % (b',"why":' + quoted(_closing).encode() if _closing else b"")
        volume.end(descriptor, words, microseconds())
        if volume.keep_last:
            volume.joined(_path, files.made, _preamble())
    except OSError:
        pass
    del files.making[:]
    close_file(descriptor)
    # What is told from now on is not for the file.
    importing.report("closed %d -" % getpid())
    if volume.dropped:
        importing.report("dropped %d" % volume.dropped)


holders.update((write.__code__, close.__code__, when_all_is_written.__code__))


def made():
    """The file that was made since the start; None where nothing was told."""
    return _path or None


def start_anew(is_child=False):
    """A recording begins; in the child of a fork, where what was gathered belongs to the parent, and so does its file."""
    global _descriptor, _path, main_thread, _after_writing, _closing, _others, _is_between, lines, add_line
    if is_child:
        holding.start_anew()
        del lines[:]
        files.of_parents.update([_path] if _path else ())
    else:
        # What a chain that runs right now still tells of itself is not for it.
        lines = []
        add_line = lines.append
    _path = ""
    _closing, _is_between = None, True
    descriptor, _descriptor = _descriptor, None
    if descriptor is not None:
        _close(descriptor)
    files.drop_unused()
    volume.reset()
    write_due[0] = 0
    _after_writing = None
    main_thread = get_ident()
    ends.depth = 0
    _others = _local()
