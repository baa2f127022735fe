#pragma once
#include <malloc.h>
#include <stdint.h>

/// What a program that runs with AllocationCounter preloaded has asked of the allocator, in a file it shares with
/// whoever watches. The file is named by the environment variable TRAPLINE_ALLOCATIONS.
struct allocation_counts {
  uint64_t calls;
  uint64_t bytes;
};

/// What the allocator has given out and not got back, in bytes.
static inline uint64_t allocated_bytes(void) { return mallinfo2().uordblks; }
