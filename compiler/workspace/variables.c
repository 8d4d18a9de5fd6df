/* In: the variables that releases declare which can become live, the environment of --env, .env files. Out:
 * what is missing or malformed. Surprising: values are secrets, so that nothing here puts one into a
 * diagnostic, and notes at .env files have no excerpt. */
#include "workspace/variables.h"

#include <errno.h>
#include <stdlib.h>

#include "base/dotenv.h"
#include "base/file.h"
#include "base/regex.h"
#include "base/suggest.h"

enum { LARGEST_FILE = 1024 * 1024, FILES = 2 };

typedef struct EnvFile {
  SourceId source;
  DotenvEntries entries;
} EnvFile;

typedef struct Variables {
  Compilation *compilation;
  EnvFile files[FILES];  // the first one wins
  const LiveRelease *live;
  StrMap declared;    // the names of all variables of the project
  StrMap seen;        // names: index in first
  VEC(Diag *) first;  // the diagnostic of that name, or NULL
} Variables;

/* Values */

static void read_file(Variables *run, EnvFile *file, Str name) {
  Compilation *compilation = run->compilation;
  Arena *arena = &compilation->arena;
  Str path = path_join(arena, compilation->project.root, name), text;
  int error = inputs_read(compilation->inputs, path, arena, LARGEST_FILE, &text);
  if (error == ENOENT) return;
  file->source = sources_add(compilation->sources, path, name);
  if (error)
    diag_add(&compilation->diags, FX8001, span_file(file->source), "cannot read the variables: %s",
             strerror(error));
  else
    dotenv_read(arena, text, &file->entries);
}

typedef struct KnownValue {
  Str text;   // empty: not known
  Span span;  // in a .env file; none: of the process
} KnownValue;

static KnownValue value_of(Variables *run, Str name) {
  const char *own = inputs_env(run->compilation->inputs, str_cstr(&run->compilation->arena, name));
  if (own && *own) return (KnownValue){str_from(own), SPAN_NONE};
  for (int i = 0; i < FILES; i++) {
    const DotenvEntry *entry = dotenv_find(&run->files[i].entries, name);
    if (entry && entry->value.len)
      return (KnownValue){entry->value, {run->files[i].source, entry->start, entry->end}};
  }
  return (KnownValue){0};
}

static bool is_set_there(const Variables *run, Str name) {
  const ProjectTexts *set = &run->compilation->environment->variables;
  for (size_t i = 0; i < set->len; i++)
    if (str_eq(set->data[i].text, name)) return true;
  return false;
}

/* Diagnostics */

typedef struct Similar {
  const StrMap *declared;
  Suggestion search;
  Span place;  // of the best
} Similar;

static void offer(Similar *similar, Str name, Span place) {
  Str before = similar->search.best;
  if (strmap_find(similar->declared, name)) return;
  suggest_offer(&similar->search, name);
  if (similar->search.best.data != before.data) similar->place = place;
}

// What is set under a name that nothing declares may be meant.
static void note_similar(Variables *run, Diag *diag, Str name) {
  const ProjectTexts *set = &run->compilation->environment->variables;
  Similar similar = {&run->declared, suggest_start(name), SPAN_NONE};
  for (size_t i = 0; i < set->len; i++) offer(&similar, set->data[i].text, set->data[i].span);
  for (int f = 0; f < FILES; f++) {
    for (size_t i = 0; i < run->files[f].entries.len; i++) {
      const DotenvEntry *entry = &run->files[f].entries.data[i];
      offer(&similar, entry->name, (Span){run->files[f].source, entry->start, entry->end});
    }
  }
  if (similar.search.best.len)
    diag_note(diag, similar.place, "'%.*s' is set here, which nothing declares",
              STR_ARG(similar.search.best));
}

static Diag *report_unset(Variables *run, const Env *env, Str name) {
  const ProjectText *environment = &run->compilation->environment->name;
  Diag *diag = diag_add(&run->compilation->diags, FX6001, env->span,
                        "the environment variable '%.*s' is not set in '%.*s'", STR_ARG(name),
                        STR_ARG(environment->text));
  diag_label(diag, env->span, "needed here");
  if (run->live->why == IR_LIVE_FLAG) {
    diag->severity = DIAG_WARNING;
    diag_note(diag, run->live->span, "the release that needs it is live once this flag is on");
  } else if (run->live->why != IR_LIVE_CHOSEN) {
    diag_note(diag, run->live->span, "this can make the release live that needs it");
  }
  diag_note(diag, environment->span, "the environment is described here");
  note_similar(run, diag, name);
  diag_help(diag, "set it where the application runs and say so ('set'), or put it into '.env.%.*s'",
            STR_ARG(environment->text));
  return diag;
}

static Diag *report_malformed(Variables *run, const Env *env, Str name, KnownValue value) {
  Diag *diag = diag_add(&run->compilation->diags, FX6002, env->pattern.span,
                        "'%.*s' does not match its pattern", STR_ARG(name));
  diag_label(diag, env->pattern.span, "required form");
  if (span_exists(value.span))
    diag_note(diag, value.span, "it is set here");
  else
    diag_note(diag, SPAN_NONE, "it is set in the environment of this process");
  return diag;
}

static bool fits(Variables *run, const Env *env, Str value) {
  Str pattern = ir_str(&run->compilation->ir, env->pattern.sym);
  RegexFault fault;
  if (!pattern.len) return true;
  Regex *regex = regex_compile(&run->compilation->arena, pattern, &fault);
  return !regex ||
         regex_matches(regex, value, &run->compilation->arena);  // a wrong pattern has been reported
}

static Diag *check_value(Variables *run, const Env *env, Str name) {
  KnownValue value = value_of(run, name);
  if (value.text.len) return fits(run, env, value.text) ? NULL : report_malformed(run, env, name, value);
  return is_set_there(run, name) || env->initial.n ? NULL : report_unset(run, env, name);
}

// A variable that several integrations need is one fault, told at the first of them.
static void check_all(Variables *run, IrRange envs) {
  Compilation *compilation = run->compilation;
  for (uint32_t i = 0; i < envs.count; i++) {
    const Env *env = ir_env_at(&compilation->ir, envs, i);
    Str name = ir_str(&compilation->ir, env->name);
    bool added;
    uint32_t *index = strmap_put(&compilation->arena, &run->seen, name, &added);
    if (added) {
      *index = (uint32_t)run->first.len;
      vec_push(&compilation->arena, &run->first, NULL);
    }
    if (run->first.data[*index])
      diag_note(run->first.data[*index], env->span, "also needed here");
    else  // another declaration may have another pattern, or no default
      run->first.data[*index] = check_value(run, env, name);
  }
}

static void check_release(Variables *run) {
  const Ir *ir = &run->compilation->ir;
  const Release *release = ir_release(ir, run->live->release);
  if (ir->production && release->production.n) check_all(run, ir_overlay(ir, release->production)->envs);
  check_all(run, release->envs);
}

// A release can become live in several ways: the first one counts.
static void check_live(Variables *run, bool *checked, bool by_flag) {
  const Ir *ir = &run->compilation->ir;
  for (size_t i = 0; i < ir->live_releases.len; i++) {
    run->live = &ir->live_releases.data[i];
    if (checked[run->live->release.n] || (run->live->why == IR_LIVE_FLAG) != by_flag) continue;
    checked[run->live->release.n] = true;
    check_release(run);
  }
}

// Releases that wait for somebody to switch a flag on come last: what another one needs as well is an error.
void variables_check(Compilation *compilation) {
  Variables run = {.compilation = compilation};
  bool *checked = arena_array(&compilation->arena, bool, compilation->ir.releases.len + 1);
  Str name = compilation->environment->name.text;
  read_file(&run, &run.files[0], str_printf(&compilation->arena, ".env.%.*s", STR_ARG(name)));
  read_file(&run, &run.files[1], STR(".env"));
  for (size_t i = 0; i < compilation->ir.envs.len; i++)
    strmap_put(&compilation->arena, &run.declared,
               ir_str(&compilation->ir, compilation->ir.envs.data[i].name), NULL);
  check_live(&run, checked, false);
  check_live(&run, checked, true);
}
