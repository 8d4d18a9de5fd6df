/* In: manifests and the project file of a run. Out: edits of what says which releases of the integration may
 * be chosen: ranges of requirements, pins, the active release, providers of environments. Routes, canary,
 * conflicts and fallbacks name releases that go on living: they stay. */
#include "workspace/migrate/round.h"

/* Requirements of other manifests */

// What the build does not use need not follow: nobody could edit it there.
static bool is_in_use(const Round *round, IntegrationId id) {
  const Compilation *base = round->migrate->base;
  IntegrationId known = ir_find_integration(&base->ir, ir_integration_name(&round->run->ir, id));
  return known.n && ir_decided_release(&base->ir, known).n;
}

// The range of another row that an alias makes the same text.
static bool is_shared(const Ir *ir, const Requirement *row) {
  for (size_t i = 0; i < ir->requirements.len; i++) {
    const Requirement *other = &ir->requirements.data[i];
    if (other->target != row->target && other->range.sym && !span_cmp(other->range.span, row->range.span))
      return true;
  }
  return false;
}

static void move_requirement(Round *round, size_t i) {
  const Ir *ir = &round->run->ir;
  const Requirement *row = &ir->requirements.data[i];
  const Integration *owner = ir_integration(ir, row->integration);
  Str range = ir_str(ir, row->range.sym), text;
  if (owner->place != IR_PLACE_PROJECT && (owner->shadowed || !is_in_use(round, row->integration))) return;
  uint32_t held = migrate_holds(round, str_printf(&round->migrate->arena, "requirement %zu", i), range);
  if (!migrate_moves(round, held, range, &text)) return;
  if (is_shared(ir, row)) {
    Diag *diag = migrate_refuse(round->migrate, round->run, row->range.span,
                                "the migration cannot change '%.*s', which is the range of others too",
                                STR_ARG(range));
    diag_help(diag, "write the range of '%.*s' by itself, without an alias", STR_ARG(round->migrate->name));
    return;
  }
  migrate_edit_scalar(round, row->range.span, range, text);
}

static void move_requirements(Round *round) {
  const Ir *ir = &round->run->ir;
  for (size_t i = 0; i < ir->requirements.len; i++) {
    const Requirement *row = &ir->requirements.data[i];
    bool ours = row->range.sym && row->kind != IR_CONFLICTS;
    if (ours && str_eq(ir_str(ir, row->target), round->migrate->name)) move_requirement(round, i);
  }
}

/* The project file */

static void move_pins(Round *round) {
  const ProjectSettings *settings = &round->run->project.settings;
  for (size_t i = 0; i < settings->pins.len; i++) {
    const ProjectPin *pin = &settings->pins.data[i];
    Str text;
    if (!str_eq(pin->name.text, round->migrate->name) || !span_exists(pin->range.span)) continue;
    uint32_t held = migrate_holds(round, str_printf(&round->migrate->arena, "pin %zu", i), pin->range.text);
    if (migrate_moves(round, held, pin->range.text, &text))
      migrate_edit_scalar(round, pin->range.span, pin->range.text, text);
  }
}

// An environment that forces the old release's provider could not have what is moved to the new one.
static void move_environments(Round *round) {
  const Ir *ir = &round->run->ir;
  const ProjectSettings *settings = &round->run->project.settings;
  Str old = ir_str(ir, ir_release(ir, round->from)->provider.sym);
  Str text = ir_str(ir, ir_release(ir, round->to)->provider.sym);
  bool moves = !round->migrate->widen && (round->migrate->moved || round->migrate->activate);
  if (!moves || !old.len || !text.len || str_eq(old, text)) return;
  for (size_t i = 0; i < settings->environments.len; i++) {
    const ProjectEnvironment *environment = &settings->environments.data[i];
    for (size_t k = 0; k < environment->providers.len; k++) {
      const ProjectPin *said = &environment->providers.data[k];
      if (str_eq(said->name.text, round->migrate->name) && str_eq(said->range.text, old))
        migrate_edit_scalar(round, said->range.span, old, text);
    }
  }
}

/* The integration itself */

// The lock would go on choosing the old release: its line goes, and the next build writes a new one.
static void unlock(Round *round) {
  const LockFile *lock = &round->run->lock.old;
  for (size_t i = 0; i < lock->entries.len; i++) {
    const LockEntry *entry = &lock->entries.data[i];
    if (!str_eq(entry->name, round->migrate->name) || !str_eq(entry->label, round->hop->from)) continue;
    Str behind = str_skip(migrate_bytes(round, entry->span.source), entry->span.end);
    uint32_t line_end = str_starts(behind, STR("\r\n")) ? 2 : str_starts(behind, STR("\n")) ? 1 : 0;
    Span span = {entry->span.source, entry->span.start, entry->span.end + line_end};
    migrate_edit(round, span, STR(""), "'%.*s' is chosen anew", STR_ARG(round->migrate->name));
  }
}

static void activate(Round *round) {
  const Ir *ir = &round->run->ir;
  const Integration *integration = ir_integration(ir, round->id);
  Str active = ir_str(ir, integration->active.sym), from = round->hop->from;
  if (round->migrate->activate) unlock(round);
  if (!active.len || !str_eq(active, from)) return;
  if (round->migrate->activate) {
    migrate_edit_scalar(round, integration->active.span, active, round->hop->to);
    return;
  }
  Str line =
      str_printf(&round->migrate->arena, "'%.*s' stays the active release; --activate would make it '%.*s'",
                 STR_ARG(from), STR_ARG(round->migrate->to));
  vec_push(&round->migrate->arena, &round->migrate->kept, line);
}

void migrate_manifests(Round *round) {
  move_requirements(round);
  move_pins(round);
  activate(round);
  move_environments(round);
}
