/* What pages rely on, against the releases that were chosen. In: uses, decisions. Out: FX1108 for a
 * capability that some release has but not the chosen one (the page pass already reported what none has). */
#include "passes/near.h"
#include "passes/passes.h"

static bool release_has(const Ir *ir, ReleaseId release, Str feature) {
  IrRange features = ir_release(ir, release)->features;
  for (uint32_t i = 0; i < features.count; i++)
    if (str_eq(ir_str(ir, ir_feature_at(ir, features, i)->name), feature)) return true;
  return false;
}

static bool some_release_has(const Ir *ir, IntegrationId id, Str feature, ReleaseId *which) {
  IrRange releases = ir_integration(ir, id)->releases;
  for (uint32_t i = 0; i < releases.count; i++) {
    *which = (ReleaseId){releases.first + i};
    if (ir_release(ir, *which)->status != IR_RETIRED && release_has(ir, *which, feature)) return true;
  }
  return false;
}

typedef struct Live {
  Ir *ir;
  DiagBag *diags;
  ReleaseId *decided;  // by IntegrationId.n
} Live;

// An element's capabilities may be spread over its uses.
static bool element_has(const Live *live, const Page *page, const Use *use, Str feature) {
  for (uint32_t i = 0; i < page->uses.count; i++) {
    const Use *other = ir_use_at(live->ir, page->uses, i);
    if (other->element != use->element || !other->integration.n) continue;
    ReleaseId release = live->decided[other->integration.n];
    if (!release.n || release_has(live->ir, release, feature)) return true;
  }
  return false;
}

static void check_item(Live *live, const Page *page, const Use *use, Str feature, Span span) {
  ReleaseId other;
  if (element_has(live, page, use, feature)) return;
  if (!some_release_has(live->ir, use->integration, feature, &other)) return;
  const Ir *ir = live->ir;
  const Release *chosen = ir_release(ir, live->decided[use->integration.n]);
  Str name = ir_str(ir, use->name), label = ir_str(ir, chosen->label.sym);
  Diag *d =
      diag_add(live->diags, FX1108, span, "the chosen release '%.*s' of '%.*s' has no capability '%.*s'",
               STR_ARG(label), STR_ARG(name), STR_ARG(feature));
  diag_label(d, span, "relied on here");
  diag_note(d, chosen->span, "'%.*s' was chosen", STR_ARG(label));
  Str has = ir_release_label(ir, other);
  diag_note(d, ir_release(ir, other)->span, "release '%.*s' has it", STR_ARG(has));
  diag_help(d, "ask for a range that holds '%.*s', or do without the capability", STR_ARG(has));
}

static void check_use(Live *live, const Page *page, const Use *use) {
  if (!use->integration.n || !live->decided[use->integration.n].n) return;
  for (uint32_t i = 0; i < use->attrs.count; i++) {
    const UseAttr *attr = ir_use_attr_at(live->ir, use->attrs, i);
    if (!str_eq(ir_str(live->ir, attr->name), STR("data-integration-capabilities"))) continue;
    Str whole = ir_str(live->ir, attr->value), rest = whole, item;
    size_t at;
    while (near_list_item(whole, &rest, &item, &at))
      check_item(live, page, use, item, near_item_span(attr->value_span, whole, at, item.len));
  }
}

void pass_live(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  (void)settings;
  Live live = {ir, diags, arena_array(ir->arena, ReleaseId, ir->integrations.len + 1)};
  for (size_t i = 0; i < ir->decisions.len; i++)
    live.decided[ir->decisions.data[i].integration.n] = ir->decisions.data[i].release;
  for (size_t p = 0; p < ir->pages.len; p++) {
    const Page *page = &ir->pages.data[p];
    for (uint32_t i = 0; i < page->uses.count; i++) {
      const Use *use = ir_use_at(ir, page->uses, i);
      bool repeated = i > 0 && ir_use_at(ir, page->uses, i - 1)->element == use->element;
      if (!repeated) check_use(&live, page, use);
    }
  }
}
