#include "internal.h"

#include "ccurses.h"
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static FILE *key_stream;
static int color_count;
static bool is_mouse_on, has_colors_begun;

static int find_keys(int keys_from_tty) {
  if (isatty(STDIN_FILENO)) return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  return keys_from_tty ? open("/dev/tty", O_RDWR | O_CLOEXEC) : -1;
}

/// Everything that can be known before the first byte is sent.
static int check_terminal(void) {
  const char *term = getenv("TERM");
  if (!term || !*term) return CCURSES_TERM_IS_NOT_SET;
  int problem = 0;
  if (setupterm(term, STDOUT_FILENO, &problem) != OK || problem != 1) return CCURSES_TERM_IS_UNKNOWN;
  // newterm would accept a terminal that can only print lines.
  char *move = tigetstr("cup");
  bool moves = move && move != (char *)-1;
  del_curterm(cur_term);
  return moves ? CCURSES_OPENED : CCURSES_TERM_CANNOT_MOVE_THE_CURSOR;
}

static void set_modes(void) {
  set_escdelay(25);
  raw();
  noecho();
  nonl();
  nodelay(stdscr, TRUE);
  keypad(stdscr, TRUE);
  meta(stdscr, TRUE);
  intrflush(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  // A frame is always sent whole; whoever draws decides how many keys to take first.
  typeahead(-1);
  curs_set(0);
}

static void send_own_modes(bool on) {
  if (on) {
    guard_write(PASTE_ON, sizeof PASTE_ON - 1);
    if (is_mouse_on) guard_write(MOUSE_ON, sizeof MOUSE_ON - 1);
  } else {
    guard_write(PASTE_OFF MOUSE_OFF, sizeof PASTE_OFF MOUSE_OFF - 1);
  }
}

int ccurses_open(int keys_from_tty) {
  if (screen) return CCURSES_FAILED;
  if (!isatty(STDOUT_FILENO)) return CCURSES_OUTPUT_IS_NO_TERMINAL;
  int keys = find_keys(keys_from_tty);
  if (keys < 0) return CCURSES_INPUT_IS_NO_TERMINAL;
  setlocale(LC_CTYPE, "");
  // Exported LINES and COLUMNS would freeze the size.
  use_env(FALSE);
  use_tioctl(TRUE);
  int refusal = check_terminal();
  key_stream = refusal == CCURSES_OPENED ? fdopen(keys, "r") : NULL;
  if (!key_stream) {
    close(keys);
    return refusal == CCURSES_OPENED ? CCURSES_FAILED : refusal;
  }
  guard_arm(keys, STDOUT_FILENO);
  screen = newterm(NULL, stdout, key_stream);
  if (!screen) {
    guard_disarm();
    fclose(key_stream);
    return CCURSES_FAILED;
  }
  guard_learn_way_out();
  guard_set_active(true);
  kept_errors_begin();
  static bool is_registered;
  if (!is_registered) is_registered = atexit(ccurses_close) == 0;
  set_modes();
  has_colors_begun = has_colors() && start_color() == OK && use_default_colors() == OK;
  color_count = has_colors_begun ? COLORS : 0;
  is_mouse_on = false;
  send_own_modes(true);
  events_begin(keys);
  return CCURSES_OPENED;
}

void ccurses_close(void) {
  if (!screen) return;
  send_own_modes(false);
  endwin();
  guard_set_active(false);
  guard_disarm();
  delscreen(screen);
  screen = NULL;
  fclose(key_stream);
  kept_errors_end();
}

int ccurses_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

int ccurses_colors(void) { return color_count; }

void ccurses_size(int *width, int *height) {
  *width = COLS;
  *height = LINES;
}

bool screen_follow_size(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
  if (size.ws_col == COLS && size.ws_row == LINES) return false;
  resize_term(size.ws_row, size.ws_col);
  clearok(curscr, TRUE);
  guard_learn_way_out();
  return true;
}

int ccurses_make_pair(int pair, int foreground, int background) {
  return pair < COLOR_PAIRS && init_pair((short)pair, (short)foreground, (short)background) == OK;
}

void ccurses_put(int x, int y, const uint32_t *scalars, int count, int width, int pair, unsigned attributes) {
  wchar_t text[CCHARW_MAX + 1];
  int length = 0;
  // Where the C library measures a character otherwise, ncurses would put what follows into wrong columns.
  bool agrees = count > 0 && wcwidth((wchar_t)scalars[0]) == width;
  text[length++] = agrees ? (wchar_t)scalars[0] : L'?';
  for (int index = 1; agrees && index < count && length < CCHARW_MAX; index++) {
    if (wcwidth((wchar_t)scalars[index]) == 0) text[length++] = (wchar_t)scalars[index];
  }
  text[length] = L'\0';
  attr_t looks = (attributes & CCURSES_BOLD ? A_BOLD : 0) | (attributes & CCURSES_DIM ? A_DIM : 0) |
                 (attributes & CCURSES_UNDERLINE ? A_UNDERLINE : 0) |
                 (attributes & CCURSES_REVERSE ? A_REVERSE : 0);
  cchar_t cell;
  if (setcchar(&cell, text, looks, (short)pair, NULL) != OK) return;
  mvadd_wch(y, x, &cell);
  for (int column = 1; !agrees && column < width; column++) mvadd_wch(y, x + column, &cell);
}

void ccurses_flush(int cursor_x, int cursor_y) {
  curs_set(cursor_x >= 0);
  move(cursor_x >= 0 ? cursor_y : 0, cursor_x >= 0 ? cursor_x : 0);
  refresh();
}

void ccurses_invalidate(void) { clearok(curscr, TRUE); }

/// Takes the terminal again after `endwin`; whoever had it meanwhile left it in unknown modes.
static void take_again(void) {
  screen_follow_size();
  clearok(curscr, TRUE);
  refresh();
  set_modes();
  guard_set_active(true);
  send_own_modes(true);
}

void screen_take_again(void) {
  // The guard gave the terminal back without ncurses knowing. Leaving the alternate screen twice would move
  // the cursor in the normal one, so it is entered before ncurses leaves it.
  char *enter = tigetstr("smcup");
  if (enter && enter != (char *)-1) putp(enter);
  fflush(stdout);
  endwin();
  take_again();
}

void ccurses_suspend(void) {
  send_own_modes(false);
  endwin();
  guard_set_active(false);
  guard_stop();
  take_again();
}

void ccurses_mouse(int on) {
  is_mouse_on = on;
  if (on) guard_write(MOUSE_ON, sizeof MOUSE_ON - 1);
  else guard_write(MOUSE_OFF, sizeof MOUSE_OFF - 1);
}

void ccurses_send(const char *bytes, size_t count) { guard_write(bytes, count); }
