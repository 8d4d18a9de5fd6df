/* What compiling and running of patterns (xpath.c) offers to their check (xpath_check.c). */
#ifndef FXC_HTML_XPATH_RUN_H
#define FXC_HTML_XPATH_RUN_H

#include "html/xpath.h"

/// What makes a step of a pattern cost more than the others do.
enum {
  XPATH_MERGES = 1 << 0,  // sets are merged; libxml2 compares every node with every other then
  XPATH_READS = 1 << 1,   // an operator reads the text of elements
};

/// The costs of a pattern that has been checked.
unsigned xpath_costs(Str pattern);

/// Compiles the pattern, and runs it once on an empty page to see what it gives.
bool xpath_try(Arena *arena, Str pattern, XpathFault *fault);

#endif
