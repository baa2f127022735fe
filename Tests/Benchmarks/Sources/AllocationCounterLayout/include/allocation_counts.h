#pragma once
#include <stdint.h>

/// What a program that runs with this library preloaded has asked of the allocator, in a file it shares with
/// whoever watches. The file is named by the environment variable TRAPLINE_ALLOCATIONS.
struct allocation_counts {
  uint64_t calls;
  uint64_t bytes;
};
