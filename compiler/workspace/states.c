/* In: a run that is over, and what earlier ones remember. Out: a row of state for each integration, and the
 * memory for the next. Surprising: what an integration's code is made from is told by the printed form of its
 * rows, so that a comment or another layout of a manifest makes nothing stale. */
#include "workspace/states.h"

#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "emit/project_files.h"
#include "ir/attr.h"
#include "ir/print.h"

enum { LARGEST_FILE = 64 << 20 };

/* Which runs */

// A run of a few files does not see the project.
static bool remembers(const Request *request) {
  bool stage =
      request->goal == GOAL_DISCOVER || request->goal == GOAL_VALIDATE || request->goal == GOAL_BUILD;
  return stage && !request->emit && !request->only_look && !request->files.len;
}

static Str path_of(Compilation *compilation) {
  return path_join(&compilation->arena, compilation->project.root, STR(".fx/states.json"));
}

static Diag *report(Compilation *compilation, const char *what, const char *why) {
  Str path = path_of(compilation);
  SourceId source = sources_add(compilation->sources, path, STR(".fx/states.json"));
  return diag_add(&compilation->diags, FX8004, span_file(source), "the states of integrations %s%s%s", what,
                  *why ? ": " : "", why);
}

static StatesFault read_file(Compilation *compilation, Str *text, int *error, KeptStates *kept) {
  *error = inputs_read(compilation->inputs, path_of(compilation), &compilation->arena, LARGEST_FILE, text);
  if (*error) {
    *text = STR_NONE;
    return STATES_FINE;
  }
  return states_parse(*text, &compilation->arena, kept);
}

void states_read(Compilation *compilation) {
  const Request *request = compilation->request;
  Str text;
  int error;
  if (!remembers(request) && !request->states) return;
  compilation->states_fault = read_file(compilation, &text, &error, &compilation->states);
  if (error && error != ENOENT && error != ENOTDIR) report(compilation, "cannot be read", strerror(error));
  if (compilation->states_fault == STATES_DAMAGED)
    report(compilation, "are damaged and start anew", "");
  else if (compilation->states_fault == STATES_NEWER)
    report(compilation, "were written by a later version of fxc and are left alone", "");
}

/* What holds now */

typedef struct Finding {
  Compilation *compilation;
  const Ir *ir;
  const KeptStates *before;
  ReleaseId *chosen;    // by IntegrationId.n
  const State **state;  // by IntegrationId.n
  bool wrote;           // this run put code in place
  KeptStates after;
} Finding;

static void index_rows(Finding *finding) {
  const Ir *ir = finding->ir;
  Arena *arena = &finding->compilation->arena;
  finding->chosen = arena_array(arena, ReleaseId, ir->integrations.len + 1);
  finding->state = arena_array(arena, const State *, ir->integrations.len + 1);
  for (size_t i = 0; i < ir->decisions.len; i++)
    finding->chosen[ir->decisions.data[i].integration.n] = ir->decisions.data[i].release;
  for (size_t i = 0; i < ir->states.len; i++)
    finding->state[ir->states.data[i].integration.n] = &ir->states.data[i];
}

static int by_text(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

// Providers and chains of fallbacks that pages ask for, each once, whatever the order of the pages.
static void put_wishes(const Finding *finding, const UsedName *used, Buf *out) {
  const Ir *ir = finding->ir;
  VEC(Str) wishes = {0};
  for (size_t i = 0; i < used->uses.len; i++) {
    const Use *use = ir_use(ir, used->uses.data[i]);
    if (use->provider.sym) vec_push(&finding->compilation->arena, &wishes, ir_str(ir, use->provider.sym));
    if (use->fallback.sym) vec_push(&finding->compilation->arena, &wishes, ir_str(ir, use->fallback.sym));
  }
  if (wishes.len) qsort(wishes.data, wishes.len, sizeof(Str), by_text);
  for (size_t i = 0; i < wishes.len; i++)
    if (!i || !str_eq(wishes.data[i - 1], wishes.data[i]))
      buf_printf(out, "wish %.*s\n", STR_ARG(wishes.data[i]));
}

static Digest inputs_of(const Finding *finding, const StatusRow *row) {
  Buf text = {0};
  Print print = {.ir = finding->ir, .out = &text};
  print_integration(&print, row->integration);
  buf_printf(&text, "chosen %.*s\n", STR_ARG(ir_release_label(finding->ir, row->release)));
  put_wishes(finding, row->used, &text);
  Digest digest = digest_str(buf_str(&text));
  buf_free(&text);
  return digest;
}

static bool is_from(const KeptCode *code, Digest inputs) {
  return code->written && digest_same(code->inputs, inputs);
}

// The code of a prototype is there, or it is not generated. Production runs elsewhere.
static bool is_there(const Finding *finding, const KeptCode *code, Str name) {
  Arena *arena = &finding->compilation->arena;
  Str file = str_printf(arena, "%.*s/integrations/%.*s.tsx", STR_ARG(code->output), STR_ARG(name));
  return inputs_exists(finding->compilation->inputs,
                       path_join(arena, finding->compilation->project.root, file));
}

static void note_writing(const Finding *finding, KeptState *state, Digest inputs) {
  KeptCode *code = finding->ir->production ? &state->production : &state->prototype;
  if (!is_from(code, inputs)) code->since = finding->ir->today;
  code->written = true;
  code->inputs = inputs;
  code->output = finding->compilation->project.output_from_root;
}

static void enter(const Finding *finding, KeptState *state, const KeptState *before, LifeStage stage) {
  state->stage = stage;
  state->since = before && before->stage == stage ? before->since : finding->ir->today;
}

static void find_stage(const Finding *finding, const StatusRow *row, bool valid, const KeptState *before,
                       KeptState *state) {
  enter(finding, state, before, valid ? LIFE_VALIDATED : LIFE_DISCOVERED);
  if (!valid || !row->release.n || !row->used) return;
  Digest inputs = inputs_of(finding, row);
  if (finding->wrote) note_writing(finding, state, inputs);
  const KeptCode *code = is_from(&state->production, inputs)  ? &state->production
                         : is_from(&state->prototype, inputs) ? &state->prototype
                                                              : NULL;
  if (!code || (code == &state->prototype && !is_there(finding, code, row->name))) return;
  state->stage = code == &state->production ? LIFE_ACTIVE : LIFE_GENERATED;
  state->since = code->since;
}

static int32_t flag_since(const Finding *finding, bool on, int32_t before) {
  if (!on) return IR_NO_DATE;
  return before == IR_NO_DATE ? finding->ir->today : before;
}

static void find_state(Finding *finding, StatusRow *row, bool valid) {
  const KeptState *before = states_kept(finding->before, row->name);
  KeptState state = {.name = row->name, .deprecated = IR_NO_DATE, .migrating = IR_NO_DATE};
  if (before) state = *before;
  row->release = finding->chosen[row->integration.n];
  find_stage(finding, row, valid, before, &state);
  const State *flags = finding->state[row->integration.n];
  state.deprecated = flag_since(finding, flags && flags->deprecated, state.deprecated);
  state.migrating = flag_since(finding, flags && flags->migrating, state.migrating);
  row->stage = state.stage;
  row->since = state.since;
  row->deprecated = state.deprecated;
  row->migrating = state.migrating;
  if (attr_is_name(state.name)) states_add(&finding->compilation->arena, &finding->after, state);
}

/* Which integrations */

static bool has_error_in(const Compilation *compilation, Span whole) {
  for (size_t i = 0; i < compilation->diags.list.len; i++) {
    const Diag *diag = compilation->diags.list.data[i];
    bool inside =
        diag->span.source == whole.source && diag->span.start >= whole.start && diag->span.end <= whole.end;
    if (inside && usage_is_error(diag)) return true;
  }
  return false;
}

// Manifests of the project that nothing needs.
static void add_orphans(Compilation *compilation, StatusRows *rows) {
  const Ir *ir = &compilation->ir;
  bool *used = arena_array(&compilation->arena, bool, ir->integrations.len + 1);
  for (size_t i = 0; i < rows->len; i++) used[rows->data[i].integration.n] = true;
  for (uint32_t n = 1; n <= ir->integrations.len; n++) {
    const Integration *integration = ir_integration(ir, (IntegrationId){n});
    if (used[n] || integration->place != IR_PLACE_PROJECT || integration->shadowed) continue;
    rows->data[rows->len++] = (StatusRow){.name = ir_str(ir, integration->name), .integration = {n}};
  }
}

static int by_name(const void *a, const void *b) {
  return str_cmp(((const StatusRow *)a)->name, ((const StatusRow *)b)->name);
}

static StatusRows find_all(Finding *finding) {
  Compilation *compilation = finding->compilation;
  const Usage *usage = &compilation->usage;
  size_t most = usage->names.len + compilation->ir.integrations.len;
  StatusRows rows = {arena_array(&compilation->arena, StatusRow, most + 1), 0};
  for (size_t i = 0; i < usage->names.len; i++) {
    const UsedName *used = &usage->names.data[i];
    rows.data[rows.len++] = (StatusRow){.name = used->name, .integration = used->integration, .used = used};
  }
  add_orphans(compilation, &rows);
  if (rows.len) qsort(rows.data, rows.len, sizeof *rows.data, by_name);
  index_rows(finding);
  for (size_t i = 0; i < rows.len; i++) {
    StatusRow *row = &rows.data[i];
    bool valid = row->used ? usage_is_valid(row->used)
                           : !has_error_in(compilation, ir_integration(finding->ir, row->integration)->whole);
    find_state(finding, row, valid);
  }
  return rows;
}

StatusRows states_find(Compilation *compilation) {
  Finding finding = {.compilation = compilation, .ir = &compilation->ir, .before = &compilation->states};
  return find_all(&finding);
}

/* The memory */

static int write_anew(Compilation *compilation, Str path, const Finding *finding, Str old) {
  Buf text = {0};
  int error = 0;
  states_print(&finding->after, &compilation->arena, &text);
  if (!str_eq(buf_str(&text), old)) error = file_write_atomic(path, buf_str(&text));
  buf_free(&text);
  return error;
}

// Behind all other diagnostics, so that the command line has to be asked about this one.
static void report_late(Compilation *compilation, int error) {
  bool shown;
  Diag *diag = report(compilation, "cannot be remembered", strerror(error));
  diag->severity = diag_effective(&compilation->policy, diag, &shown);
  if (!shown) compilation->diags.list.len--;
  compilation->totals.errors += shown && diag->severity == DIAG_ERROR;
  compilation->totals.warnings += shown && diag->severity == DIAG_WARNING;
}

void states_update(Compilation *compilation) {
  bool failed = compilation->internal_error || compilation->system_failed || compilation->wrong_usage.data;
  if (!remembers(compilation->request) || failed || compilation->states_fault == STATES_NEWER) return;
  if (!compilation->usage.names.len && !compilation->ir.integrations.len && !compilation->states.list.len)
    return;  // nothing to say, and no reason to make a folder
  KeptStates before = {0};
  Finding finding = {.compilation = compilation, .ir = &compilation->ir, .before = &before};
  finding.wrote =
      compilation->request->goal == GOAL_BUILD && compilation->outputs && !compilation->totals.errors;
  Str path = path_of(compilation), old;
  int unread, error = file_make_directories(path_directory(path));
  int lock = error ? -1 : states_lock(&compilation->arena, path);
  read_file(compilation, &old, &unread, &before);
  find_all(&finding);
  if (!error) error = write_anew(compilation, path, &finding, old);
  states_unlock(lock);
  if (error) report_late(compilation, error);
}
