#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

// A pipe nobody reads until the end keeps the first 64 KiB and refuses the rest: bounded, no file left
// behind, and it can be emptied in a signal handler.
static int kept = -1;
static int real_stderr = -1;

void kept_errors_begin(void) {
  // Where stderr goes to a file already, it disturbs nobody.
  if (kept >= 0 || !isatty(STDERR_FILENO)) return;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return;
  real_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (real_stderr < 0 || dup2(ends[1], STDERR_FILENO) < 0) {
    if (real_stderr >= 0) close(real_stderr);
    close(ends[0]);
    close(ends[1]);
    real_stderr = -1;
    return;
  }
  close(ends[1]);
  kept = ends[0];
}

void kept_errors_end(void) {
  if (kept < 0) return;
  dup2(real_stderr, STDERR_FILENO);
  close(real_stderr);
  real_stderr = -1;
  char bytes[4096];
  ssize_t count;
  while ((count = read(kept, bytes, sizeof bytes)) > 0 || (count < 0 && errno == EINTR)) {
    ssize_t sent = 0;
    while (sent < count) {
      ssize_t step = write(STDERR_FILENO, bytes + sent, (size_t)(count - sent));
      if (step > 0) sent += step;
      else if (errno != EINTR) break;
    }
  }
  close(kept);
  kept = -1;
}
