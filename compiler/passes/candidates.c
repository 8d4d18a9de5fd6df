/* Candidates. Order: the locked release, the active one, then by status (stable, and what only a pin allows,
 * before deprecated), then the newest; what is available only from a later day comes last. Language
 * reference: section 2.1, statuses. */
#include "passes/candidates.h"

#include <stdlib.h>

bool candidates_in_range(const Ir *ir, const Range *range, ReleaseId release) {
  if (!range) return true;
  const IrVersion *row = &ir_release(ir, release)->version;
  if (!row->valid) return false;
  Version version = ir_version(ir, row);
  return range_matches(range, &version);
}

typedef struct Ranked {
  ReleaseId id;
  Version version;
  int rank;  // smaller is better
} Ranked;

bool candidates_comes_later(const Ir *ir, const Release *release) {
  return release->available_from.days != IR_NO_DATE && release->available_from.days > ir->today;
}

static int rank_of(const Ir *ir, const Release *release, bool active) {
  static const int by_status[] = {5, 4, 3, 1, 6, 7};
  int rank = by_status[release->status] * 2;
  if (active && release->status != IR_DEPRECATED) rank = 0;
  if (active && release->status == IR_DEPRECATED) rank = 1;
  return rank + (candidates_comes_later(ir, release) ? 16 : 0);
}

static int by_preference(const void *a, const void *b) {
  const Ranked *x = a, *y = b;
  if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
  int order = version_cmp(&y->version, &x->version);
  if (order) return order;
  return (x->id.n > y->id.n) - (x->id.n < y->id.n);
}

/* The environment */

bool candidates_is_forced(const Ir *ir, const Setting *forced, const Release *release) {
  if (forced->kind == IR_CHOOSE_PROVIDER)
    return str_eq(ir_release_provider(ir, release), ir_str(ir, forced->provider));
  return forced->kind == IR_FLAG_ON && release->flag.sym == forced->name;
}

static bool is_about(const Ir *ir, const Setting *choice, const Integration *row) {
  if (choice->kind == IR_CHOOSE_PROVIDER) return choice->name == row->name;
  for (uint32_t i = 0; choice->kind == IR_FLAG_ON && i < row->releases.count; i++)
    if (candidates_is_forced(ir, choice, ir_release_at(ir, row->releases, i))) return true;
  return false;
}

const Setting *candidates_forced(const Ir *ir, IntegrationId integration) {
  const Setting *found = NULL;
  for (size_t i = 0; i < ir->settings.len; i++) {
    const Setting *choice = &ir->settings.data[i];
    bool stronger = !found || (found->kind != IR_CHOOSE_PROVIDER && choice->kind == IR_CHOOSE_PROVIDER);
    if (stronger && is_about(ir, choice, ir_integration(ir, integration))) found = choice;
  }
  return found;
}

static bool switched_off(const Ir *ir, const Release *release) {
  for (size_t i = 0; i < ir->settings.len; i++) {
    const Setting *choice = &ir->settings.data[i];
    if (choice->kind == IR_FLAG_OFF && release->flag.sym == choice->name) return true;
  }
  return false;
}

static bool is_opened(const Ir *ir, ReleaseId id, const CandidateOpening *opening) {
  const Release *release = ir_release(ir, id);
  if (opening->label && release->label.sym == opening->label) return true;
  if (opening->pin && candidates_in_range(ir, opening->pin, id)) return true;
  return opening->forced && candidates_is_forced(ir, opening->forced, release);
}

static bool may_be_chosen(const Ir *ir, ReleaseId id, const CandidateOpening *opening) {
  const Release *release = ir_release(ir, id);
  if (release->status == IR_RETIRED || switched_off(ir, release)) return false;
  bool open = release->status == IR_STABLE || release->status == IR_DEPRECATED;
  return open || is_opened(ir, id, opening);
}

// The others keep their order.
static void put_first(Candidates *candidates, ReleaseId locked) {
  uint32_t at = 0;
  while (at < candidates->count && candidates->releases[at].n != locked.n) at++;
  if (!locked.n || at == candidates->count) return;
  memmove(candidates->releases + 1, candidates->releases, at * sizeof *candidates->releases);
  candidates->releases[0] = locked;
  candidates->moved = at;
}

Candidates candidates_of(Ir *ir, IntegrationId integration, const CandidateOpening *opening) {
  const Integration *row = ir_integration(ir, integration);
  Ranked *ranked = arena_array(ir->arena, Ranked, row->releases.count + 1);
  Candidates found = {.releases = arena_array(ir->arena, ReleaseId, row->releases.count + 1)};
  for (uint32_t i = 0; i < row->releases.count; i++) {
    ReleaseId id = {row->releases.first + i};
    if (!may_be_chosen(ir, id, opening)) continue;
    const Release *release = ir_release(ir, id);
    bool active = id.n == row->active_release.n;
    ranked[found.count++] = (Ranked){id, ir_version(ir, &release->version), rank_of(ir, release, active)};
  }
  if (found.count) qsort(ranked, found.count, sizeof *ranked, by_preference);
  for (uint32_t i = 0; i < found.count; i++) found.releases[i] = ranked[i].id;
  put_first(&found, opening->locked);
  return found;
}
