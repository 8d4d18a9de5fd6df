/* In: `environments` of the project file and the name given with --env. Out: rows for the solver, later what
 * is wrong with names. Names are checked in all environments, so that a mistake is found before the day on
 * which somebody builds for that one. */
#include "workspace/environment.h"

#include "base/suggest.h"
#include "passes/near.h"
#include "workspace/variables.h"

/* Taking */

static Str names_of(Compilation *compilation, Suggestion *search) {
  const ProjectSettings *settings = &compilation->project.settings;
  Str list = STR("");
  for (size_t i = 0; i < settings->environments.len; i++) {
    Str name = settings->environments.data[i].name.text;
    suggest_offer(search, name);
    list = str_printf(&compilation->arena, "%.*s%s%.*s", STR_ARG(list), i ? ", " : "", STR_ARG(name));
  }
  return list;
}

static void report_unknown(Compilation *compilation, Str name) {
  Arena *arena = &compilation->arena;
  Suggestion search = suggest_start(name);
  Str list = names_of(compilation, &search);
  if (!list.len)
    compilation->wrong_usage =
        str_printf(arena, "no environment is named '%.*s': the project file has none", STR_ARG(name));
  else if (search.best.len)
    compilation->wrong_usage =
        str_printf(arena, "no environment is named '%.*s'; did you mean '%.*s'? (there are %.*s)",
                   STR_ARG(name), STR_ARG(search.best), STR_ARG(list));
  else
    compilation->wrong_usage =
        str_printf(arena, "no environment is named '%.*s': there are %.*s", STR_ARG(name), STR_ARG(list));
}

static void add_settings(Ir *ir, const ProjectEnvironment *environment) {
  Setting choice = {.environment = ir_sym(ir, environment->name.text)};
  for (size_t i = 0; i < environment->providers.len; i++) {
    ProjectPin said = environment->providers.data[i];
    choice.kind = IR_CHOOSE_PROVIDER;
    choice.name = ir_sym(ir, said.name.text);
    choice.provider = ir_sym(ir, said.range.text);
    choice.span = said.range.span;
    ir_add_setting(ir, choice);
  }
  choice.provider = 0;
  for (size_t i = 0; i < environment->flags.len; i++) {
    ProjectPin said = environment->flags.data[i];
    choice.kind = str_eq(said.range.text, STR("on")) ? IR_FLAG_ON : IR_FLAG_OFF;
    choice.name = ir_sym(ir, said.name.text);
    choice.span = said.name.span;
    ir_add_setting(ir, choice);
  }
}

static bool is_off(const ProjectEnvironment *environment, Str flag) {
  for (size_t i = 0; i < environment->flags.len; i++)
    if (str_eq(environment->flags.data[i].name.text, flag))
      return !str_eq(environment->flags.data[i].range.text, STR("on"));
  return false;
}

// A build for no environment in particular serves all of them: a flag that is off in each is never on.
static void add_never(Ir *ir, const ProjectSettings *settings) {
  if (!settings->environments.len) return;
  const ProjectEnvironment *first = &settings->environments.data[0];
  for (size_t i = 0; i < first->flags.len; i++) {
    ProjectText flag = first->flags.data[i].name;
    bool everywhere = true;
    for (size_t e = 0; e < settings->environments.len; e++)
      everywhere = everywhere && is_off(&settings->environments.data[e], flag.text);
    if (everywhere)
      ir_add_setting(ir, (Setting){.kind = IR_FLAG_NEVER, .name = ir_sym(ir, flag.text), .span = flag.span});
  }
}

bool environment_take(Compilation *compilation) {
  const ProjectSettings *settings = &compilation->project.settings;
  Str name = compilation->request->environment;
  if (!name.data) {
    add_never(&compilation->ir, settings);
    return true;
  }
  for (size_t i = 0; i < settings->environments.len; i++) {
    if (!str_eq(settings->environments.data[i].name.text, name)) continue;
    compilation->environment = &settings->environments.data[i];
    add_settings(&compilation->ir, compilation->environment);
    return true;
  }
  report_unknown(compilation, name);
  return false;
}

/* Checking names */

static void report_integration(Compilation *compilation, ProjectText name) {
  Diag *diag =
      diag_add(&compilation->diags, FX2006, name.span,
               "the provider of '%.*s' is for an integration that no manifest declares", STR_ARG(name.text));
  IntegrationId near = near_integration(&compilation->ir, name.text);
  if (near.n)
    near_propose(diag, name.span, ir_str(&compilation->ir, ir_integration(&compilation->ir, near)->name));
  else
    diag_help(diag, "remove it, or write the manifest");
}

// The providers of a release, in both phases, offered; whether one of them is it.
static bool offers(const Ir *ir, const Release *release, Str provider, Suggestion *search) {
  Str plain = ir_str(ir, release->provider.sym);
  Str other = release->production.n ? ir_str(ir, ir_overlay(ir, release->production)->provider.sym) : STR("");
  if (plain.len) suggest_offer(search, plain);
  if (other.len) suggest_offer(search, other);
  return str_eq(plain, provider) || (other.len && str_eq(other, provider));
}

static void check_provider(Compilation *compilation, ProjectPin said) {
  const Ir *ir = &compilation->ir;
  Str name = said.name.text, provider = said.range.text;
  if (strmap_find(&compilation->silenced, name)) return;
  IntegrationId id = ir_find_integration(ir, name);
  if (!id.n) {
    report_integration(compilation, said.name);
    return;
  }
  const Integration *integration = ir_integration(ir, id);
  Suggestion search = suggest_start(provider);
  for (uint32_t i = 0; i < integration->releases.count; i++)
    if (offers(ir, ir_release_at(ir, integration->releases, i), provider, &search)) return;
  Diag *diag = diag_add(&compilation->diags, FX1110, said.range.span, "'%.*s' has no provider '%.*s'",
                        STR_ARG(name), STR_ARG(provider));
  diag_note(diag, integration->span, "'%.*s' is declared here", STR_ARG(name));
  near_propose(diag, said.range.span, search.best);
}

static void know(Compilation *compilation, KnownFlags *flags, Sym sym) {
  bool added = false;
  Str name = str_trim(ir_str(&compilation->ir, sym));
  if (name.len) strmap_put(&compilation->arena, &flags->names, name, &added);
  if (added) vec_push(&compilation->arena, &flags->list, name);
}

static void know_environments(Compilation *compilation, KnownFlags *flags) {
  const ProjectSettings *settings = &compilation->project.settings;
  for (size_t i = 0; i < settings->environments.len; i++)
    for (size_t k = 0; k < settings->environments.data[i].flags.len; k++)
      know(compilation, flags,
           ir_sym(&compilation->ir, settings->environments.data[i].flags.data[k].name.text));
}

KnownFlags environment_flags(Compilation *compilation, bool of_environments) {
  const Ir *ir = &compilation->ir;
  KnownFlags flags = {0};
  for (size_t i = 0; i < ir->releases.len; i++) know(compilation, &flags, ir->releases.data[i].flag.sym);
  for (size_t i = 0; i < ir->uses.len; i++) know(compilation, &flags, ir->uses.data[i].flag.sym);
  if (of_environments) know_environments(compilation, &flags);
  return flags;
}

void environment_know_switches(Compilation *compilation, KnownFlags *flags) {
  const Ir *ir = &compilation->ir;
  for (size_t i = 0; i < ir->integrations.len; i++) know(compilation, flags, ir->integrations.data[i].name);
}

void environment_check_flag(Compilation *compilation, const KnownFlags *flags, ProjectText name) {
  if (strmap_find(&flags->names, name.text)) return;
  Suggestion search = suggest_start(name.text);
  for (size_t i = 0; i < flags->list.len; i++) suggest_offer(&search, flags->list.data[i]);
  Diag *diag = diag_add(&compilation->diags, FX6004, name.span, "no release and no use has the flag '%.*s'",
                        STR_ARG(name.text));
  near_propose(diag, name.span, search.best);
  if (!search.best.len)
    diag_help(diag, "remove it, or name it in a release: 'feature_flag' (YAML), 'flag' (.fx)");
}

// What a release that was not to be had would need, nobody knows.
static bool chosen_as_asked(const Compilation *compilation) {
  for (size_t i = 0; i < compilation->diags.list.len; i++) {
    DiagCode code = compilation->diags.list.data[i]->code;
    if (code == FX4001 || code == FX4002 || code == FX1110) return false;
  }
  return true;
}

void environment_check(Compilation *compilation) {
  const ProjectSettings *settings = &compilation->project.settings;
  bool whole = !compilation->request->files.len;  // a manifest may be one that was not given
  bool readable = !compilation->silenced.len;     // and a flag may stand in one that could not be read
  KnownFlags flags = environment_flags(compilation, false);
  environment_know_switches(compilation, &flags);
  for (size_t i = 0; whole && i < settings->environments.len; i++) {
    const ProjectEnvironment *environment = &settings->environments.data[i];
    for (size_t k = 0; k < environment->providers.len; k++)
      check_provider(compilation, environment->providers.data[k]);
    for (size_t k = 0; readable && k < environment->flags.len; k++)
      environment_check_flag(compilation, &flags, environment->flags.data[k].name);
  }
  if (compilation->environment && chosen_as_asked(compilation)) variables_check(compilation);
}
