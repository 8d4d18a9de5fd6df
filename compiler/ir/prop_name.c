// Names of props, of which HTML keeps neither the case nor, for people, what stands between words. In: a name
// as a page or a manifest has it. Out: the prop that it means.
#include "ir/ir.h"

static bool mark(char c) { return c == '-' || c == '_'; }

bool ir_same_prop(Str a, Str b) {
  size_t i = 0, j = 0;
  for (;; i++, j++) {
    while (i < a.len && mark(a.data[i])) i++;
    while (j < b.len && mark(b.data[j])) j++;
    if (i == a.len || j == b.len) return i == a.len && j == b.len;
    if (str_lower_char(a.data[i]) != str_lower_char(b.data[j])) return false;
  }
}

Str ir_prop_key(Arena *arena, Str name) {
  char *key = arena_alloc(arena, name.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < name.len; i++)
    if (!mark(name.data[i])) key[len++] = str_lower_char(name.data[i]);
  return (Str){key, len};
}

// Of few props the one that is meant is found by looking at each.
enum { FEW_PROPS = 8 };

static size_t hash_in(IntegrationId integration, Str name) {
  size_t hash = 0xcbf29ce484222325u ^ integration.n;  // FNV-1a
  for (size_t i = 0; i < name.len; i++)
    if (!mark(name.data[i])) hash = (hash ^ (unsigned char)str_lower_char(name.data[i])) * 0x100000001b3u;
  return hash ^ (hash >> 32);
}

static bool is_in(IrRange range, uint32_t n) { return n >= range.first && n - range.first < range.count; }

// Where the prop stands in the table, or the empty place where it would.
static uint32_t *probe(const Ir *ir, IntegrationId integration, Str name) {
  const IrIndex *index = &ir->index;
  IrRange range = ir_integration(ir, integration)->props;
  size_t at = hash_in(integration, name) & index->prop_mask;
  for (; index->prop_table[at]; at = (at + 1) & index->prop_mask) {
    uint32_t n = index->prop_table[at];
    if (is_in(range, n) && ir_same_prop(ir_str(ir, ir_prop(ir, (PropId){n})->name), name)) break;
  }
  return &index->prop_table[at];
}

void ir_index_props(Ir *ir) {
  IrIndex *index = &ir->index;
  if (index->prop_table && index->props == ir->props.len) return;
  size_t space = 64;
  while (space < 2 * ir->props.len) space *= 2;
  index->props = ir->props.len;
  index->prop_mask = space - 1;
  index->prop_table = arena_array(ir->arena, uint32_t, space);
  for (uint32_t id = 1; id <= ir->integrations.len; id++) {
    IrRange range = ir_integration(ir, (IntegrationId){id})->props;
    for (uint32_t i = 0; range.count > FEW_PROPS && i < range.count; i++) {
      uint32_t *place = probe(ir, (IntegrationId){id}, ir_str(ir, ir_prop_at(ir, range, i)->name));
      if (!*place) *place = range.first + i;  // of two of one name the first
    }
  }
}

PropId ir_find_prop(const Ir *ir, IntegrationId integration, Str name) {
  IrRange range = ir_integration(ir, integration)->props;
  if (range.count > FEW_PROPS && ir->index.prop_table && ir->index.props == ir->props.len)
    return (PropId){*probe(ir, integration, name)};
  for (uint32_t i = 0; i < range.count; i++)
    if (ir_same_prop(ir_str(ir, ir_prop_at(ir, range, i)->name), name)) return (PropId){range.first + i};
  return (PropId){0};
}
