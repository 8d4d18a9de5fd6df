/* Names that differ in a manifest and are one elsewhere. In: an integration's props and events. Out: FX2003
 * at the later one. HTML folds the case of attributes and emitted code has no hyphens, so that `post-code`
 * and `postCode` can not be told apart. */
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

static void check_prop(const Ir *ir, const Integration *integration, uint32_t index, DiagBag *diags) {
  const Prop *prop = ir_prop_at(ir, integration->props, index);
  Str name = ir_str(ir, prop->name);
  if (is_builtin(name)) {
    Diag *d = diag_add(diags, FX2003, prop->span, "the prop '%.*s' has the name of a built-in attribute",
                       STR_ARG(name));
    diag_label(d, prop->span, "data-integration-%.*s means something else", STR_ARG(name));
    diag_help(d, "give the prop another name");
    return;
  }
  for (uint32_t i = 0; i < index; i++) {
    const Prop *other = ir_prop_at(ir, integration->props, i);
    if (!ir_same_prop(ir_str(ir, other->name), name)) continue;
    report(diags, "props", name, prop->span, ir_str(ir, other->name), other->span);
    return;
  }
}

static void check_event(const Ir *ir, const Integration *integration, uint32_t index, DiagBag *diags) {
  const Event *event = ir_event_at(ir, integration->events, index);
  for (uint32_t i = 0; i < index; i++) {
    const Event *other = ir_event_at(ir, integration->events, i);
    if (!ir_same_prop(ir_str(ir, other->name), ir_str(ir, event->name))) continue;
    report(diags, "events", ir_str(ir, event->name), event->span, ir_str(ir, other->name), other->span);
    return;
  }
}

void types_check_twins(const Ir *ir, IntegrationId id, DiagBag *diags) {
  const Integration *integration = ir_integration(ir, id);
  for (uint32_t i = 0; i < integration->props.count; i++) check_prop(ir, integration, i, diags);
  for (uint32_t i = 0; i < integration->events.count; i++) check_event(ir, integration, i, diags);
}
