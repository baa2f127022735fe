#pragma once

// SwiftPM drops this flag of pkg-config's, and without it curses.h declares no wide characters.
#define NCURSES_WIDECHAR 1
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <curses.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/// Key codes of our own, beyond those that ncurses hands out.
enum { KEY_OWN_MOUSE = 0x4001, KEY_OWN_PASTE_BEGINS, KEY_OWN_PASTE_ENDS };

/// The modes that ncurses does not know of; undone on every way out.
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

// guard.c: the terminal is given back however the process ends.

/// Remembers how the terminal is to be left, then watches for signals. Called before newterm, which leaves
/// signals alone that somebody else watches.
void guard_arm(int input, int output);
/// Learns from terminfo what to send on the way out; called when the terminal is set up and when it resized.
void guard_learn_way_out(void);
/// From here on the guard restores the terminal; `false` while it is given back.
void guard_set_active(bool active);
void guard_disarm(void);
/// Stops the process group as ^Z would in a cooked terminal.
void guard_stop(void);
/// A descriptor that becomes readable when a signal came that the event loop must look at.
int guard_wakeups(void);
/// What came since the last call.
void guard_take_wakeups(bool *resized, bool *continued);
void guard_write(const char *bytes, size_t count);

// kept_errors.c: what is written to stderr while the screen is ours.

void kept_errors_begin(void);
/// Puts stderr back and writes to it what was kept. Safe in a signal handler.
void kept_errors_end(void);

// events.c
void events_begin(int input);

// ccurses.c
/// The size of the terminal changed, or may have; true when it did.
bool screen_follow_size(void);
/// The process was stopped and continued behind our back: take the terminal again.
void screen_take_again(void);
