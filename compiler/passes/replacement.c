/* In: a release that ought to be left, and all that is said about its integration. Out: one fix that makes
 * the project ask for its replacement, tried on the solver before it is offered.
 *
 * What surprises: a rule stands for all elements that say the same, so the elements are looked up again. */
#include "passes/replacement.h"

enum { PLACES_TOLD = 5 };

void replacement_note_end(Diag *d, const Release *release) {
  if (release->until.days != IR_NO_DATE && span_exists(release->until.span))
    diag_note(d, release->until.span, "supported until this day");
}

static bool is_leaving(const Ir *ir, const Release *release) {
  return release->status == IR_DEPRECATED || release->status == IR_RETIRED || ir_release_ended(ir, release);
}

ReleaseId replacement_of(const Ir *ir, ReleaseId id) {
  IntegrationId integration = ir_release(ir, id)->integration;
  uint32_t left = ir_integration(ir, integration)->releases.count;
  while (id.n && left-- && is_leaving(ir, ir_release(ir, id)))
    id = ir_find_release(ir, integration, ir_release(ir, id)->replaced_by.sym);
  return id.n && !is_leaving(ir, ir_release(ir, id)) ? id : (ReleaseId){0};
}

typedef struct Move {
  Constraints *c;
  const Ir *ir;
  Diag *d;
  ReleaseId from, to;
  Version version;  // of `to`
  VEC(DiagEdit) edits;
  VEC(size_t) against;  // rules that leave the replacement out
  bool active_moves;
  bool stuck;  // what stands against it cannot be edited
} Move;

/* Edits */

// A value that is written with references or as an alias has another length than its text.
static bool is_literal(const Move *m, IrText text, bool may_be_quoted) {
  size_t written = text.span.end - text.span.start, length = ir_str(m->ir, text.sym).len;
  return span_exists(text.span) && (written == length || (may_be_quoted && written == length + 2));
}

static void edit(Move *m, IrText old, Str text, bool may_be_quoted) {
  if (is_literal(m, old, may_be_quoted))
    vec_push(m->ir->arena, &m->edits, (DiagEdit){old.span, text});
  else
    m->stuck = true;
}

static void move_range(Move *m, IrText range, bool may_be_quoted) {
  if (range.sym)
    edit(m, range, range_move(m->ir->arena, ir_str(m->ir, range.sym), &m->version), may_be_quoted);
  else
    m->stuck = true;
}

static void move_uses(Move *m, const Use *rule) {
  for (size_t i = 0; i < m->ir->uses.len; i++) {
    const Use *use = &m->ir->uses.data[i];
    bool same = use->integration.n == rule->integration.n && use->range.sym == rule->range.sym &&
                use->provider.sym == rule->provider.sym;
    if (same && use->page.n && !use->by_dependency) move_range(m, use->range, false);
  }
}

static void move_requirement(Move *m, const Origin *origin) {
  const Requirement *row = ir_requirement(m->ir, origin->requirement);
  bool own = ir_integration(m->ir, row->integration)->place == IR_PLACE_PROJECT;
  if (row->kind == IR_CONFLICTS || origin->use.n || !own)
    m->stuck = true;
  else
    move_range(m, row->range, true);
}

static void move_origin(Move *m, const Origin *origin) {
  switch (origin->kind) {
    case ORIGIN_USE:
      if (ir_use(m->ir, origin->use)->provider.sym)
        m->stuck = true;
      else
        move_uses(m, ir_use(m->ir, origin->use));
      break;
    case ORIGIN_REQUIREMENT:
      move_requirement(m, origin);
      break;
    case ORIGIN_PIN:
      move_range(m, origin->pin->range, true);
      break;
    default:
      m->stuck = true;
  }
}

// The label that the manifest prefers, where it prefers what is to be left.
static void move_active(Move *m) {
  const Integration *integration = ir_integration(m->ir, ir_release(m->ir, m->from)->integration);
  ReleaseId active = integration->active_release;
  if (!active.n || !is_leaving(m->ir, ir_release(m->ir, active)) ||
      replacement_of(m->ir, active).n != m->to.n)
    return;
  if (integration->place != IR_PLACE_PROJECT) m->stuck = true;
  m->active_moves = true;
  edit(m, integration->active, ir_release_label(m->ir, m->to), true);
}

/* What stands against it */

static uint32_t chosen_candidate(const Move *m, uint32_t package) {
  ReleaseId chosen = ir_decided_release(m->ir, integration_of(package));
  return chosen.n ? constraints_candidate(m->c, chosen) : SOLVE_NONE;
}

static bool is_in_force(const Move *m, const SolveRule *rule) {
  if (rule->from == SOLVE_NONE) return true;
  uint32_t candidate = chosen_candidate(m, rule->from);
  return candidate != SOLVE_NONE && (!rule->when || solve_set_has(rule->when, candidate));
}

static void find_against(Move *m, uint32_t package, uint32_t candidate) {
  for (size_t i = 0; i < m->c->problem.rules.len; i++) {
    SolveRule *rule = &m->c->problem.rules.data[i];
    bool against =
        rule->to == package && !rule->off && rule->allowed && !solve_set_has(rule->allowed, candidate);
    if (!against || !is_in_force(m, rule)) continue;
    move_origin(m, &m->c->origins.data[i]);
    vec_push(m->ir->arena, &m->against, i);
  }
}

// Whether it does with what has been chosen for the others. Then there is nothing to solve.
static bool fits_choice(const Move *m, uint32_t package, uint32_t candidate) {
  for (size_t i = 0; i < m->c->problem.rules.len; i++) {
    const SolveRule *rule = &m->c->problem.rules.data[i];
    if (rule->from != package || rule->off || (rule->when && !solve_set_has(rule->when, candidate))) continue;
    uint32_t target = chosen_candidate(m, rule->to);
    bool excluded = target != SOLVE_NONE && rule->allowed && !solve_set_has(rule->allowed, target);
    if (excluded || (rule->needed && target == SOLVE_NONE)) return false;
  }
  return true;
}

// What would be chosen with the edits done: other releases may have to give way, and these go before.
static bool is_chosen_then(const Move *m, Constraints *then, uint32_t package) {
  Ir *ir = m->c->ir;
  for (size_t i = 0; i < m->against.len; i++) {
    size_t rule = m->against.data[i];
    Str moved = range_move(then->arena, ir_str(ir, then->origins.data[rule].range), &m->version);
    const Range *range = constraints_range(then, ir_sym(ir, moved));
    then->problem.rules.data[rule].allowed = constraints_allowed(then, rule, range);
  }
  uint32_t *chosen = arena_array(then->arena, uint32_t, then->problem.packages + 1);
  if (solve_find(then->arena, &then->problem, chosen) != SOLVE_FOUND || chosen[package] == SOLVE_NONE)
    return false;
  ReleaseId release = then->candidates[package].releases[chosen[package]];
  return !is_leaving(ir, ir_release(ir, release));
}

static bool is_possible(Move *m, uint32_t package, uint32_t candidate) {
  SolveProblem *problem = &m->c->problem;
  if (fits_choice(m, package, candidate)) return true;
  if (problem->steps < problem->rules.len) return false;
  problem->steps -= problem->rules.len;  // reading the rules is work, too
  Arena scratch = {0};
  Constraints then;
  Integration *row = ir_integration(m->ir, integration_of(package)), kept = *row;
  if (m->active_moves) row->active_release = m->to;
  if (row->locked_release.n == m->from.n) row->locked_release = (ReleaseId){0};  // `update` frees it
  constraints_collect_with(&then, m->c, &scratch, NULL);
  *row = kept;
  bool possible = is_chosen_then(m, &then, package);
  problem->steps = then.problem.steps;
  arena_free(&scratch);
  return possible;
}

static void tell_against(const Move *m) {
  Str label = ir_release_label(m->ir, m->to);
  for (size_t i = 0; i < m->against.len && i < PLACES_TOLD; i++)
    diag_note(m->d, m->c->origins.data[m->against.data[i]].span, "this leaves out its replacement '%.*s'",
              STR_ARG(label));
}

static void add_fix(const Move *m) {
  Str from = ir_release_label(m->ir, m->from);
  Str to = ir_release_label(m->ir, m->to);
  const DiagEdit *first = &m->edits.data[0];
  DiagFix *fix = diag_fix(m->d, DIAG_MAYBE, first->span, first->text, "use '%.*s' instead of '%.*s'",
                          STR_ARG(to), STR_ARG(from));
  for (size_t i = 1; i < m->edits.len; i++)
    diag_fix_edit(m->d, fix, m->edits.data[i].span, m->edits.data[i].text);
}

bool replacement_offer(Constraints *c, Diag *d, ReleaseId from) {
  ReleaseId to = replacement_of(c->ir, from);
  uint32_t candidate = to.n ? constraints_candidate(c, to) : SOLVE_NONE;
  if (candidate == SOLVE_NONE) return false;
  const Release *release = ir_release(c->ir, to);
  Move move = {.c = c, .ir = c->ir, .d = d, .from = from, .to = to};
  move.version = ir_version(c->ir, &release->version);
  uint32_t package = package_of(release->integration);
  if (!release->version.valid || candidates_comes_later(c->ir, release)) return false;
  find_against(&move, package, candidate);
  tell_against(&move);
  move_active(&move);
  if (move.stuck || !move.edits.len || !is_possible(&move, package, candidate)) return false;
  add_fix(&move);
  return true;
}
