/* Names that differ in a manifest and are one elsewhere. In: an integration's props and events. Out: FX2003
 * at the later one. HTML folds the case of attributes and emitted code has no hyphens, so that `post-code`
 * and `postCode` can not be told apart. */
#include "base/map.h"
#include "passes/types.h"

static void report(DiagBag *diags, const char *what, Str name, Span span, Str other, Span first) {
  Diag *d = diag_add(diags, FX2003, span, "the %s '%.*s' and '%.*s' are the same but for case and hyphens",
                     what, STR_ARG(name), STR_ARG(other));
  diag_label(d, span, "not to be told apart on a page");
  diag_note(d, first, "'%.*s' is declared here first", STR_ARG(other));
  diag_help(d, "give one of the two another name");
}

// Every attribute of a use that is no prop (contract of concept pages).
static bool is_builtin(Str name) {
  for (size_t i = 0; i < FACTS_BUILT_IN_COUNT; i++)
    if (ir_same_prop(name, str_from(facts_built_in[i]))) return true;
  return false;
}

/// Names of one kind in one integration, by what is left of them where case and hyphens do not count.
typedef struct Seen {
  Arena *arena;
  StrMap places;  // row numbers
} Seen;

/// The row of an earlier name that is the same, or else `row`, which is kept for later ones.
static uint32_t first_of(Seen *seen, Str name, uint32_t row) {
  bool added;
  uint32_t *place = strmap_put(seen->arena, &seen->places, ir_prop_key(seen->arena, name), &added);
  if (added) *place = row;
  return *place;
}

static void check_prop(const Ir *ir, const Prop *prop, const Prop *first, DiagBag *diags) {
  Str name = ir_str(ir, prop->name);
  if (is_builtin(name)) {
    Diag *d = diag_add(diags, FX2003, prop->span, "the prop '%.*s' has the name of a built-in attribute",
                       STR_ARG(name));
    diag_label(d, prop->span, "data-integration-%.*s means something else", STR_ARG(name));
    diag_help(d, "give the prop another name");
  } else if (first != prop) {
    report(diags, "props", name, prop->span, ir_str(ir, first->name), first->span);
  }
}

static void check_props(const Ir *ir, IrRange props, DiagBag *diags) {
  Seen seen = {.arena = diags->arena};
  for (uint32_t i = 0; i < props.count; i++) {
    const Prop *prop = ir_prop_at(ir, props, i);
    check_prop(ir, prop, ir_prop_at(ir, props, first_of(&seen, ir_str(ir, prop->name), i)), diags);
  }
}

static void check_events(const Ir *ir, IrRange events, DiagBag *diags) {
  Seen seen = {.arena = diags->arena};
  for (uint32_t i = 0; i < events.count; i++) {
    const Event *event = ir_event_at(ir, events, i);
    const Event *first = ir_event_at(ir, events, first_of(&seen, ir_str(ir, event->name), i));
    if (first != event)
      report(diags, "events", ir_str(ir, event->name), event->span, ir_str(ir, first->name), first->span);
  }
}

void types_check_twins(const Ir *ir, IntegrationId id, DiagBag *diags) {
  const Integration *integration = ir_integration(ir, id);
  check_props(ir, integration->props, diags);
  check_events(ir, integration->events, diags);
}
