/* In: the entries of fx.lock and those that the choice comes to. Out: FX4006 and FX2102. What may surprise:
 * the releases are chosen as ever, the lock's first; here it only shows whether the lock had its way. */
#include "workspace/lock_check.h"

#include "ir/range.h"
#include "passes/candidates.h"
#include "workspace/lock.h"

enum { PLACES_SHOWN = 5 };

typedef struct LockCheck {
  Compilation *compilation;
  const Ir *ir;
  DiagBag *diags;
  StrMap locked;  // names: index in the lock's entries
  StrMap chosen;  // names that were chosen
  bool *differs;  // by SourceId: said already
} LockCheck;

static const char cure[] = "run 'fxc solve', look at the difference and commit fx.lock";

/* Why the locked release is not chosen */

static bool excludes(LockCheck *check, Sym text, ReleaseId release) {
  Range range;
  VersionFault fault;
  Arena *arena = &check->compilation->arena;
  return text && range_parse(arena, ir_str(check->ir, text), &range, &fault) &&
         !candidates_in_range(check->ir, &range, release);
}

static void note_uses(LockCheck *check, Diag *d, IntegrationId id, ReleaseId release) {
  const Ir *ir = check->ir;
  int shown = 0;
  for (size_t i = 0; i < ir->uses.len && shown < PLACES_SHOWN; i++) {
    const Use *use = &ir->uses.data[i];
    if (use->integration.n != id.n || !excludes(check, use->range.sym, release)) continue;
    diag_note(d, use->range.span, "this page asks for '%.*s' %.*s", STR_ARG(ir_integration_name(ir, id)),
              STR_ARG(ir_str(ir, use->range.sym)));
    shown++;
  }
}

// A requirement counts when who says it was chosen, in the release that says it.
static bool counts(const Ir *ir, const Requirement *row) {
  ReleaseId decided = ir_decided_release(ir, row->integration);
  return decided.n && (!row->release.n || row->release.n == decided.n);
}

static void note_requirements(LockCheck *check, Diag *d, IntegrationId id, ReleaseId release) {
  const Ir *ir = check->ir;
  int shown = 0;
  for (size_t i = 0; i < ir->requirements.len && shown < PLACES_SHOWN; i++) {
    const Requirement *row = &ir->requirements.data[i];
    bool conflict = row->kind == IR_CONFLICTS;
    if (row->resolved.n != id.n || !counts(ir, row)) continue;
    if (conflict ? row->range.sym && excludes(check, row->range.sym, release)
                 : !excludes(check, row->range.sym, release))
      continue;
    diag_note(d, span_exists(row->range.span) ? row->range.span : row->span, "'%.*s' %s '%.*s' %.*s",
              STR_ARG(ir_integration_name(ir, row->integration)), conflict ? "conflicts with" : "requires",
              STR_ARG(ir_integration_name(ir, id)), STR_ARG(ir_str(ir, row->range.sym)));
    shown++;
  }
}

static void note_reasons(LockCheck *check, Diag *d, IntegrationId id, ReleaseId release) {
  const Ir *ir = check->ir;
  const Release *row = ir_release(ir, release);
  Str name = ir_integration_name(ir, id), label = ir_str(ir, row->label.sym);
  bool pinned = false;
  for (size_t i = 0; i < ir->pins.len; i++) {
    const Pin *pin = &ir->pins.data[i];
    if (pin->name != ir_integration(ir, id)->name) continue;
    pinned = true;
    if (excludes(check, pin->range.sym, release))
      diag_note(d, pin->range.span, "the project pins '%.*s' to %.*s", STR_ARG(name),
                STR_ARG(ir_str(ir, pin->range.sym)));
  }
  bool free = row->status == IR_STABLE || row->status == IR_DEPRECATED;
  if (row->status == IR_RETIRED)
    diag_note(d, row->span, "'%.*s' is retired", STR_ARG(label));
  else if (!free && !pinned)
    diag_note(d, row->span, "'%.*s' is %s, and the project does not pin it", STR_ARG(label),
              ir_status_name(row->status));
  note_uses(check, d, id, release);
  note_requirements(check, d, id, release);
}

/* Entries of the lock */

static Diag *out_of_date(LockCheck *check, Span span, Str what) {
  Diag *d = diag_add(check->diags, FX4006, span, "the lock is out of date: %.*s", STR_ARG(what));
  return d;
}

static void check_release(LockCheck *check, const LockEntry *entry, IntegrationId id, ReleaseId decided) {
  const Ir *ir = check->ir;
  Arena *arena = &check->compilation->arena;
  Sym label = ir_release(ir, decided)->label.sym;
  if (str_eq(entry->label, ir_str(ir, label))) return;
  ReleaseId locked = {0};
  for (size_t i = 0; i < ir->locks.len; i++)
    if (ir->locks.data[i].name == ir_integration(ir, id)->name)
      locked = ir_find_release(ir, id, ir->locks.data[i].label.sym);
  Str what = str_printf(arena,
                        locked.n ? "release '%.*s' of '%.*s' may not be chosen any more"
                                 : "there is no release '%.*s' of '%.*s' any more",
                        STR_ARG(entry->label), STR_ARG(entry->name));
  Diag *d = out_of_date(check, entry->label_span, what);
  diag_label(d, entry->label_span, "'%.*s' would be chosen now", STR_ARG(ir_str(ir, label)));
  if (locked.n)
    note_reasons(check, d, id, locked);
  else
    diag_note(d, ir_integration(ir, id)->span, "'%.*s' is declared here", STR_ARG(entry->name));
  diag_help(d, "%s", cure);
}

// What the environment says about an integration wins over the lock.
static bool environment_decides(const Ir *ir, IntegrationId id) {
  if (candidates_forced(ir, id)) return true;
  IrRange releases = ir_integration(ir, id)->releases;
  for (size_t i = 0; i < ir->settings.len; i++)
    for (uint32_t r = 0; r < releases.count; r++) {
      const Setting *choice = &ir->settings.data[i];
      bool off = choice->kind == IR_FLAG_OFF;
      if (off && ir_release_at(ir, releases, r)->flag.sym == choice->name) return true;
    }
  return false;
}

static void check_digest(LockCheck *check, const LockEntry *entry, const LockEntry *now, SourceId source) {
  if (str_eq(entry->digest, now->digest) || check->differs[source]) return;
  check->differs[source] = true;
  Diag *d = diag_add(check->diags, FX2102, span_file(source),
                     "the manifest differs from the one that fx.lock names");
  diag_note(d, entry->name_span, "locked here");
  diag_help(d, "if the change is meant, run 'fxc solve' and commit fx.lock; if not, restore the manifest");
}

// Only a hand can have made these: nothing else writes another path or version beside the right digest.
static void check_words(LockCheck *check, const LockEntry *entry, const LockEntry *now, Span declared) {
  Arena *arena = &check->compilation->arena;
  Diag *d = NULL;
  if (!str_eq(entry->path, now->path))
    d = out_of_date(
        check, entry->path_span,
        str_printf(arena, "the manifest of '%.*s' is '%.*s' now", STR_ARG(entry->name), STR_ARG(now->path)));
  else if (str_eq(entry->digest, now->digest) && str_eq(entry->label, now->label) &&
           !str_eq(entry->version, now->version))
    d = out_of_date(check, entry->version_span,
                    str_printf(arena, "release '%.*s' of '%.*s' is %.*s", STR_ARG(entry->label),
                               STR_ARG(entry->name), STR_ARG(now->version)));
  if (!d) return;
  diag_note(d, declared, "'%.*s' is declared here", STR_ARG(entry->name));
  diag_help(d, "%s", cure);
}

static void check_chosen(LockCheck *check, const LockEntry *now, bool sound) {
  const Ir *ir = check->ir;
  const uint32_t *index = strmap_find(&check->locked, now->name);
  if (!index) return;
  const LockEntry *entry = &check->compilation->lock.old.entries.data[*index];
  IntegrationId id = ir_find_integration(ir, now->name);
  const Integration *integration = ir_integration(ir, id);
  if (str_eq(entry->path, now->path)) check_digest(check, entry, now, integration->source);
  if (!sound) return;
  check_words(check, entry, now, integration->span);
  if (!environment_decides(ir, id)) check_release(check, entry, id, ir_decided_release(ir, id));
}

/* Entries that are missing, or too many */

static void note_need(LockCheck *check, Diag *d, IntegrationId id) {
  const Ir *ir = check->ir;
  Str name = ir_integration_name(ir, id);
  for (size_t i = 0; i < ir->uses.len; i++) {
    if (ir->uses.data[i].integration.n != id.n || !span_exists(ir->uses.data[i].name_span)) continue;
    diag_note(d, ir->uses.data[i].name_span, "'%.*s' is used here", STR_ARG(name));
    return;
  }
  for (size_t i = 0; i < ir->requirements.len; i++) {
    const Requirement *row = &ir->requirements.data[i];
    if (row->resolved.n != id.n || row->kind != IR_REQUIRES || !counts(ir, row)) continue;
    diag_note(d, row->span, "'%.*s' requires it here", STR_ARG(ir_integration_name(ir, row->integration)));
    return;
  }
}

static void check_missing(LockCheck *check, const LockEntry *now) {
  if (strmap_find(&check->locked, now->name)) return;
  Arena *arena = &check->compilation->arena;
  Diag *d = out_of_date(check, span_file(check->compilation->lock.source),
                        str_printf(arena, "'%.*s' is missing", STR_ARG(now->name)));
  note_need(check, d, ir_find_integration(check->ir, now->name));
  diag_help(d, "%s", cure);
}

static void check_superfluous(LockCheck *check, const LockEntry *entry) {
  if (strmap_find(&check->chosen, entry->name)) return;
  Arena *arena = &check->compilation->arena;
  bool declared = ir_find_integration(check->ir, entry->name).n != 0;
  Diag *d = out_of_date(
      check, entry->name_span,
      str_printf(arena, declared ? "nothing needs '%.*s' any more" : "no manifest declares '%.*s' any more",
                 STR_ARG(entry->name)));
  diag_help(d, "%s", cure);
}

static bool has_errors(const DiagBag *diags) {
  for (size_t i = 0; i < diags->list.len; i++)
    if (diags->list.data[i]->severity == DIAG_ERROR) return true;
  return false;
}

void lock_check(Compilation *compilation) {
  const ProjectLock *lock = &compilation->lock;
  Arena *arena = &compilation->arena;
  LockCheck check = {.compilation = compilation, .ir = &compilation->ir, .diags = &compilation->diags};
  if (lock->old.faults.len) return;
  bool sound = !has_errors(check.diags), whole = !lock_environment_decides(compilation);
  if (!lock->source) {
    if (lock->now.len && sound)
      diag_help(out_of_date(&check, SPAN_NONE, STR("there is no fx.lock")), "%s", cure);
    return;
  }
  check.differs = arena_array(arena, bool, sources_count(compilation->sources) + 1);
  for (size_t i = 0; i < lock->old.entries.len; i++)
    *strmap_put(arena, &check.locked, lock->old.entries.data[i].name, NULL) = (uint32_t)i;
  for (size_t i = 0; i < lock->now.len; i++) strmap_put(arena, &check.chosen, lock->now.data[i].name, NULL);
  for (size_t i = 0; i < lock->now.len; i++) check_chosen(&check, &lock->now.data[i], sound);
  for (size_t i = 0; sound && whole && i < lock->now.len; i++) check_missing(&check, &lock->now.data[i]);
  bool partly = compilation->request->files.len > 0;
  for (size_t i = 0; sound && whole && !partly && i < lock->old.entries.len; i++)
    check_superfluous(&check, &lock->old.entries.data[i]);
}
