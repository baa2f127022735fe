"""How much is kept: where the file is packed, how large it may grow, and what of a long run is left."""

from functools import partial
from os import O_RDONLY, SEEK_SET, ftruncate, lseek, pread, pwrite, rename, unlink
from os import close as close_file
from os import open as open_file
from os import read as read_file

from .files import split

# Nothing is imported or looked up in other modules later on: the last lines are written when those are gone.
SYNC_FLUSH, FINISH = 2, 4  # zlib's.
LARGEST_PIECE = 1 << 16
LARGEST_COPY = 1 << 20

COMPRESSION = 1
TAIL = 400  # Left free below the largest size, for what is said at the end.

max_size = 0  # Bytes; 0 where there is no limit.
keep_last = 0

full = int  # Called when the file is full: set by `output`.
take = len  # Called with what is about to be written: set by `output`.
dropped = 0  # Events that are in no file.
_new_packer = None  # What makes one, where the file is packed.
_packer = None
_size = 0
unsent = []  # Bytes that are about to be in the file,
_start = 0  # which begin there,
lines_unsent = 0  # and hold so many lines.
_events = 0
_events_before = 0  # In the file before this one.
_preamble = 0  # Bytes of header, texts and the count of what was dropped.
_preamble_before = 0
_half = 0  # Where what was begun last begins: behind those bytes, or behind another half.
_in_place = False  # Both halves are in the file.
# While the file is turned, in the middle of which ^C may come:
_ended = []  # the last bytes of what is packed, where they belong, and when that was;
aside = []  # what was done since, and what was counted before.
_began = _began_before = 0  # When this file and the one before it began, by the trace's clock.
_is_full = False


def begin(path):
    """A file begins: packed where its name says so."""
    global _new_packer, _packer, _size, _events, _is_full
    if path.endswith(".gz") and _new_packer is None:
        import zlib

        _new_packer = zlib.compressobj
    packs()
    _size = _events = 0
    _is_full = False
    del unsent[:]


def packs():
    global _packer
    _packer = _new_packer and _new_packer(COMPRESSION, 8, 31)
    del _ended[:]


def reset():
    global dropped, _events_before, _new_packer, _began, _began_before, _in_place
    dropped = _events_before = _began = _began_before = 0
    _new_packer, _in_place = None, False
    del aside[:], _ended[:]


def pieces(data):
    """Whole lines of `data`, in pieces small enough to stop or turn between them, where there is a limit at all."""
    if not max_size and not keep_last:
        yield data
        return
    start, size = 0, piece()
    while start < len(data):
        end = data.find(b"\n", start + size) + 1 or len(data)
        yield data[start:end]
        start = end


def piece():
    """How much is written between two looks at the size: a small part of what may be kept."""
    return min(LARGEST_PIECE, (max_size or keep_last) // 32)


def put(descriptor, data):
    """Writes whole lines, or counts them where the file is full. Each call leaves a file that can be read so far."""
    global _start, lines_unsent, _events, dropped, _is_full
    events = data.count(b'{"t":') if max_size or keep_last else 0
    if max_size and not _is_full:
        _is_full = _size + (len(data) if _packer is None else len(data) // 3) > max_size - TAIL
    if _is_full:
        if not dropped:
            full()
        take(data)  # First: ^C may come after it, and then it is told no more.
        dropped += events
        return
    _events += events
    _start, lines_unsent = _size, data.count(b"\n")
    # Together, without a step of Python's between in which a signal's handler runs: what is packed is not lost.
    unsent.extend(map(partial.__call__, steps(data)))
    take(data)
    send(descriptor, b"".join(unsent))
    del unsent[:]


def send_again(descriptor):
    """Sends what may have been sent only in part, to the same place: ^C came in the middle of that."""
    global _size
    if unsent:
        _size = _start
        send(descriptor, b"".join(unsent))
        del unsent[:]


def steps(data):
    """What gives the bytes that stand for `data` in the file, part by part."""
    if _packer is None:
        return [partial(bytes, data)]
    return [partial(_packer.compress, data), partial(_packer.flush, SYNC_FLUSH)]


def packed(data, last=False):
    if _packer is None:
        return data
    return _packer.compress(data) + _packer.flush(FINISH if last else SYNC_FLUSH)


def send(descriptor, data):
    """Puts bytes behind those that were sent before.

    Where a program hangs, `trapline record` has written what waits in there already: the same bytes at the same place.
    """
    global _size
    view = memoryview(data)
    while view:
        count = pwrite(descriptor, view, _size)
        _size += count
        view = view[count:]


def found(size):
    """The file is as long as this: somebody may have made it shorter."""
    global _size
    _size = min(_size, size)


def end(descriptor, words, when):
    """The last lines: how much is missing, and that this is all."""
    global _packer
    if _is_full:
        words = b'{"t":%d,"e":"dropped","count":%d}\n%s' % (when, dropped, words)
    send(descriptor, packed(words, last=True))
    ftruncate(descriptor, _size)
    _packer = None


# Keeping the last of a long run


def is_due():
    """Whether the file has grown so far that another one begins: two halves are kept."""
    return keep_last and _size - _half + 2 * piece() > keep_last // 2


def name_before(path):
    """The name of the file that holds what came before `path`."""
    return "%s.before%s" % split(path)


def last_time(lines):
    """When the last event of some lines happened; within a text the quotes would be escaped."""
    start = lines.rfind(b'{"t":')
    return int(lines[start + 5 : lines.find(b",", start)]) if start >= 0 else 0


def turn(descriptor, path, opened, preamble, when):
    """Puts the file aside as the one before, in place of that; gives the descriptor of a new one that begins alike.

    None where no other can be made, and this one goes on. Where ^C comes in the middle of it, it is to be called again,
    as `is_turning` tells; until `turned` is called nothing counts as done.
    """
    if not aside:
        when = end_half(descriptor, when)
        counted = dropped + _events_before, _events, _preamble, _began, when
        try:
            # In one step of Python's: no signal's handler comes between the two.
            put_aside = partial(rename, path, name_before(path)), partial(tuple, counted)
            aside.extend(map(partial.__call__, put_aside))
        except PermissionError:
            turn_in_place(descriptor, preamble, when)
            return None
    new = opened(path)
    begin(path)
    # Until both halves are one file, this one may be all that somebody opens.
    missing, events = aside[1][:2]
    start(new, preamble, missing + events, aside[1][4])
    return new


def end_half(descriptor, when):
    """What was packed ends here; gives when it did."""
    global _size
    if _packer is not None:
        if not _ended:
            last = partial(_packer.flush, FINISH), partial(int, _size), partial(int, when)
            _ended.extend(map(partial.__call__, last))
        last, _size, when = _ended
        send(descriptor, last)
    ftruncate(descriptor, _size)
    return when


def is_turning():
    """Whether ^C came in the middle of that."""
    return bool(_ended or aside)


def turned(making):
    """The new file is the one that is written: `making` is emptied."""
    global dropped, _events_before, _preamble_before, _began_before, _began
    dropped, _events_before, _preamble_before, _began_before, _began = aside[1]
    any(map(list.clear, (making, aside)))  # In one step, as above.


def forget_before(path):
    """What was put aside goes, while that can be done: who is about to give up its rights could not later on.

    The file that follows counts it as dropped already.
    """
    global dropped, _events_before
    if not _events_before or _in_place:
        return
    unlink(name_before(path))
    dropped += _events_before
    _events_before = 0


def turn_in_place(descriptor, preamble, when):
    """Where no other file can be made, both halves stay in this one: a program that gave up its rights may do no more."""
    global dropped, _size, _events, _events_before, _preamble, _half, _in_place, _began
    if _in_place:
        half = pread(descriptor, _size - _half, _half)
        dropped += _events_before
        _size = 0
        packs()
        begin_with(descriptor, preamble, _began, dropped)
        _preamble = _size
        send(descriptor, half)
        ftruncate(descriptor, _size)
    _in_place = True
    _events_before, _events, _began = _events, 0, when
    _half = _size
    packs()
    send(descriptor, packed(b""))


def start(descriptor, preamble, missing=0, when=0):
    """A file begins with what stands in front of its events."""
    global _preamble, _half
    begin_with(descriptor, preamble, when, missing)
    _preamble = _half = _size
    # What follows is packed by itself, and has begun: more may be added to it from outside.
    send(descriptor, packed(b""))


def begin_with(descriptor, preamble, when, missing):
    """What stands in front of the events, packed by itself, so that these can be copied without it."""
    if missing:
        preamble += b'{"t":%d,"e":"dropped","count":%d}\n' % (when, missing)
    send(descriptor, packed(preamble, last=True))
    packs()


def joined(path, opened, preamble):
    """Both halves become one file, with what is missing before them in front."""
    global _size
    if not _events_before or _in_place:
        return
    before = name_before(path)
    both = path + ".joined"
    new = opened(both)
    try:
        packs()
        _size = 0
        begin_with(new, preamble, _began_before, dropped)
        for half, start in ((before, _preamble_before), (path, _preamble)):
            copy(half, start, new)
    except OSError:
        # The disk is full, as it may be: they stay two.
        unlink(both)
        raise
    finally:
        close_file(new)
    rename(both, path)
    unlink(before)


def copy(path, start, new):
    """Puts what stands in a file from there on behind what was sent."""
    old = open_file(path, O_RDONLY)
    try:
        lseek(old, start, SEEK_SET)
        data = read_file(old, LARGEST_COPY)
        while data:
            send(new, data)
            data = read_file(old, LARGEST_COPY)
    finally:
        close_file(old)
