/* Facts of a page into rows. */
#ifndef FXC_IR_LOWER_PAGE_H
#define FXC_IR_LOWER_PAGE_H

#include "ir/facts.h"
#include "ir/ir.h"

/// Adds the page with its uses, their attributes, slots and dependencies. The facts may be forgotten then.
PageId ir_lower_page(Ir *ir, const PageFacts *facts);

#endif
