/* In: Override rows, manifests, pages. Out: FX6004 for names that nothing knows: what such an override is
 * meant to change would stay as it is, and nobody would see why. A flag may be an integration's name: its
 * kill switch. */
#include "base/suggest.h"
#include "passes/near.h"
#include "workspace/overrides.h"

typedef struct Check {
  Compilation *compilation;
  const Ir *ir;
  Str name;  // of the integration
  const Integration *row;
} Check;

static Diag *report(const Check *c, Span span, Str what, const char *format) {
  Diag *diag = diag_add(&c->compilation->diags, FX6004, span, format, STR_ARG(c->name), STR_ARG(what));
  diag_note(diag, c->row->span, "'%.*s' is declared here", STR_ARG(c->name));
  return diag;
}

static void check_release(const Check *c, IrText label) {
  Str text = ir_str(c->ir, label.sym);
  Suggestion search = suggest_start(text);
  for (uint32_t i = 0; i < c->row->releases.count; i++) {
    Str other = ir_str(c->ir, ir_release_at(c->ir, c->row->releases, i)->label.sym);
    if (str_eq(other, text)) return;
    if (other.len) suggest_offer(&search, other);
  }
  Diag *diag = report(c, label.span, text, "'%.*s' has no release '%.*s'");
  near_propose(diag, label.span, search.best);
  if (!search.best.len) diag_help(diag, "name one of its releases, or remove it");
}

/* Configuration */

static void know_keys(const Check *c, StrMap *keys, IrRange rows) {
  for (uint32_t i = 0; i < rows.count; i++)
    strmap_put(&c->compilation->arena, keys, ir_str(c->ir, ir_config_at(c->ir, rows, i)->key), NULL);
}

static void offer_keys(const Check *c, Suggestion *search, IrRange rows) {
  for (uint32_t i = 0; i < rows.count; i++)
    suggest_offer(search, ir_str(c->ir, ir_config_at(c->ir, rows, i)->key));
}

static IrRange production_of(const Check *c, const Release *release) {
  return release->production.n ? ir_overlay(c->ir, release->production)->configs : (IrRange){0, 0};
}

static void report_key(const Check *c, const Config *config, Str key) {
  Span span = config->span;
  if (span.end - span.start == key.len + 2) span.start++, span.end--;  // without the quotes
  Suggestion search = suggest_start(key);
  for (uint32_t i = 0; i < c->row->releases.count; i++) {
    const Release *release = ir_release_at(c->ir, c->row->releases, i);
    offer_keys(c, &search, release->configs);
    offer_keys(c, &search, production_of(c, release));
  }
  Diag *diag = report(c, span, key, "no release of '%.*s' has the configuration '%.*s'");
  near_propose(diag, span, search.best);
  if (!search.best.len) diag_help(diag, "remove it, or name it in the configuration of a release");
}

static void check_config(const Check *c, IrRange rows) {
  StrMap keys = {0};
  for (uint32_t i = 0; i < c->row->releases.count && rows.count; i++) {
    const Release *release = ir_release_at(c->ir, c->row->releases, i);
    know_keys(c, &keys, release->configs);
    know_keys(c, &keys, production_of(c, release));
  }
  for (uint32_t i = 0; i < rows.count; i++) {
    const Config *config = ir_config_at(c->ir, rows, i);
    Str key = ir_str(c->ir, config->key);
    if (!strmap_find(&keys, key)) report_key(c, config, key);
  }
}

static void check_canary(const Check *c, IrText canary) {
  if (c->row->canary_release.sym) return;
  Diag *diag =
      diag_add(&c->compilation->diags, FX6004, canary.span, "'%.*s' has no canary", STR_ARG(c->name));
  diag_note(diag, c->row->span, "'%.*s' is declared here", STR_ARG(c->name));
  diag_help(diag, "remove it, or give the manifest a 'canary'");
}

/* Rows */

static void check_integration(Compilation *compilation, const Override *row) {
  const Ir *ir = &compilation->ir;
  Check c = {.compilation = compilation, .ir = ir, .name = ir_str(ir, row->name.sym)};
  if (strmap_find(&compilation->silenced, c.name)) return;
  IntegrationId id = ir_find_integration(ir, c.name);
  if (id.n) {
    c.row = ir_integration(ir, id);
    if (row->release.sym) check_release(&c, row->release);
    check_config(&c, row->configs);
    if (row->canary.sym) check_canary(&c, row->canary);
    return;
  }
  Diag *diag =
      diag_add(&compilation->diags, FX6004, row->name.span,
               "the override of '%.*s' is for an integration that no manifest declares", STR_ARG(c.name));
  IntegrationId near = near_integration(ir, c.name);
  if (near.n)
    near_propose(diag, row->name.span, ir_str(ir, ir_integration(ir, near)->name));
  else
    diag_help(diag, "remove it, or write the manifest");
}

KnownFlags overrides_flags(Compilation *compilation) {
  KnownFlags flags = environment_flags(compilation, true);
  environment_know_switches(compilation, &flags);
  return flags;
}

void overrides_check(Compilation *compilation) {
  const Ir *ir = &compilation->ir;
  if (compilation->request->files.len) return;  // a manifest may be one that was not given
  bool readable = !compilation->silenced.len;   // and a flag may stand in one that could not be read
  KnownFlags flags = {0};
  if (readable && ir->overrides.len) flags = overrides_flags(compilation);
  for (size_t i = 0; i < ir->overrides.len; i++) {
    const Override *row = &ir->overrides.data[i];
    if (row->kind == IR_OVERRIDE_INTEGRATION)
      check_integration(compilation, row);
    else if (readable)
      environment_check_flag(compilation, &flags, (ProjectText){ir_str(ir, row->name.sym), row->name.span});
  }
}
