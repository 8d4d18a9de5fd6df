#include "emit/usage.h"

#include <stdlib.h>

static int by_name(const void *a, const void *b) {
  return str_cmp(((const UsedName *)a)->name, ((const UsedName *)b)->name);
}

bool usage_is_valid(const UsedName *name) { return name->integration.n && !name->codes.len; }

static UsedName *used_name(Usage *usage, StrMap *known, Arena *arena, Str name) {
  bool added;
  uint32_t *index = strmap_put(arena, known, name, &added);
  if (added) {
    vec_push(arena, &usage->names, (UsedName){.name = name});
    *index = (uint32_t)usage->names.len - 1;
  }
  return &usage->names.data[*index];
}

static void collect_uses(const Ir *ir, Usage *usage, StrMap *known, Arena *arena) {
  uint32_t last_page = 0;
  for (uint32_t n = 1; n <= ir->uses.len; n++) {
    const Use *use = ir_use(ir, (UseId){n});
    UsedName *name = used_name(usage, known, arena, ir_str(ir, use->name));
    if (use->integration.n) name->integration = use->integration;
    if (use->by_dependency) continue;
    vec_push(arena, &name->uses, (UseId){n});
    name->required |= use->required;
    if (!name->on_page) usage->found++;
    name->on_page = true;
    usage->uses++;
    if (use->page.n != last_page) usage->pages++;
    last_page = use->page.n;
  }
}

// What a requirement asks for and nobody declares is missing as much as what a page asks for.
static void collect_missing(const Ir *ir, Usage *usage, StrMap *known, Arena *arena) {
  for (size_t i = 0; i < ir->missings.len; i++)
    used_name(usage, known, arena, ir_str(ir, ir->missings.data[i].name));
}

static void add_code(UsedName *name, DiagCode code, Arena *arena) {
  for (size_t i = 0; i < name->codes.len; i++)
    if (name->codes.data[i] == code) return;
  vec_push(arena, &name->codes, code);
}

static bool holds(Span outer, Span inner) {
  return outer.source == inner.source && inner.start >= outer.start && inner.end <= outer.end;
}

static bool concerns_use(const Ir *ir, const Use *use, Span span) {
  if (holds(use->span, span) || holds(use->name_span, span) || holds(use->range.span, span)) return true;
  for (uint32_t i = 0; i < use->attrs.count; i++)
    if (holds(ir_use_attr_at(ir, use->attrs, i)->span, span)) return true;
  for (uint32_t i = 0; i < use->slots.count; i++)
    if (holds(ir_use_slot_at(ir, use->slots, i)->span, span)) return true;
  return false;
}

typedef struct Blame {
  const Ir *ir;
  Usage *usage;
  StrMap *known;
  Arena *arena;
  PageId *page_of;  // by source, its first: a discovery map is the source of many
  size_t sources;
} Blame;

static void blame_page(Blame *b, PageId page, const Diag *diag) {
  IrRange uses = ir_page(b->ir, page)->uses;
  for (uint32_t i = 0; i < uses.count; i++) {
    const Use *use = ir_use_at(b->ir, uses, i);
    if (concerns_use(b->ir, use, diag->span))
      add_code(used_name(b->usage, b->known, b->arena, ir_str(b->ir, use->name)), diag->code, b->arena);
  }
}

// An error on a page concerns the integrations of the element; one in a manifest the integration around it.
static void blame(Blame *b, const Diag *diag) {
  const Ir *ir = b->ir;
  PageId page =
      diag->span.source && diag->span.source <= b->sources ? b->page_of[diag->span.source] : (PageId){0};
  if (page.n) {
    for (; page.n <= ir->pages.len && ir_page(ir, page)->source == diag->span.source; page.n++)
      blame_page(b, page, diag);
    return;
  }
  for (size_t i = 0; i < ir->integrations.len; i++) {
    const Integration *integration = &ir->integrations.data[i];
    uint32_t *known =
        holds(integration->whole, diag->span) ? strmap_find(b->known, ir_str(ir, integration->name)) : NULL;
    if (known) add_code(&b->usage->names.data[*known], diag->code, b->arena);
  }
}

static void collect_errors(const Ir *ir, Usage *usage, StrMap *known, const DiagBag *diags, Arena *arena) {
  Blame b = {.ir = ir, .usage = usage, .known = known, .arena = arena, .sources = sources_count(ir->sources)};
  b.page_of = arena_array(arena, PageId, b.sources + 1);
  for (uint32_t n = (uint32_t)ir->pages.len; n; n--)
    b.page_of[ir_page(ir, (PageId){n})->source] = (PageId){n};
  for (size_t i = 0; i < diags->list.len; i++) {
    const Diag *diag = diags->list.data[i];
    bool is_error = diag->severity == DIAG_ERROR ||
                    (diag_info(diag->code)->severity == DIAG_ERROR && !diag_info(diag->code)->flag);
    if (is_error && span_exists(diag->span)) blame(&b, diag);
  }
  for (size_t i = 0; i < ir->missings.len; i++) {
    const Missing *missing = &ir->missings.data[i];
    if (missing->required)
      add_code(used_name(usage, known, arena, ir_str(ir, missing->name)),
               missing->first_use.n ? FX2001 : FX3002, arena);
  }
}

Usage usage_collect(const Ir *ir, const DiagBag *diags, Arena *arena) {
  Usage usage = {0};
  StrMap known = {0};
  collect_uses(ir, &usage, &known, arena);
  collect_missing(ir, &usage, &known, arena);
  if (diags) collect_errors(ir, &usage, &known, diags, arena);
  if (usage.names.len) qsort(usage.names.data, usage.names.len, sizeof(UsedName), by_name);
  return usage;
}
