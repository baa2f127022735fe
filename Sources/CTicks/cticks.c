#include "cticks.h"
