#include "internal.h"

#include "ccurses.h"
#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static int input_fd = -1;

void events_begin(int input) {
  input_fd = input;
  // The prefixes of what we asked the terminal to send, so that ncurses tells it from typed keys.
  define_key("\033[<", KEY_OWN_MOUSE);
  define_key("\033[200~", KEY_OWN_PASTE_BEGINS);
  define_key("\033[201~", KEY_OWN_PASTE_ENDS);
}

static uint32_t key_for(wint_t code) {
  if (code >= KEY_F(1) && code <= KEY_F(63)) return CCURSES_KEY_F0 + (code - KEY_F0);
  switch (code) {
    case KEY_UP: return CCURSES_KEY_UP;
    case KEY_DOWN: return CCURSES_KEY_DOWN;
    case KEY_LEFT: return CCURSES_KEY_LEFT;
    case KEY_RIGHT: return CCURSES_KEY_RIGHT;
    case KEY_HOME: return CCURSES_KEY_HOME;
    case KEY_END: return CCURSES_KEY_END;
    case KEY_PPAGE: return CCURSES_KEY_PAGE_UP;
    case KEY_NPAGE: return CCURSES_KEY_PAGE_DOWN;
    case KEY_IC: return CCURSES_KEY_INSERT;
    case KEY_DC: return CCURSES_KEY_DELETE;
    case KEY_BACKSPACE: return CCURSES_KEY_BACKSPACE;
    case KEY_BTAB: return CCURSES_KEY_BACK_TAB;
    case KEY_ENTER: return CCURSES_KEY_ENTER;
    case KEY_OWN_MOUSE: return CCURSES_KEY_MOUSE;
    case KEY_OWN_PASTE_BEGINS: return CCURSES_KEY_PASTE_BEGINS;
    case KEY_OWN_PASTE_ENDS: return CCURSES_KEY_PASTE_ENDS;
    default: return CCURSES_KEY_UNKNOWN;
  }
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int bytes_waiting(void) {
  int count = 0;
  return ioctl(input_fd, FIONREAD, &count) == 0 ? count : 0;
}

/// Takes a key that is there already.
static int take_key(uint32_t *value) {
  wint_t character;
  int waiting = bytes_waiting();
  switch (get_wch(&character)) {
    case OK: *value = character; return CCURSES_CHARACTER;
    case KEY_CODE_YES:
      if (character == KEY_RESIZE) return screen_follow_size() ? CCURSES_RESIZED : CCURSES_NOTHING;
      *value = key_for(character);
      return CCURSES_KEY;
    default:
      // An error is no end: a byte that is no character is dropped, and more may follow.
      return waiting > 0 && bytes_waiting() < waiting ? CCURSES_BAD_BYTE : CCURSES_NOTHING;
  }
}

static int take_wakeup(void) {
  bool resized, continued;
  guard_take_wakeups(&resized, &continued);
  if (continued) screen_take_again();
  if (screen_follow_size() || continued) return CCURSES_RESIZED;
  return CCURSES_NOTHING;
}

int ccurses_next_event(int timeout_ms, uint32_t *value) {
  int64_t deadline = timeout_ms < 0 ? 0 : now_ms() + timeout_ms;
  for (;;) {
    int event = take_key(value);
    if (event != CCURSES_NOTHING) return event;
    struct pollfd sources[2] = {{.fd = input_fd, .events = POLLIN}, {.fd = guard_wakeups(), .events = POLLIN}};
    int64_t left = timeout_ms < 0 ? -1 : deadline - now_ms();
    if (timeout_ms >= 0 && left < 0) left = 0;
    int ready = poll(sources, 2, (int)left);
    if (ready == 0) return CCURSES_NOTHING;
    if (ready < 0) {
      if (errno == EINTR) continue;
      return CCURSES_END_OF_INPUT;
    }
    if (sources[1].revents) {
      event = take_wakeup();
      if (event != CCURSES_NOTHING) return event;
    }
    if (sources[0].revents & (POLLERR | POLLNVAL)) return CCURSES_END_OF_INPUT;
    // Readable, and nothing to read: the other side is gone.
    if (sources[0].revents & (POLLIN | POLLHUP) && bytes_waiting() == 0) return CCURSES_END_OF_INPUT;
  }
}
