/* Facts that outlive their page. */
#ifndef FXC_IR_FACTS_COPY_H
#define FXC_IR_FACTS_COPY_H

#include "ir/facts.h"

/// A deep copy on `arena`, so that the page's own arena can be reset.
PageFacts facts_copy(Arena *arena, const PageFacts *facts);

#endif
