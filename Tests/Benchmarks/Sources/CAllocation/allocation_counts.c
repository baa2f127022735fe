#include "allocation_counts.h"
