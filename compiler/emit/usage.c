#include "emit/usage.h"

#include <stdlib.h>

static int by_name(const void *a, const void *b) {
  return str_cmp(((const UsedName *)a)->name, ((const UsedName *)b)->name);
}

bool usage_is_error(const Diag *diag) {
  const DiagInfo *info = diag_info(diag->code);
  return diag->severity == DIAG_ERROR || (info->severity == DIAG_ERROR && !info->flag);
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

// A stretch of a page that says something about uses: of one, or of all of an element.
typedef struct Claim {
  Span span;
  uint32_t reach;  // the furthest end of this claim and of those in front of it
  IrRange uses;
} Claim;

typedef struct Blame {
  const Ir *ir;
  Usage *usage;
  StrMap *known;
  Arena *arena;
  PageId *page_of;  // by source, its first: a discovery map is the source of many
  size_t sources;
  SourceId claimed;   // the file that the claims are about
  VEC(Claim) claims;  // by place
} Blame;

static void claim(Blame *b, Span span, IrRange uses) {
  if (span.source == b->claimed) vec_push(b->arena, &b->claims, (Claim){.span = span, .uses = uses});
}

static void claim_element(Blame *b, const Use *use, IrRange uses) {
  for (uint32_t i = 0; i < use->attrs.count; i++) claim(b, ir_use_attr_at(b->ir, use->attrs, i)->span, uses);
  for (uint32_t i = 0; i < use->slots.count; i++) claim(b, ir_use_slot_at(b->ir, use->slots, i)->span, uses);
}

static void claim_use(Blame *b, const Use *use, IrRange self) {
  claim(b, use->span, self);
  claim(b, use->name_span, self);
  claim(b, use->range.span, self);
}

static int by_place(const void *a, const void *b) {
  return span_cmp(((const Claim *)a)->span, ((const Claim *)b)->span);
}

// The uses of one element share its attributes and slots.
static void claim_uses(Blame *b, IrRange uses) {
  for (uint32_t i = 0, count = 1; i < uses.count; i += count) {
    const Use *use = ir_use_at(b->ir, uses, i);
    for (count = 1; i + count < uses.count && ir_use_at(b->ir, uses, i + count)->element == use->element;)
      count++;
    claim_element(b, use, (IrRange){uses.first + i, count});
    for (uint32_t k = i; k < i + count; k++)
      claim_use(b, ir_use_at(b->ir, uses, k), (IrRange){uses.first + k, 1});
  }
}

// Diagnostics come file by file, so that the claims of one file at a time are enough.
static void claim_source(Blame *b, PageId page, SourceId source) {
  b->claimed = source;
  b->claims.len = 0;
  for (; page.n <= b->ir->pages.len && ir_page(b->ir, page)->source == source; page.n++)
    claim_uses(b, ir_page(b->ir, page)->uses);
  if (b->claims.len) qsort(b->claims.data, b->claims.len, sizeof(Claim), by_place);
  uint32_t reach = 0;
  for (size_t i = 0; i < b->claims.len; i++) {
    if (b->claims.data[i].span.end > reach) reach = b->claims.data[i].span.end;
    b->claims.data[i].reach = reach;
  }
}

// How many claims start at the offset or before it.
static size_t claims_from(const Blame *b, uint32_t start) {
  size_t low = 0, high = b->claims.len;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (b->claims.data[middle].span.start <= start)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void blame_uses(Blame *b, IrRange uses, DiagCode code) {
  for (uint32_t i = 0; i < uses.count; i++)
    add_code(used_name(b->usage, b->known, b->arena, ir_str(b->ir, ir_use_at(b->ir, uses, i)->name)), code,
             b->arena);
}

// An error on a page concerns the integrations of the element; one in a manifest the integration around it.
static void blame(Blame *b, const Diag *diag) {
  const Ir *ir = b->ir;
  PageId page =
      diag->span.source && diag->span.source <= b->sources ? b->page_of[diag->span.source] : (PageId){0};
  if (page.n) {
    if (b->claimed != diag->span.source) claim_source(b, page, diag->span.source);
    for (size_t i = claims_from(b, diag->span.start); i-- > 0 && b->claims.data[i].reach >= diag->span.end;)
      if (holds(b->claims.data[i].span, diag->span)) blame_uses(b, b->claims.data[i].uses, diag->code);
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
    if (usage_is_error(diag) && span_exists(diag->span)) blame(&b, diag);
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

enum { STEP = 3 };  // uses between two that are sent for

void usage_foresee(const Ir *ir, const UsedName *name, size_t i) {
  const UseId *uses = name->uses.data + i;
  size_t left = name->uses.len - i;
  if (left > 4 * STEP) __builtin_prefetch(ir_use(ir, uses[4 * STEP]));
  if (left > 3 * STEP) __builtin_prefetch(ir_page(ir, ir_use(ir, uses[3 * STEP])->page));
  if (left > 2 * STEP)
    __builtin_prefetch(&ir->strings.strings.data[ir_page(ir, ir_use(ir, uses[2 * STEP])->page)->path - 1]);
  if (left > STEP) __builtin_prefetch(ir_str(ir, ir_page(ir, ir_use(ir, uses[STEP])->page)->path).data);
}

void usage_foresee_attrs(const Ir *ir, const UsedName *name, size_t i) {
  const UseId *uses = name->uses.data + i;
  size_t left = name->uses.len - i;
  if (left > 2 * STEP) __builtin_prefetch(ir_use(ir, uses[2 * STEP]));
  IrRange attrs = left > STEP ? ir_use(ir, uses[STEP])->attrs : (IrRange){0};
  if (attrs.count) __builtin_prefetch(ir_use_attr_at(ir, attrs, 0));
}
