/* FX2020 on pages. In: data-integration-fallback, the chain that an element has of its own. Out: a warning
 * for what stands behind `static`, which always answers. */
#include "passes/near.h"
#include "passes/resilience.h"

static void check_use(const Ir *ir, const Use *use, DiagBag *diags) {
  Str whole = ir_str(ir, use->fallback.sym), rest = whole, item, end = STR_NONE;
  size_t at, end_at = 0;
  while (near_list_item(whole, &rest, &item, &at)) {
    if (ir_is_static(item)) {
      if (!end.data) end = item, end_at = at;
      continue;
    }
    if (!end.data) continue;
    Span span = near_item_span(use->fallback.span, whole, at, item.len);
    Diag *d = diag_add(diags, FX2020, span, "'%.*s' never takes over: '%.*s' before it always answers",
                       STR_ARG(item), STR_ARG(end));
    diag_label(d, span, "never reached");
    diag_note(d, near_item_span(use->fallback.span, whole, end_at, end.len),
              "the concept's own markup, which can not fail");
    diag_help(d, "put '%.*s' last", STR_ARG(end));
  }
}

void resilience_check_uses(const Ir *ir, DiagBag *diags) {
  for (size_t i = 0; i < ir->uses.len; i++) {
    const Use *use = &ir->uses.data[i];
    bool again =
        i > 0 && span_cmp(use[-1].fallback.span, use->fallback.span) == 0;  // the uses of one element
    if (use->fallback.sym && !again) check_use(ir, use, diags);
  }
}
