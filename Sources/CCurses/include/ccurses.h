#pragma once
#include <stddef.h>
#include <stdint.h>

/// The part of ncursesw that Trapline uses, as plain functions. `curses.h` stays on this side: its macros,
/// varargs and globals do not survive the import into Swift.
///
/// One terminal at a time, one thread. Nothing here is called between `ccurses_close` and the next
/// `ccurses_open`.

/// Why a terminal could not be opened. Nothing has been written to it then.
enum ccurses_refusal {
  CCURSES_OPENED = 0,
  CCURSES_OUTPUT_IS_NO_TERMINAL,
  CCURSES_INPUT_IS_NO_TERMINAL,
  CCURSES_TERM_IS_NOT_SET,
  CCURSES_TERM_IS_UNKNOWN,
  CCURSES_TERM_CANNOT_MOVE_THE_CURSOR,
  CCURSES_FAILED,
};

/// Checks the terminal, then takes it over: alternate screen, raw keys, bracketed paste, and a guard that
/// gives it back however the process ends. `keys_from_tty` reads keys from /dev/tty where stdin is something
/// else, such as a trace.
int ccurses_open(int keys_from_tty);

/// Gives the terminal back and shows what was written to stderr meanwhile. Calling it twice does no harm.
void ccurses_close(void);

/// Whether the locale's characters are UTF-8.
int ccurses_is_utf8(void);

/// How many colours the terminal has; 0 for none.
int ccurses_colors(void);

/// The size of the screen in cells, as of the last event.
void ccurses_size(int *width, int *height);

/// Makes a colour pair; -1 is the terminal's default colour. Returns 0 when it could not be made.
int ccurses_make_pair(int pair, int foreground, int background);

enum ccurses_attribute {
  CCURSES_BOLD = 1,
  CCURSES_DIM = 2,
  CCURSES_UNDERLINE = 4,
  CCURSES_REVERSE = 8,
};

/// Puts a character with its marks, `count` scalars and `width` columns, at a place of the next frame.
void ccurses_put(int x, int y, const uint32_t *scalars, int count, int width, int pair, unsigned attributes);

/// Sends the frame: what differs from what the terminal shows. A negative `cursor_x` hides the cursor.
void ccurses_flush(int cursor_x, int cursor_y);

/// Sends the whole next frame, whatever the terminal is believed to show.
void ccurses_invalidate(void);

/// Stops the process with the terminal given back; returns when it is continued.
void ccurses_suspend(void);

/// Switches reports of mouse buttons and wheel on or off.
void ccurses_mouse(int on);

/// Sends bytes that are no part of a frame, such as a request to the clipboard.
void ccurses_send(const char *bytes, size_t count);

enum ccurses_event {
  CCURSES_NOTHING = 0,
  /// `value` is a character.
  CCURSES_CHARACTER,
  /// `value` is one of `enum ccurses_key`, or `CCURSES_KEY_F0` and the number of a function key.
  CCURSES_KEY,
  CCURSES_RESIZED,
  /// A byte that is no character came and was dropped.
  CCURSES_BAD_BYTE,
  CCURSES_END_OF_INPUT,
};

enum ccurses_key {
  CCURSES_KEY_UNKNOWN = 0,
  CCURSES_KEY_UP,
  CCURSES_KEY_DOWN,
  CCURSES_KEY_LEFT,
  CCURSES_KEY_RIGHT,
  CCURSES_KEY_HOME,
  CCURSES_KEY_END,
  CCURSES_KEY_PAGE_UP,
  CCURSES_KEY_PAGE_DOWN,
  CCURSES_KEY_INSERT,
  CCURSES_KEY_DELETE,
  CCURSES_KEY_BACKSPACE,
  CCURSES_KEY_BACK_TAB,
  CCURSES_KEY_ENTER,
  /// The beginning of a report of the mouse; the rest follows as characters.
  CCURSES_KEY_MOUSE,
  CCURSES_KEY_PASTE_BEGINS,
  CCURSES_KEY_PASTE_ENDS,
  CCURSES_KEY_F0 = 100,
};

/// Waits for what happens next, at most `timeout_ms` (negative: as long as it takes).
int ccurses_next_event(int timeout_ms, uint32_t *value);
