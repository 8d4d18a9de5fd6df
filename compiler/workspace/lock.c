/* In: fx.lock, then the decisions. Out: rows for the solver, then the lock as it is to be. What may surprise:
 * what an environment decides (--env) is not written, since it would decide every other build as well. */
#include "workspace/lock.h"

#include <errno.h>

#include "base/file.h"
#include "base/suggest.h"
#include "passes/near.h"
#include "workspace/lock_check.h"

enum { LARGEST_FILE = 64 * 1024 * 1024, FAULTS_SHOWN = 5 };

/* Reading */

static Diag *report(Compilation *compilation, const LockFault *fault, const char *message) {
  Diag *d = diag_add(&compilation->diags, FX4006, fault->span, "%s%s%s", message, fault->what ? ": " : "",
                     fault->what ? fault->what : "");
  bool fatal = compilation->request->locked || fault->kind == LOCK_NEWER;
  if (!fatal) d->severity = DIAG_WARNING;
  return d;
}

// However many conflicts there are, one command resolves them.
static void report_conflicts(Compilation *compilation, const LockFile *file) {
  Diag *d = NULL;
  size_t found = 0;
  for (size_t i = 0; i < file->faults.len; i++) {
    const LockFault *fault = &file->faults.data[i];
    if (fault->kind != LOCK_CONFLICT || ++found > FAULTS_SHOWN) continue;
    if (d) {
      diag_note(d, fault->span, "here is another");
      continue;
    }
    d = report(compilation, fault, "the lock has a merge conflict");
    diag_label(d, fault->span, "left by the merge");
    diag_help(d, "what both sides agree on is kept, the rest is chosen anew; 'fxc solve' writes fx.lock so");
  }
  if (found > FAULTS_SHOWN) diag_note(d, SPAN_NONE, "and %zu more conflicts", found - FAULTS_SHOWN);
  for (size_t i = 0; d && i < file->dropped.len && i < FAULTS_SHOWN; i++) {
    LockName dropped = file->dropped.data[i];
    diag_note(d, dropped.span, "'%.*s' is in doubt", STR_ARG(dropped.name));
  }
  if (d && file->dropped.len > FAULTS_SHOWN)
    diag_note(d, SPAN_NONE, "and %zu more", file->dropped.len - FAULTS_SHOWN);
}

static void report_fault(Compilation *compilation, const LockFault *fault) {
  static const char *const messages[] = {[LOCK_GARBLED] = "this line of the lock cannot be read",
                                         [LOCK_TWICE] = "the lock names an integration twice",
                                         [LOCK_FORMAT] = "the lock does not say its format",
                                         [LOCK_NEWER] = "the lock was written by a newer fxc"};
  Diag *d = report(compilation, fault, messages[fault->kind]);
  if (fault->kind == LOCK_TWICE) diag_note(d, fault->first, "it stands here as well");
  if (fault->kind == LOCK_TWICE)
    diag_help(d, "'fxc solve' writes fx.lock anew, with one entry of each");
  else if (fault->kind == LOCK_NEWER)
    diag_help(d, "use that version, or remove fx.lock and choose anew");
  else
    diag_help(d, "'fxc solve' writes fx.lock anew, without what it cannot read");
}

static void report_faults(Compilation *compilation, const LockFile *file) {
  size_t shown = 0;
  report_conflicts(compilation, file);
  for (size_t i = 0; i < file->faults.len; i++) {
    if (file->faults.data[i].kind == LOCK_CONFLICT || ++shown > FAULTS_SHOWN) continue;
    report_fault(compilation, &file->faults.data[i]);
  }
  if (shown <= FAULTS_SHOWN) return;
  Diag *last = vec_last(&compilation->diags.list);
  diag_note(last, SPAN_NONE, "and %zu more like this", shown - FAULTS_SHOWN);
}

static bool is_fresh(const Request *request, Str name) {
  if (!request->update) return false;
  for (size_t i = 0; i < request->names.len; i++)
    if (str_eq(request->names.data[i], name)) return true;
  return request->names.len == 0;
}

static void add_rows(Compilation *compilation) {
  Ir *ir = &compilation->ir;
  const LockFile *file = &compilation->lock.old;
  for (size_t i = 0; i < file->entries.len; i++) {
    const LockEntry *entry = &file->entries.data[i];
    ir_add_lock(ir, (Lock){.name = ir_sym(ir, entry->name),
                           .version = ir_sym(ir, entry->version),
                           .digest = ir_sym(ir, entry->digest),
                           .path = ir_sym(ir, entry->path),
                           .reason = ir_sym(ir, entry->reason),
                           .label = {ir_sym(ir, entry->label), entry->label_span},
                           .span = entry->span,
                           .digest_span = entry->digest_span,
                           .fresh = is_fresh(compilation->request, entry->name)});
  }
}

void lock_take(Compilation *compilation) {
  ProjectLock *lock = &compilation->lock;
  Arena *arena = &compilation->arena;
  lock->path = path_join(arena, compilation->project.root, STR(LOCK_NAME));
  int error = inputs_read(compilation->inputs, lock->path, arena, LARGEST_FILE, &lock->bytes);
  if (error == ENOENT || error == ENOTDIR) return;
  lock->source = sources_add(compilation->sources, lock->path, STR(LOCK_NAME));
  if (error == EFBIG) {
    diag_add(&compilation->diags, FX8006, span_file(lock->source), "the lock is larger than 64 MiB");
  } else if (error) {
    diag_add(&compilation->diags, FX8001, span_file(lock->source), "cannot read the lock: %s",
             strerror(error));
  } else {
    lock_read(arena, lock->source, lock->bytes, &lock->old);
    report_faults(compilation, &lock->old);
    add_rows(compilation);
  }
}

/* What was chosen */

// Without the place where a library or an included folder lies on this machine.
static Str manifest_path(Compilation *compilation, const Integration *integration) {
  Str path = source_root_path(compilation->sources, integration->source);
  if (integration->place == IR_PLACE_STDLIB)
    return str_printf(&compilation->arena, "stdlib:%.*s", STR_ARG(str_skip(path, sizeof "stdlib/" - 1)));
  if (integration->place != IR_PLACE_INCLUDE) return path;
  size_t best = 0;
  for (size_t i = 0; i < compilation->request->include.len; i++) {
    Str directory = compilation->request->include.data[i];
    while (directory.len && directory.data[directory.len - 1] == '/') directory.len--;
    bool below = str_starts(path, directory) && path.len > directory.len && path.data[directory.len] == '/';
    if (below && directory.len >= best) best = directory.len + 1;
  }
  while (best < path.len && path.data[best] == '/') best++;
  return str_printf(&compilation->arena, "include:%.*s", STR_ARG(str_skip(path, best)));
}

static void choose(Compilation *compilation, const Decision *decision, Str *digests) {
  const Ir *ir = &compilation->ir;
  const Integration *integration = ir_integration(ir, decision->integration);
  const Release *release = ir_release(ir, decision->release);
  LockEntry entry = {.name = ir_str(ir, integration->name),
                     .label = ir_str(ir, release->label.sym),
                     .version = ir_str(ir, release->version.text),
                     .digest = digests[integration->source],
                     .path = manifest_path(compilation, integration),
                     .reason = ir_str(ir, decision->reason)};
  vec_push(&compilation->arena, &compilation->lock.now, entry);
}

// A file may declare many integrations: its digest is made once.
static void choose_all(Compilation *compilation) {
  const Ir *ir = &compilation->ir;
  Arena *arena = &compilation->arena;
  size_t sources = sources_count(compilation->sources) + 1;
  Str *digests = arena_array(arena, Str, sources);
  bool *chosen = arena_array(arena, bool, sources);
  for (size_t i = 0; i < ir->decisions.len; i++)
    chosen[ir_integration(ir, ir->decisions.data[i].integration)->source] = true;
  for (size_t i = 0; i < compilation->project.manifests.len; i++) {
    const ProjectFile *file = &compilation->project.manifests.data[i];
    if (chosen[file->source]) digests[file->source] = lock_digest(arena, file->bytes);
  }
  for (size_t i = 0; i < ir->decisions.len; i++)
    if (ir->decisions.data[i].release.n) choose(compilation, &ir->decisions.data[i], digests);
}

static void check_names(Compilation *compilation) {
  const Request *request = compilation->request;
  for (size_t i = 0; request->update && i < request->names.len; i++) {
    Str name = request->names.data[i];
    if (ir_find_integration(&compilation->ir, name).n || strmap_find(&compilation->silenced, name)) continue;
    Diag *d = diag_add(&compilation->diags, FX2001, SPAN_NONE, "no manifest declares the integration '%.*s'",
                       STR_ARG(name));
    IntegrationId near = near_integration(&compilation->ir, name);
    if (near.n) diag_help(d, "did you mean '%.*s'?", STR_ARG(ir_integration_name(&compilation->ir, near)));
  }
}

void lock_compare(Compilation *compilation) {
  const Request *request = compilation->request;
  check_names(compilation);
  if (request->keeps_lock || request->locked || (request->emit & EMIT_LOCK)) choose_all(compilation);
  if (request->locked && request->goal >= GOAL_VALIDATE) lock_check(compilation);
}

/* Writing */

void lock_text(Compilation *compilation, Buf *out) {
  lock_print(compilation->lock.now.data, compilation->lock.now.len, out);
}

bool lock_environment_decides(const Compilation *compilation) {
  const ProjectEnvironment *environment = compilation->environment;
  return environment && (environment->providers.len || environment->flags.len);
}

bool lock_is_kept(const Compilation *compilation) {
  const Request *request = compilation->request;
  return request->keeps_lock && !request->locked && !request->emit && !request->files.len &&
         !request->map.data && !request->from.data && !lock_environment_decides(compilation);
}

// As fxc would have written it: a checkout may have made CRLF of the line ends.
static Str without_crlf(Arena *arena, Str text) {
  if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_skip(text, 3);
  char *bytes = arena_alloc(arena, text.len + 1);
  size_t len = 0;
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] != '\r' || i + 1 == text.len || text.data[i + 1] != '\n') bytes[len++] = text.data[i];
  return (Str){bytes, len};
}

static void report_unwritten(Compilation *compilation, int error) {
  Diag *d = diag_add(&compilation->diags, FX8003, SPAN_NONE, "cannot write '%.*s': %s",
                     STR_ARG(compilation->lock.path), strerror(error));
  if (compilation->outputs) diag_help(d, "the outputs are those of this build, the lock is the old one");
  compilation->system_failed = true;
  compilation->totals.errors++;
}

void lock_write(Compilation *compilation) {
  ProjectLock *lock = &compilation->lock;
  if (!lock->now.len && !lock->source) return;  // nothing to lock
  Buf text = {0};
  lock_text(compilation, &text);
  if (!lock->source || !str_eq(buf_str(&text), without_crlf(&compilation->arena, lock->bytes))) {
    // What diagnostics quote is what was read.
    if (lock->source) sources_set_text(compilation->sources, lock->source, lock->bytes);
    int error = file_write_atomic(lock->path, buf_str(&text));
    if (error) report_unwritten(compilation, error);
    lock->written = !error;
  }
  buf_free(&text);
}
