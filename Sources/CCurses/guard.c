#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

// ncurses gives the terminal back on INT, TERM and TSTP only, and leaves with status 1. This guard does it for
// everything that ends a process, with nothing but calls that are safe in a signal handler: the bytes of the
// way out are worked out beforehand. Then the action that was there before is put back and the signal sent
// again, so that the exit status tells the truth and Swift's backtrace is still printed.

static const int fatal[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGHUP, SIGQUIT, SIGTERM, SIGINT};
enum { FATAL_COUNT = sizeof fatal / sizeof fatal[0], WAY_OUT_LIMIT = 1024 };

static struct sigaction saved_fatal[FATAL_COUNT];
static struct sigaction saved_stop, saved_resize;
static struct termios modes_before;
static int input_fd = -1, output_fd = -1;
static int wakeup_pipe[2] = {-1, -1};
static volatile sig_atomic_t is_armed, is_active, has_resized, has_continued;

static char way_out[WAY_OUT_LIMIT];
static volatile sig_atomic_t way_out_count;

void guard_write(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t sent = write(output_fd, bytes, count);
    if (sent > 0) {
      bytes += sent;
      count -= (size_t)sent;
    } else if (errno != EINTR) {
      return;
    }
  }
}

/// Writes the way out as far as the terminal takes it: one that nobody reads any more must not keep us.
static void write_way_out(void) {
  int flags = fcntl(output_fd, F_GETFL);
  fcntl(output_fd, F_SETFL, flags | O_NONBLOCK);
  size_t sent = 0, count = (size_t)way_out_count;
  for (int patience = 10; sent < count && patience > 0;) {
    ssize_t written = write(output_fd, way_out + sent, count - sent);
    if (written > 0) {
      sent += (size_t)written;
    } else if (errno == EAGAIN) {
      struct pollfd writable = {.fd = output_fd, .events = POLLOUT};
      poll(&writable, 1, 100);
      patience--;
    } else if (errno != EINTR) {
      break;
    }
  }
  fcntl(output_fd, F_SETFL, flags);
}

static void give_back(void) {
  if (!is_active) return;
  is_active = 0;
  write_way_out();
  tcsetattr(input_fd, TCSANOW, &modes_before);
}

static void wake(void) {
  char byte = 0;
  ssize_t ignored = write(wakeup_pipe[1], &byte, 1);
  (void)ignored;
}

/// Sends a signal that is blocked while its handler runs, and lets it arrive here and now.
static void raise_now(int signal_number) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal_number);
  raise(signal_number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void on_fatal(int signal_number, siginfo_t *info, void *context) {
  (void)context;
  give_back();
  kept_errors_end();
  for (int index = 0; index < FATAL_COUNT; index++) {
    if (fatal[index] == signal_number) sigaction(signal_number, &saved_fatal[index], NULL);
  }
  // A fault happens again by itself when this returns, with the address that Swift's backtrace reports; after
  // abort() the C library sees to the rest.
  if (info->si_code > 0 && signal_number != SIGTRAP) return;
  if (signal_number == SIGABRT || info->si_code > 0) {
    raise(signal_number);
    return;
  }
  raise_now(signal_number);
  // Swift's handler reports and returns, counting on a fault. Nothing is at fault when the signal was sent.
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(signal_number, &standard, NULL);
  raise(signal_number);
}

static void on_stop(int signal_number) {
  int error = errno;
  bool was_active = is_active;
  give_back();
  struct sigaction ours, standard = {.sa_handler = SIG_DFL};
  sigaction(signal_number, &standard, &ours);
  // Stopped in here, until somebody continues us.
  raise_now(signal_number);
  sigaction(signal_number, &ours, NULL);
  if (was_active) {
    has_continued = 1;
    wake();
  }
  errno = error;
}

static void on_resize(int signal_number) {
  (void)signal_number;
  int error = errno;
  has_resized = 1;
  wake();
  errno = error;
}

// A stack overflow leaves no stack for a handler.
static void provide_signal_stack(void) {
  static char memory[64 * 1024];
  stack_t current;
  if (sigaltstack(NULL, &current) != 0 || !(current.ss_flags & SS_DISABLE)) return;
  stack_t ours = {.ss_sp = memory, .ss_size = sizeof memory};
  sigaltstack(&ours, NULL);
}

void guard_arm(int input, int output) {
  if (is_armed) return;
  input_fd = input;
  output_fd = output;
  tcgetattr(input, &modes_before);
  way_out_count = 0;
  if (pipe2(wakeup_pipe, O_CLOEXEC | O_NONBLOCK) != 0) wakeup_pipe[0] = wakeup_pipe[1] = -1;
  provide_signal_stack();
  struct sigaction action = {.sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  // Giving the terminal back from the background must not stop us on the way.
  sigaddset(&action.sa_mask, SIGTTOU);
  for (int index = 0; index < FATAL_COUNT; index++) {
    sigaction(fatal[index], NULL, &saved_fatal[index]);
    // What was ignored (nohup) stays ignored.
    if (saved_fatal[index].sa_handler != SIG_IGN) sigaction(fatal[index], &action, NULL);
  }
  struct sigaction stop = {.sa_handler = on_stop, .sa_mask = action.sa_mask, .sa_flags = SA_RESTART};
  sigaction(SIGTSTP, NULL, &saved_stop);
  if (saved_stop.sa_handler != SIG_IGN) sigaction(SIGTSTP, &stop, NULL);
  struct sigaction resize = {.sa_handler = on_resize, .sa_flags = SA_RESTART};
  sigemptyset(&resize.sa_mask);
  sigaction(SIGWINCH, &resize, &saved_resize);
  is_armed = 1;
}

void guard_disarm(void) {
  if (!is_armed) return;
  for (int index = 0; index < FATAL_COUNT; index++) sigaction(fatal[index], &saved_fatal[index], NULL);
  sigaction(SIGTSTP, &saved_stop, NULL);
  sigaction(SIGWINCH, &saved_resize, NULL);
  is_armed = is_active = 0;
  for (int end = 0; end < 2; end++) {
    if (wakeup_pipe[end] >= 0) close(wakeup_pipe[end]);
    wakeup_pipe[end] = -1;
  }
}

void guard_set_active(bool active) { is_active = active; }

void guard_stop(void) {
  // The whole job stops, as with ^Z in a cooked terminal: first the others, then this very thread, so that
  // it does not run on for a moment and draw. In an orphaned group nothing stops, and that is right: nobody
  // could continue us.
  struct sigaction ours, ignored = {.sa_handler = SIG_IGN};
  sigaction(SIGTSTP, &ignored, &ours);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
  raise(SIGTSTP);
}

static size_t collected;
static char collecting[WAY_OUT_LIMIT];

static int collect(int byte) {
  if (collected < sizeof collecting) collecting[collected++] = (char)byte;
  return byte;
}

static void collect_text(const char *text) {
  while (*text) collect(*text++);
}

static void collect_capability(const char *name) {
  char *text = tigetstr((char *)name);
  if (text && text != (char *)-1) tputs(text, 1, collect);
}

void guard_learn_way_out(void) {
  collected = 0;
  collect_text(PASTE_OFF MOUSE_OFF);
  collect_capability("sgr0");
  collect_capability("op");
  collect_capability("rmkx");
  collect_capability("cnorm");
  // Without an alternate screen the prompt goes below what is shown.
  char *to = tigetstr("cup");
  if (to && to != (char *)-1) tputs(tiparm(to, LINES - 1, 0), 1, collect);
  collect_capability("el");
  collect_capability("rmcup");
  way_out_count = 0;
  memcpy(way_out, collecting, collected);
  way_out_count = (sig_atomic_t)collected;
}

int guard_wakeups(void) { return wakeup_pipe[0]; }

void guard_take_wakeups(bool *resized, bool *continued) {
  char bytes[64];
  while (wakeup_pipe[0] >= 0 && read(wakeup_pipe[0], bytes, sizeof bytes) > 0) continue;
  *resized = has_resized;
  has_resized = 0;
  *continued = has_continued;
  has_continued = 0;
}
