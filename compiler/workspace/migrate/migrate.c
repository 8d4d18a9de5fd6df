/* In: NAME FROM TO. Out: the texts of files behind the migration, in memory. Surprising: when all is done the
 * rules are applied once more, and must find nothing left to do: so no place was missed, and migrating twice
 * is migrating once. */
#include "workspace/migrate/migrate.h"

#include <stdlib.h>

#include "workspace/compile.h"
#include "workspace/migrate/round.h"

/* One round */

static Round make_round(Migrate *migrate, const Compilation *run, size_t hop) {
  Round round = {.migrate = migrate, .hop = &migrate->hops.data[hop], .first = hop == 0, .run = run};
  Ir *ir = (Ir *)&run->ir;  // labels are interned
  round.id = ir_find_integration(ir, migrate->name);
  if (!round.id.n) return round;
  round.from = ir_find_release(ir, round.id, ir_sym(ir, round.hop->from));
  round.to = ir_find_release(ir, round.id, ir_sym(ir, round.hop->to));
  round.target = ir_find_release(ir, round.id, ir_sym(ir, migrate->to));
  if (!round.from.n || !round.to.n || !round.target.n) return (Round){.migrate = migrate, .run = run};
  round.from_version = ir_version(ir, &ir_release(ir, round.from)->version);
  round.to_version = ir_version(ir, &ir_release(ir, round.to)->version);
  round.target_version = ir_version(ir, &ir_release(ir, round.target)->version);
  return round;
}

static void plan(Round *round) {
  if (!round->id.n || !round->target.n) {
    migrate_refuse(round->migrate, round->run, SPAN_NONE,
                   "the manifest of '%.*s' changed while fxc was at work", STR_ARG(round->migrate->name));
    return;
  }
  migrate_pages(round);
  migrate_manifests(round);
  migrate_configs(round);
  migrate_overrides(round);
}

typedef struct Mark {
  size_t done, kept, diags;
} Mark;

static Mark mark(const Migrate *migrate) {
  return (Mark){migrate->done.len, migrate->kept.len, migrate->base->diags.list.len};
}

static void go_back(Migrate *migrate, Mark at) {
  migrate->done.len = at.done;
  migrate->kept.len = at.kept;
  migrate->base->diags.list.len = at.diags;
  for (size_t i = 0; i < migrate->files.list.len; i++) {
    migrate->files.list.data[i].fresh = false;
    migrate->files.list.data[i].edits.len = 0;
  }
}

static bool has_fresh(const Migrate *migrate) {
  for (size_t i = 0; i < migrate->files.list.len; i++)
    if (migrate->files.list.data[i].fresh) return true;
  return false;
}

static bool is_good(Migrate *migrate, const Compilation *run) {
  migrate->base->out_of_memory |= run->out_of_memory;
  migrate->base->internal_error |= run->internal_error;
  return !run->out_of_memory && !run->internal_error;
}

enum { TRIES = 3 };

// What the pages and manifests come to as they are now. The run keeps the request.
static void look(const Migrate *migrate, Request *request, Compilation *run) {
  *request = migrate->look;
  request->goal = GOAL_DISCOVER;
  request->unsaved = &migrate->files.unsaved;
  compile(run, request);
}

// A file that is met for the first time was read behind the run: the round is planned anew with what was
// read.
static bool do_round(Migrate *migrate, size_t hop) {
  for (int i = 0; i < TRIES; i++) {
    Compilation run = {0};
    Mark before = mark(migrate);
    bool refused = migrate->refused;
    Request request;
    look(migrate, &request, &run);
    bool good = is_good(migrate, &run), again = false;
    if (good) {
      Round round = make_round(migrate, &run, hop);
      plan(&round);
      again = has_fresh(migrate) && i + 1 < TRIES;
    }
    if (again) {
      go_back(migrate, before);
      migrate->refused = refused;
    }
    compilation_free(&run);
    if (!good) return false;
    if (!again) break;
  }
  edit_apply(&migrate->files);
  return true;
}

/* Looking again */

static void refuse_rest(Migrate *migrate, const Compilation *run) {
  for (size_t i = 0; i < migrate->files.list.len; i++) {
    const EditFile *file = &migrate->files.list.data[i];
    if (!file->edits.len) continue;
    SourceId source = sources_add(run->sources, file->path, file->path);
    Span span = {source, file->edits.data[0].start, file->edits.data[0].end};
    Diag *diag = migrate_refuse(migrate, run, span, "the migration cannot change this as its rules say");
    diag_help(diag, "change it by hand, then migrate again");
  }
}

static void keep_uses(Migrate *migrate, const Compilation *run) {
  for (size_t i = 0; i < migrate->uses.len; i++) {
    Span *use = &migrate->uses.data[i];
    use->source = sources_add(migrate->base->sources, source_path(run->sources, use->source),
                              source_root_path(run->sources, use->source));
  }
}

// Answers whether the rules find nothing to do; notes where the uses stand that were migrated.
static void look_again(Migrate *migrate) {
  Compilation run = {0};
  Mark before = mark(migrate);
  StrMap held = migrate->held;
  Request request;
  look(migrate, &request, &run);
  migrate->held = (StrMap){0};
  for (size_t i = 0; i < migrate->hops.len && is_good(migrate, &run); i++) {
    Round round = make_round(migrate, &run, i);
    if (i == 0) round.before = &held;
    plan(&round);
  }
  migrate->done.len = before.done;
  migrate->kept.len = before.kept;
  refuse_rest(migrate, &run);
  keep_uses(migrate, &run);
  migrate->held = held;
  compilation_free(&run);
}

/* The story */

static int by_place(const void *a, const void *b) {
  const MigrateLine *one = a, *other = b;
  int order = str_cmp(one->path, other->path);
  if (!order) order = (one->at > other->at) - (one->at < other->at);
  return order ? order : one->order < other->order ? -1 : 1;
}

static bool is_broken(const Compilation *base) {
  return base->out_of_memory || base->internal_error || base->wrong_usage.data || base->system_failed;
}

static void start(Migrate *migrate, Compilation *base) {
  const Request *request = migrate->request;
  migrate->name = request->names.data[0];
  migrate->from = request->names.data[1];
  migrate->to = request->names.data[2];
  migrate->base = base;
  migrate->look = *request;
  migrate->look.goal = GOAL_CHECK;
  migrate->look.only_look = true;
  migrate->look.locked = false;  // the next build writes the lock
  migrate->look.files.len = migrate->look.names.len = 0;
  migrate->files = edit_files(&migrate->arena, &migrate->look);
  migrate->refused = true;
}

static void attempt(Migrate *migrate) {
  bool good = true;
  migrate->refused = false;
  for (size_t i = 0; i < migrate->hops.len && good && !migrate->refused; i++) good = do_round(migrate, i);
  if (!good) migrate->refused = true;
  if (!migrate->refused && migrate->done.len) look_again(migrate);
  if (!migrate->refused) migrate_check_errors(migrate);
  if (migrate->done.len) qsort(migrate->done.data, migrate->done.len, sizeof *migrate->done.data, by_place);
}

static void start_again(Migrate *migrate) {
  migrate->files = edit_files(&migrate->arena, &migrate->look);
  migrate->base->diags.list.len = 0;
  migrate->done.len = migrate->kept.len = migrate->uses.len = 0;
  migrate->held = (StrMap){0};
  migrate->moved = false;
}

void migrate_plan(Migrate *migrate, Compilation *base) {
  start(migrate, base);
  compile(base, &migrate->look);
  bool good = !is_broken(base);
  if (good) migrate_note_errors(migrate);
  bool found = good && migrate_find(migrate);
  base->totals = (DiagTotals){0};  // of what is told
  if (!found) return;
  migrate->refused = false;
  migrate_check_readable(migrate);
  if (!migrate->refused) attempt(migrate);
  if (!migrate->breaks_live) return;
  start_again(migrate);
  migrate->widen = true;
  attempt(migrate);
  Str line = STR("ranges hold both releases, since the old one can still become live");
  if (migrate->moved) vec_push(&migrate->arena, &migrate->kept, line);
}

void migrate_free(Migrate *migrate) { arena_free(&migrate->arena); }
