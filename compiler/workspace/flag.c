/* In: names to switch. Out: runtime-overrides.json with one member changed for each, and what that breaks.
 * Surprising: errors of the project do not stop it, since it is for the hour in which something is on fire; a
 * file that cannot be read as it should does, as nothing may be lost in it. */
#include "workspace/flag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "edit/json_member.h"
#include "passes/near.h"
#include "workspace/compile.h"

enum { LARGEST_FILE = 64 * 1024 * 1024, LOCK_TRIES = 3000, LOCK_PAUSE_NS = 10 * 1000 * 1000 };

typedef struct Switching {
  Compilation *compilation;
  const Request *request;
  bool on;
  KnownFlags flags;
  Str path;         // of the overrides
  Str old, text;    // before and behind the change
  bool fresh;       // there is no such file yet
  const char *now;  // "2026-01-31T12:00:00Z"
  Buf lines;
} Switching;

/* Looking */

static bool is_about_overrides(const Compilation *compilation, const Diag *diag) {
  return str_eq(path_base(source_path(compilation->sources, diag->span.source)), STR(OVERRIDES_NAME));
}

// Without a project there is nothing to switch; in a file that says something else than it seems to, nothing
// may be.
static bool stops(const Compilation *compilation, const Diag *diag) {
  if (diag->severity != DIAG_ERROR) return false;
  switch (diag->code) {
    case FX8002:
      return true;
    case FX2003:
    case FX2005:
    case FX2007:
    case FX8001:
    case FX8005:
    case FX8006:
      return span_exists(diag->span) && is_about_overrides(compilation, diag);
    default:
      return false;
  }
}

bool flag_look(Compilation *compilation, Request *look) {
  const Request *request = compilation->request;
  size_t kept = 0;
  *look = *request;
  look->files.len = look->names.len = 0;  // the arguments are names
  look->only_look = true;
  compile(compilation, look);
  compilation->request = request;
  compilation->totals = (DiagTotals){0};
  for (size_t i = 0; i < compilation->diags.list.len; i++)
    if (stops(compilation, compilation->diags.list.data[i]))
      compilation->diags.list.data[kept++] = compilation->diags.list.data[i];
  compilation->diags.list.len = kept;
  return !kept && !compilation->wrong_usage.data && !compilation->out_of_memory &&
         !compilation->internal_error;
}

/* Names */

static Diag *report(Compilation *compilation, const char *format, ...) __attribute__((format(printf, 2, 3)));

static Diag *report(Compilation *compilation, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Diag *diag = diag_vadd(&compilation->diags, FX6004, SPAN_NONE, format, args);
  va_end(args);
  return diag;
}

static void help_near(Diag *diag, const Suggestion *search, const char *otherwise) {
  if (search->best.len)
    diag_help(diag, "did you mean '%.*s'?", STR_ARG(search->best));
  else
    diag_help(diag, "%s", otherwise);
}

bool flag_is_known(Compilation *compilation, const KnownFlags *flags, Str name) {
  if (strmap_find(&flags->names, name) || strmap_find(&compilation->silenced, name)) return true;
  Suggestion search = suggest_start(name);
  for (size_t i = 0; i < flags->list.len; i++) suggest_offer(&search, flags->list.data[i]);
  Diag *diag = report(compilation, "no flag and no integration is called '%.*s'", STR_ARG(name));
  help_near(diag, &search,
            compilation->silenced.len ? "a manifest that cannot be read may have it: see 'fxc check'"
                                      : "'fxc flag show' lists them");
  return false;
}

static const Integration *integration_of(Switching *s, Str name) {
  Compilation *compilation = s->compilation;
  IntegrationId id = ir_find_integration(&compilation->ir, name);
  if (id.n) return ir_integration(&compilation->ir, id);
  IntegrationId near = near_integration(&compilation->ir, name);
  Suggestion search = {.best = near.n ? ir_integration_name(&compilation->ir, near) : STR_NONE};
  Diag *diag = report(compilation, "no manifest declares the integration '%.*s'", STR_ARG(name));
  help_near(diag, &search, "releases and canaries are those of an integration");
  return NULL;
}

static bool has_release(Switching *s, Str name, Str label) {
  const Ir *ir = &s->compilation->ir;
  const Integration *row = integration_of(s, name);
  if (!row) return false;
  Suggestion search = suggest_start(label);
  for (uint32_t i = 0; i < row->releases.count; i++) {
    Str other = ir_str(ir, ir_release_at(ir, row->releases, i)->label.sym);
    if (str_eq(other, label)) return true;
    if (other.len) suggest_offer(&search, other);
  }
  Diag *diag = report(s->compilation, "'%.*s' has no release '%.*s'", STR_ARG(name), STR_ARG(label));
  diag_note(diag, row->span, "'%.*s' is declared here", STR_ARG(name));
  help_near(diag, &search, "name one of its releases");
  return false;
}

static bool has_canary(Switching *s, Str name) {
  const Integration *row = integration_of(s, name);
  if (!row || row->canary_release.sym) return row != NULL;
  Diag *diag = report(s->compilation, "'%.*s' has no canary", STR_ARG(name));
  diag_note(diag, row->span, "'%.*s' is declared here", STR_ARG(name));
  diag_help(diag, "give its manifest a 'canary', or name a release with --release=LABEL");
  return false;
}

static bool is_known(Switching *s, Str name) {
  if (s->request->canary) return has_canary(s, name);
  if (!s->request->release_given) return flag_is_known(s->compilation, &s->flags, name);
  return s->on ? has_release(s, name, s->request->release) : integration_of(s, name) != NULL;
}

/* Changes */

static bool set(Switching *s, const Str *path, size_t depth, Str value) {
  return json_member_set(&s->compilation->arena, s->text, path, depth, value, &s->text);
}

static bool change(Switching *s, Str name) {
  Arena *arena = &s->compilation->arena;
  Str flag[] = {STR("flags"), name}, canary[] = {STR("integrations"), name, STR("canary")},
      release[] = {STR("integrations"), name, STR("release")};
  if (s->request->canary)
    return set(s, canary, 3, s->on ? str_printf(arena, "{ \"since\": \"%s\" }", s->now) : STR("false"));
  if (!s->request->release_given) return set(s, flag, 2, s->on ? STR("true") : STR("false"));
  if (!s->on) return json_member_remove(arena, s->text, release, 3, &s->text);
  return set(s, release, 3, str_printf(arena, "\"%.*s\"", STR_ARG(s->request->release)));
}

// Whether a build has the release in it without being told by the overrides, which builds do not heed.
static bool is_built(const Switching *s, Str name, Str label) {
  const Ir *ir = &s->compilation->ir;
  IntegrationId id = ir_find_integration(ir, name);
  for (size_t i = 0; i < ir->live_releases.len; i++) {
    const LiveRelease *live = &ir->live_releases.data[i];
    bool other = (live->why != IR_LIVE_OVERRIDE || live->otherwise) && live->integration.n == id.n;
    if (other && str_eq(ir_release_label(ir, live->release), label)) return true;
  }
  return false;
}

static void say(Switching *s, Str name, bool changed) {
  const char *word = s->on ? "on" : "off";
  Buf line = {0};
  buf_printf(&line, "%.*s: ", STR_ARG(name));
  if (s->request->canary)
    buf_printf(&line, "its canary %s%s", s->on ? "begins " : "is taken back", s->on ? s->now : "");
  else if (!s->request->release_given)
    buf_printf(&line, "%s%s", word, changed ? "" : " already");
  else if (s->on)
    buf_printf(
        &line, "release %.*s%s%s", STR_ARG(s->request->release), changed ? "" : " already",
        is_built(s, name, s->request->release) ? "" : "; nothing else makes it live, so builds may lack it");
  else
    buf_put(&line, changed ? STR("no release is named any more") : STR("no release is named"));
  diag_put_safe(&s->lines, buf_str(&line), 0);
  buf_char(&s->lines, '\n');
  buf_free(&line);
}

static bool change_all(Switching *s) {
  bool good = true;
  const Request *request = s->request;
  for (size_t i = 1; i < request->names.len; i++) good &= is_known(s, request->names.data[i]);
  for (size_t i = 1; i < request->names.len && good; i++) {
    Str before = s->text;
    good = change(s, request->names.data[i]);
    say(s, request->names.data[i], !str_eq(before, s->text));
    if (!good)
      diag_add(&s->compilation->diags, FX2007, SPAN_NONE, "'%.*s' is no object of flags and integrations",
               STR_ARG(s->path));
  }
  return good;
}

/* What it breaks */

static Span span_in(const Compilation *to, const Compilation *from, Span span) {
  if (!span_exists(span)) return span;
  return (Span){sources_add(to->sources, source_path(from->sources, span.source),
                            source_root_path(from->sources, span.source)),
                span.start, span.end};
}

static void warn(Compilation *to, const Compilation *from, const Diag *diag) {
  Diag *copy =
      diag_add(&to->diags, diag->code, span_in(to, from, diag->span), "%.*s", STR_ARG(diag->message));
  copy->severity = DIAG_WARNING;  // who switches knows better than who wrote the manifest
  for (size_t i = 0; i < diag->labels.len; i++)
    diag_label(copy, span_in(to, from, diag->labels.data[i].span), "%.*s",
               STR_ARG(diag->labels.data[i].text));
  for (size_t i = 0; i < diag->notes.len; i++)
    diag_note(copy, span_in(to, from, diag->notes.data[i].span), "%.*s", STR_ARG(diag->notes.data[i].text));
  for (size_t i = 0; i < diag->helps.len; i++) diag_help(copy, "%.*s", STR_ARG(diag->helps.data[i]));
}

static Str key_of(Arena *arena, const Compilation *run, const Diag *diag) {
  return str_printf(arena, "%d %.*s %.*s", (int)diag->code,
                    STR_ARG(source_path(run->sources, diag->span.source)), STR_ARG(diag->message));
}

static bool is_about_life(const Diag *diag) { return diag->code == FX4007 || diag->code == FX4004; }

static void compare(Switching *s, const Compilation *before, const Compilation *after) {
  Arena *arena = &s->compilation->arena;
  StrMap known = {0};
  for (size_t i = 0; i < before->diags.list.len; i++)
    strmap_put(arena, &known, key_of(arena, before, before->diags.list.data[i]), NULL);
  for (size_t i = 0; i < after->diags.list.len; i++) {
    const Diag *diag = after->diags.list.data[i];
    if (is_about_life(diag) && !strmap_find(&known, key_of(arena, after, diag)))
      warn(s->compilation, after, diag);
  }
}

// The project as it was and as it will be, side by side.
static void look_ahead(Switching *s) {
  Arena *arena = &s->compilation->arena;
  Unsaved was = {.arena = arena}, will = {.arena = arena};
  Request look = *s->request;
  Compilation before = {0}, after = {0};
  look.files.len = look.names.len = 0;
  look.only_look = true;
  unsaved_put(&was, s->path, s->old);
  unsaved_put(&will, s->path, s->text);
  look.unsaved = &was;
  compile(&before, &look);
  look.unsaved = &will;
  compile(&after, &look);
  s->compilation->out_of_memory |= before.out_of_memory || after.out_of_memory;
  if (!s->compilation->out_of_memory) compare(s, &before, &after);
  compilation_free(&before);
  compilation_free(&after);
}

/* The file */

static bool read_file(Switching *s) {
  Arena *arena = &s->compilation->arena;
  int error = file_read(s->path, arena, LARGEST_FILE, &s->old);
  s->fresh = error == ENOENT || error == ENOTDIR;
  if (s->fresh) {  // FILE_PADDING bytes behind it, as a file has them
    char *text = arena_zero(arena, 3 + FILE_PADDING);
    memcpy(text, "{}\n", 3);
    s->old = (Str){text, 3};
  } else if (error) {  // it could be read a moment ago
    compilation_write_failed(s->compilation, s->path, error);
  }
  s->text = s->old;
  return s->fresh || !error;
}

static void changed_meanwhile(Switching *s) {
  Diag *diag =
      diag_add(&s->compilation->diags, FX8003, SPAN_NONE,
               "cannot write '%.*s': somebody has changed it while fxc was at work", STR_ARG(s->path));
  diag_help(diag, "the file is as they left it; run 'fxc flag' again");
  s->compilation->system_failed = true;
}

// Behind a link what it points at is written.
static int write_over(Switching *s) {
  Str now;
  Arena *arena = &s->compilation->arena;
  char *real = realpath(str_cstr(arena, s->path), NULL);
  Str path = real ? str_copy(arena, str_from(real)) : s->path;
  free(real);
  int error = file_read(path, arena, LARGEST_FILE, &now);
  if (error) return error;
  return str_eq(now, s->old) ? file_write_atomic(path, s->text) : EAGAIN;
}

static bool write_file(Switching *s) {
  int error = 0;
  if (!s->fresh && str_eq(s->old, s->text)) return true;
  if (s->fresh) error = file_make_directories(s->compilation->project.output);
  if (!error) error = s->fresh ? file_create(s->path, s->text) : write_over(s);
  if (error == EAGAIN || error == EEXIST)
    changed_meanwhile(s);
  else if (error)
    compilation_write_failed(s->compilation, s->path, error);
  return !error;
}

// Two people may switch at once: one waits for the other, half a minute, then goes by what is in the file.
// The lock is on the project's folder, so that nothing is left behind. -1: there is none to be had.
static int lock(const Compilation *compilation) {
  static const struct timespec pause = {0, LOCK_PAUSE_NS};
  Arena scratch = {0};
  int folder = open(str_cstr(&scratch, compilation->project.root), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  arena_free(&scratch);
  for (int i = 0; folder >= 0 && i < LOCK_TRIES && flock(folder, LOCK_EX | LOCK_NB); i++)
    nanosleep(&pause, NULL);
  return folder;
}

static const char *moment(Compilation *compilation, const Request *request) {
  if (!request->today_given) return date_now(&compilation->arena).data;
  Str day = date_text(&compilation->arena, request->today);
  return str_printf(&compilation->arena, "%.*sT00:00:00Z", STR_ARG(day)).data;
}

void flag_switch(Compilation *compilation, bool on) {
  Request look;
  Switching s = {.compilation = compilation, .request = compilation->request, .on = on};
  if (!flag_look(compilation, &look)) return;
  s.flags = overrides_flags(compilation);
  s.path = path_join(&compilation->arena, compilation->project.output, STR(OVERRIDES_NAME));
  s.now = moment(compilation, s.request);
  int folder = lock(compilation);
  if (read_file(&s) && change_all(&s)) {
    if (!str_eq(s.old, s.text)) look_ahead(&s);
    if (write_file(&s) && !s.request->quiet) buf_put(&compilation->emitted, buf_str(&s.lines));
  }
  if (folder >= 0) close(folder);
  buf_free(&s.lines);
}
