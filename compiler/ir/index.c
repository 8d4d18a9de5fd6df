// Rows by integration: chains through the tables, so that emitters that ask for each integration in turn stay
// linear in the rows of all. Who asks before the index is made, or behind rows that came later, gets a
// search.
#include "ir/ir.h"

// Chains rows 1 to `count` by what `of` answers, the lowest number first.
static void chain(const Ir *ir, size_t count, IntegrationId (*of)(const Ir *ir, uint32_t n), uint32_t **first,
                  uint32_t **next) {
  *first = arena_array(ir->arena, uint32_t, ir->integrations.len + 1);
  *next = arena_array(ir->arena, uint32_t, count + 1);
  for (uint32_t n = (uint32_t)count; n; n--) {
    IntegrationId id = of(ir, n);
    (*next)[n] = (*first)[id.n];
    (*first)[id.n] = n;
  }
}

static IntegrationId of_use(const Ir *ir, uint32_t n) { return ir_use(ir, (UseId){n})->integration; }

static IntegrationId of_live(const Ir *ir, uint32_t n) {
  return ir_live_release(ir, (LiveReleaseId){n})->integration;
}

static bool is_made(const IrIndex *index) { return index->decided != NULL; }

void ir_index(Ir *ir) {
  IrIndex *index = &ir->index;
  index->uses = ir->uses.len;
  index->decisions = ir->decisions.len;
  index->live_releases = ir->live_releases.len;
  chain(ir, index->uses, of_use, &index->first_use, &index->next_use);
  chain(ir, index->live_releases, of_live, &index->first_live, &index->next_live);
  index->decided = arena_array(ir->arena, uint32_t, ir->integrations.len + 1);
  for (uint32_t n = (uint32_t)index->decisions; n; n--)
    index->decided[ir_decision(ir, (DecisionId){n})->integration.n] = n;
  ir_index_props(ir);
}

UseId ir_next_use(const Ir *ir, IntegrationId integration, UseId after) {
  const IrIndex *index = &ir->index;
  if (is_made(index) && index->uses == ir->uses.len)
    return (UseId){after.n ? index->next_use[after.n] : index->first_use[integration.n]};
  for (uint32_t n = after.n + 1; n <= ir->uses.len; n++)
    if (of_use(ir, n).n == integration.n) return (UseId){n};
  return (UseId){0};
}

LiveReleaseId ir_next_live(const Ir *ir, IntegrationId integration, LiveReleaseId after) {
  const IrIndex *index = &ir->index;
  if (is_made(index) && index->live_releases == ir->live_releases.len)
    return (LiveReleaseId){after.n ? index->next_live[after.n] : index->first_live[integration.n]};
  for (uint32_t n = after.n + 1; n <= ir->live_releases.len; n++)
    if (of_live(ir, n).n == integration.n) return (LiveReleaseId){n};
  return (LiveReleaseId){0};
}

ReleaseId ir_decided_release(const Ir *ir, IntegrationId integration) {
  const IrIndex *index = &ir->index;
  uint32_t found = 0;
  if (is_made(index) && index->decisions == ir->decisions.len) {
    found = index->decided[integration.n];
  } else {
    for (uint32_t n = 1; n <= ir->decisions.len && !found; n++)
      if (ir_decision(ir, (DecisionId){n})->integration.n == integration.n) found = n;
  }
  return found ? ir_decision(ir, (DecisionId){found})->release : (ReleaseId){0};
}
