/* In: the project before and after. Out: FX4008 for every error that has come up, in each phase and
 * environment, at the place where its cause stands now. */
#include "workspace/compile.h"
#include "workspace/migrate/round.h"

/* What is looked at: as the command line says; in the other phase; in each environment */

typedef struct Variant {
  Request request;
  const char *phase;
  Str environment;
} Variant;

typedef VEC(Variant) Variants;

static void add_variant(Migrate *migrate, Variants *variants, Str environment, bool production) {
  Variant variant = {.request = migrate->look, .environment = environment};
  if (variants->len) variant.request.goal = GOAL_VALIDATE;  // pages are looked at in the first one
  if (environment.data) variant.request.environment = environment;
  if (production != migrate->base->ir.production) {
    variant.request.production = production;
    variant.request.production_given = true;
    variant.phase = production ? "production" : "prototype";
  }
  vec_push(&migrate->arena, variants, variant);
}

static Variants variants_of(Migrate *migrate) {
  const ProjectSettings *settings = &migrate->base->project.settings;
  bool production = migrate->base->ir.production;
  Variants variants = {0};
  add_variant(migrate, &variants, STR_NONE, production);
  add_variant(migrate, &variants, STR_NONE, !production);
  for (size_t i = 0; i < settings->environments.len; i++)
    add_variant(migrate, &variants, settings->environments.data[i].name.text, production);
  return variants;
}

// The words of a conflict name the ranges that a migration changes: one of them is like another.
static Str key_of(Migrate *migrate, size_t variant, const Compilation *run, const Diag *diag) {
  bool conflict = diag->code == FX4001 || diag->code == FX4002;
  return str_printf(&migrate->arena, "%zu %s %.*s %.*s", variant, diag_info(diag->code)->name,
                    STR_ARG(conflict ? STR("") : source_path(run->sources, diag->span.source)),
                    STR_ARG(conflict ? STR("") : diag->message));
}

/* An error that says something else behind the migration may still be the old one: a text that a release
 * breaks which can become live, whichever release that is; a conflict about the integration, whatever is
 * asked of it. data NULL: no such error. */
static Str kind_of(Migrate *migrate, size_t variant, const Compilation *run, const Diag *diag) {
  Arena *arena = &migrate->arena;
  Span span = migrate_origin(migrate, run, diag->span);
  Str name = str_printf(arena, "'%.*s'", STR_ARG(migrate->name));
  if (diag->code == FX4007)
    return str_printf(arena, "%zu live %.*s %u", variant,
                      STR_ARG(source_path(run->sources, diag->span.source)), span.start);
  bool conflict = diag->code == FX4001 || diag->code == FX4002;
  return conflict && str_find(diag->message, name) >= 0 ? str_printf(arena, "%zu conflict", variant)
                                                        : STR_NONE;
}

// A range that a fallback chain breaks is only a warning, but a migration must not leave it behind.
static bool matters(const Diag *diag) { return diag->severity == DIAG_ERROR || diag->code == FX4007; }

static void note_run(Migrate *migrate, size_t variant, const Compilation *run) {
  for (size_t i = 0; i < run->diags.list.len; i++) {
    const Diag *diag = run->diags.list.data[i];
    if (!matters(diag)) continue;
    Str kind = kind_of(migrate, variant, run, diag);
    ++*strmap_put(&migrate->arena, &migrate->errors, key_of(migrate, variant, run, diag), NULL);
    if (kind.data) strmap_put(&migrate->arena, &migrate->errors, kind, NULL);
  }
}

static bool is_unreadable(DiagCode code) {
  return code == FX1402 || code == FX2004 || code == FX2005 || code == FX8001 || code == FX8005 ||
         code == FX8006;
}

static void note_unreadable(Migrate *migrate) {
  const DiagBag *diags = &migrate->base->diags;  // sorted by file
  SourceId last = 0;
  for (size_t i = 0; i < diags->list.len; i++) {
    const Diag *diag = diags->list.data[i];
    if (diag->severity != DIAG_ERROR || !is_unreadable(diag->code) || diag->span.source == last) continue;
    last = diag->span.source;
    vec_push(&migrate->arena, &migrate->unreadable, diag->span);
  }
}

static bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// Whether the name stands in a text as a word of its own.
static bool is_named_in(Str text, Str name) {
  for (size_t at = 0; at < text.len;) {
    ptrdiff_t found = str_find(str_skip(text, at), name);
    if (found < 0) return false;
    size_t start = at + (size_t)found, end = start + name.len;
    if ((start == 0 || !in_name(text.data[start - 1])) && (end == text.len || !in_name(text.data[end])))
      return true;
    at = start + 1;
  }
  return false;
}

void migrate_check_readable(Migrate *migrate) {
  for (size_t i = 0; i < migrate->unreadable.len; i++) {
    Span span = migrate->unreadable.data[i];
    Arena scratch = {0};
    Str text;
    bool read = source_load(migrate->base->sources, span.source, &scratch, &text);
    if (!read || is_named_in(text, migrate->name)) {
      Diag *diag =
          migrate_refuse(migrate, migrate->base, span,
                         "this file cannot be read, and '%.*s' may be used in it", STR_ARG(migrate->name));
      diag_help(diag, "'fxc check' says what is wrong: mend it, then migrate again");
    }
    arena_free(&scratch);
  }
}

void migrate_note_errors(Migrate *migrate) {
  Variants variants = variants_of(migrate);
  note_run(migrate, 0, migrate->base);
  note_unreadable(migrate);
  for (size_t i = 1; i < variants.len; i++) {
    Compilation run = {0};
    compile(&run, &variants.data[i].request);
    note_run(migrate, i, &run);
    compilation_free(&run);
  }
}

/* Afterwards */

// What is wrong with a use that is migrated would leave half a migration, however old it is.
static bool is_in_use(const Migrate *migrate, const Compilation *run, const Diag *diag) {
  Str path = source_path(run->sources, diag->span.source);
  bool about = (diag->code >= FX1103 && diag->code <= FX1105) || diag->code == FX1108 || diag->code == FX1110;
  for (size_t i = 0; about && i < migrate->uses.len; i++) {
    Span use = migrate->uses.data[i];  // of the base's sources
    if (diag->span.start >= use.start && diag->span.end <= use.end &&
        str_eq(source_path(migrate->base->sources, use.source), path))
      return true;
  }
  return false;
}

static void report(Migrate *migrate, const Variant *variant, const Compilation *run, const Diag *diag) {
  Buf where = {0};
  if (variant->phase) buf_printf(&where, " with --phase=%s", variant->phase);
  if (variant->environment.data) buf_printf(&where, " with --env=%.*s", STR_ARG(variant->environment));
  Diag *made =
      migrate_refuse(migrate, run, diag->span, "after the migration%.*s: %.*s [%s]", (int)where.len,
                     where.data ? where.data : "", STR_ARG(diag->message), diag_info(diag->code)->name);
  buf_free(&where);
  for (size_t i = 0; i < diag->labels.len; i++)
    diag_label(made, migrate_origin(migrate, run, diag->labels.data[i].span), "%.*s",
               STR_ARG(diag->labels.data[i].text));
  for (size_t i = 0; i < diag->notes.len; i++)
    diag_note(made, migrate_origin(migrate, run, diag->notes.data[i].span), "%.*s",
              STR_ARG(diag->notes.data[i].text));
  for (size_t i = 0; i < diag->helps.len; i++) diag_help(made, "%.*s", STR_ARG(diag->helps.data[i]));
  if (diag->code >= FX1103 && diag->code <= FX1105)
    diag_help(made, "add a rule to 'migrate' in the manifest, or change this by hand, then migrate again");
  if (diag->code == FX1108 && !migrate->activate)
    diag_help(made, "--activate makes '%.*s' the active release", STR_ARG(migrate->to));
}

// Whether it is a release that the migration leaves which breaks a text: who asks for both is right then.
static bool is_about_old(Migrate *migrate, const Diag *diag) {
  for (size_t i = 0; i < migrate->hops.len; i++) {
    Str label = str_printf(&migrate->arena, "'%.*s'", STR_ARG(migrate->hops.data[i].from));
    if (str_find(diag->message, label) >= 0) return true;
    for (size_t k = 0; k < diag->notes.len; k++)
      if (str_find(diag->notes.data[k].text, label) >= 0) return true;
  }
  return false;
}

static void check_run(Migrate *migrate, size_t number, const Variant *variant, const Compilation *run) {
  StrMap seen = {0};
  for (size_t i = 0; i < run->diags.list.len; i++) {
    const Diag *diag = run->diags.list.data[i];
    if (!matters(diag)) continue;
    Str key = key_of(migrate, number, run, diag), kind = kind_of(migrate, number, run, diag);
    const uint32_t *before = strmap_find(&migrate->errors, key);
    bool known = ++*strmap_put(&migrate->arena, &seen, key, NULL) <= (before ? *before : 0);
    bool widens = !known && !migrate->widen && diag->code == FX4007 && is_about_old(migrate, diag);
    migrate->breaks_live |= widens;
    if (kind.data && !widens) known |= strmap_find(&migrate->errors, kind) != NULL;
    if (!known || (number == 0 && is_in_use(migrate, run, diag))) report(migrate, variant, run, diag);
  }
}

void migrate_check_errors(Migrate *migrate) {
  Variants variants = variants_of(migrate);
  for (size_t i = 0; i < variants.len && !migrate->refused; i++) {
    Compilation run = {0};
    variants.data[i].request.unsaved = &migrate->files.unsaved;
    compile(&run, &variants.data[i].request);
    check_run(migrate, i, &variants.data[i], &run);
    if (run.out_of_memory || run.internal_error) migrate->refused = true;
    migrate->base->out_of_memory |= run.out_of_memory;
    migrate->base->internal_error |= run.internal_error;
    compilation_free(&run);
  }
}
