/* Clauses that name releases or providers. In: labels as written. Out: handles of the releases they name;
 * FX2009 for a label or provider that no release has, FX2011 for fallbacks or replacements that come back. */
#include "ast/ast.h"
#include "base/suggest.h"
#include "ir/version.h"
#include "passes/near.h"
#include "passes/types.h"

typedef struct Chain {
  Ir *ir;
  DiagBag *diags;
  IntegrationId id;
  Integration *integration;
} Chain;

static void offer_names(const Chain *chain, Suggestion *search, bool providers) {
  const Ir *ir = chain->ir;
  for (uint32_t i = 0; i < chain->integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, chain->integration->releases, i);
    suggest_offer(search, ir_str(ir, release->label.sym));
    if (providers && release->provider.sym) suggest_offer(search, ir_str(ir, release->provider.sym));
  }
}

static void report_unknown(Chain *chain, Span span, Str name, const char *what, bool providers) {
  Ir *ir = chain->ir;
  Str whole = ir_str(ir, chain->integration->name);
  Suggestion search = suggest_start(name);
  offer_names(chain, &search, providers);
  Diag *d = diag_add(chain->diags, FX2009, span, "'%.*s' has no release%s '%.*s'", STR_ARG(whole),
                     providers ? " and no provider" : "", STR_ARG(name));
  diag_label(d, span, "%s", what);
  // labels are near to each other by nature: v1 is no typing error for v2
  if (search.best.len && span.end - span.start == name.len) {
    diag_help(d, "did you mean '%.*s'?", STR_ARG(search.best));
    diag_fix(d, DIAG_MAYBE, span, search.best, "replace with '%.*s'", STR_ARG(search.best));
  }
  Str list = STR("");
  for (uint32_t i = 0; i < chain->integration->releases.count && i < 12; i++) {
    Str label = ir_str(ir, ir_release_at(ir, chain->integration->releases, i)->label.sym);
    list = str_printf(chain->diags->arena, "%.*s%s%.*s", STR_ARG(list), i ? ", " : "", STR_ARG(label));
  }
  if (list.len)
    diag_help(d, "the releases are %.*s%s", STR_ARG(list),
              providers ? "; 'static' is the concept's own markup" : "");
}

// The release that a clause names by its label; silent when the clause is not there.
static ReleaseId named_release(Chain *chain, IrText label, const char *what) {
  if (!label.sym) return (ReleaseId){0};
  ReleaseId found = ir_find_release(chain->ir, chain->id, label.sym);
  bool reported = chain->integration->releases.count == 0;  // a manifest without releases is another fault
  if (!found.n && !reported) report_unknown(chain, label.span, ir_str(chain->ir, label.sym), what, false);
  return found;
}

/* Fallbacks */

static bool same_version(const Release *release, Sym version) {
  return !version || release->sdk.sym == version || release->version.text == version;
}

// The newest release of a provider, of the given version if one is given.
static ReleaseId release_of_provider(const Chain *chain, Sym provider, Sym version) {
  const Ir *ir = chain->ir;
  ReleaseId best = {0};
  for (uint32_t i = 0; i < chain->integration->releases.count; i++) {
    ReleaseId id = {chain->integration->releases.first + i};
    const Release *release = ir_release(ir, id);
    if (release->provider.sym != provider || !same_version(release, version)) continue;
    if (release->status == IR_RETIRED) continue;
    Version now = ir_version(ir, &release->version), then = {0};
    if (best.n) then = ir_version(ir, &ir_release(ir, best)->version);
    if (!best.n || version_cmp(&now, &then) > 0) best = id;
  }
  return best;
}

static void resolve_fallback(Chain *chain, Fallback *fallback) {
  Str name = ir_str(chain->ir, fallback->name);
  if (ir_is_static(name)) {
    fallback->kind = IR_FALLBACK_STATIC;
    return;
  }
  fallback->release = ir_find_release(chain->ir, chain->id, fallback->name);
  fallback->kind = IR_FALLBACK_RELEASE;
  if (fallback->release.n) return;
  fallback->release = release_of_provider(chain, fallback->name, fallback->version.sym);
  if (!fallback->release.n) fallback->release = release_of_provider(chain, fallback->name, 0);
  fallback->kind = fallback->release.n ? IR_FALLBACK_PROVIDER : IR_FALLBACK_UNRESOLVED;
  if (!fallback->release.n) report_unknown(chain, fallback->span, name, "named in the fallback chain", true);
}

static void report_loop(Chain *chain, const Fallback *again, const Fallback *first) {
  Str name = ir_str(chain->ir, again->name);
  Diag *d =
      diag_add(chain->diags, FX2011, again->span, "the fallback chain comes back to '%.*s'", STR_ARG(name));
  diag_label(d, again->span, "tried again here");
  diag_note(d, first->span, "'%.*s' comes first here", STR_ARG(name));
  diag_help(d, "end the chain with 'static', the concept's own markup");
}

// A provider may come twice, with two versions.
static void check_loop(Chain *chain, StrMap *seen, uint32_t i) {
  Ir *ir = chain->ir;
  IrRange range = chain->integration->fallbacks;
  const Fallback *link = ir_fallback_at(ir, range, i);
  bool provider = link->kind == IR_FALLBACK_PROVIDER && link->version.sym;
  Str key = ir_str(ir, link->name);
  if (provider)
    key = str_printf(ir->arena, "%.*s@%.*s", STR_ARG(key), STR_ARG(ir_str(ir, link->version.sym)));
  bool added;
  uint32_t *at = strmap_put(ir->arena, seen, key, &added);
  if (added)
    *at = i;
  else
    report_loop(chain, link, ir_fallback_at(ir, range, *at));
}

static void resolve_fallbacks(Chain *chain) {
  StrMap seen = {0};
  for (uint32_t i = 0; i < chain->integration->fallbacks.count; i++) {
    resolve_fallback(chain, ir_fallback_at(chain->ir, chain->integration->fallbacks, i));
    check_loop(chain, &seen, i);
  }
}

/* Replacements */

static ReleaseId replacement(const Chain *chain, ReleaseId id) {
  return ir_find_release(chain->ir, chain->id, ir_release(chain->ir, id)->replaced_by.sym);
}

// At the link that leads back to the release that is declared first.
static void report_round(Chain *chain, ReleaseId member) {
  const Ir *ir = chain->ir;
  ReleaseId first = member, last;
  for (ReleaseId id = replacement(chain, member); id.n != member.n; id = replacement(chain, id))
    if (id.n < first.n) first = id;
  for (last = first; replacement(chain, last).n != first.n;) last = replacement(chain, last);
  IrText link = ir_release(ir, last)->replaced_by;
  Str name = ir_release_label(ir, first);
  Diag *d = diag_add(chain->diags, FX2011, link.span, "the replacements come back to '%.*s'", STR_ARG(name));
  diag_label(d, link.span, "replaced by what it replaces");
  for (ReleaseId id = first; id.n != last.n; id = replacement(chain, id)) {
    const Release *release = ir_release(ir, id);
    diag_note(d, release->replaced_by.span, "'%.*s' is replaced by this",
              STR_ARG(ir_str(ir, release->label.sym)));
  }
  diag_help(d, "the release that is to be used in the end has no '%s'",
            ast_is_fx(source_path(ir->sources, link.span.source)) ? "replaced-by" : "replaced_by");
}

// Each release has one replacement at most, so that a walk that meets itself has found a loop.
static void check_replacements(Chain *chain) {
  IrRange releases = chain->integration->releases;
  uint32_t *walk = arena_array(chain->ir->arena, uint32_t, releases.count + 1);
  for (uint32_t i = 0; i < releases.count; i++) {
    ReleaseId id = {releases.first + i};
    for (; id.n && !walk[id.n - releases.first]; id = replacement(chain, id))
      walk[id.n - releases.first] = i + 1;
    if (id.n && walk[id.n - releases.first] == i + 1) report_round(chain, id);
  }
}

void types_check_releases(Ir *ir, IntegrationId id, DiagBag *diags) {
  Chain chain = {ir, diags, id, ir_integration(ir, id)};
  Integration *integration = chain.integration;
  integration->active_release = named_release(&chain, integration->active, "named as the active release");
  named_release(&chain, integration->canary_release, "rolled out here");
  resolve_fallbacks(&chain);
  for (uint32_t i = 0; i < integration->routes.count; i++) {
    Route *route = ir_route_at(ir, integration->routes, i);
    route->resolved = named_release(&chain, route->release, "routed to here");
  }
  for (uint32_t i = 0; i < integration->releases.count; i++)
    named_release(&chain, ir_release_at(ir, integration->releases, i)->replaced_by,
                  "named as the replacement");
  check_replacements(&chain);
  for (uint32_t i = 0; i < integration->migrations.count; i++) {
    const MigrationStep *step = ir_migration_step_at(ir, integration->migrations, i);
    bool same = i > 0 && ir_migration_step_at(ir, integration->migrations, i - 1)->to.span.start ==
                             step->to.span.start;
    if (same) continue;  // the steps of one migration share their ends
    named_release(&chain, step->from, "migrated from here");
    named_release(&chain, step->to, "migrated to here");
  }
}
