/* How single values are written; the same text in both notations but for quotes. */
#ifndef FXC_EDIT_SPELL_H
#define FXC_EDIT_SPELL_H

#include "base/buf.h"
#include "edit/outline.h"

/// A type: `("us" | "ca")?`. False when a text in it has both kinds of quotes, for which types have no
/// escape.
bool spell_type(const Item *type, Buf *out);
/// A threshold: `error-rate > 5% over 5m`.
void spell_threshold(const Item *threshold, Buf *out);
/// A number of any kind with its unit, as it was written where that has one: `5%`, `300ms`, `2025-06-30`.
void spell_number(const Item *item, Buf *out);
/// How many ASCII digits stand at `at`.
size_t spell_digits(Str s, size_t at);

#endif
