/* Near names. In: a wrong name. Out: the nearest right one, by base/suggest.h. */
#include "passes/near.h"

#include "base/suggest.h"

enum { SHORT = 4 };

IntegrationId near_integration(const Ir *ir, Str wanted) {
  Suggestion search = suggest_start(wanted);
  for (size_t i = 0; i < ir->integrations.len; i++) {
    Str name = ir_str(ir, ir->integrations.data[i].name);
    if (!str_eq(name, wanted)) suggest_offer(&search, name);
  }
  return search.best.data ? ir_find_integration(ir, search.best) : (IntegrationId){0};
}

void near_propose(Diag *diag, Span span, Str best) {
  if (best.len == 0) return;
  diag_help(diag, "did you mean '%.*s'?", STR_ARG(best));
  // One letter of a short name says little: v1 is near v2, and somebody has to choose.
  DiagApplicability certain = best.len >= SHORT ? DIAG_MACHINE_APPLICABLE : DIAG_MAYBE;
  diag_fix(diag, certain, span, best, "replace with '%.*s'", STR_ARG(best));
}

bool near_list_item(Str whole, Str *rest, Str *item, size_t *offset) {
  Str part;
  while (str_split(rest, ',', &part)) {
    *item = str_trim(part);
    if (item->len == 0) continue;
    *offset = (size_t)(item->data - whole.data);
    return true;
  }
  return false;
}

Span near_item_span(Span value, Str whole, size_t offset, size_t length) {
  if (value.end - value.start != whole.len) return value;
  return span_part(value, (uint32_t)offset, (uint32_t)(offset + length));
}
