/* Names to integrations. In: uses, data-depends-on and requirements with names. Out: handles in these
 * rows, a linked Use for each integration that only a dependency names, and what is missing, orphaned or
 * undeclared. One missing name is one diagnostic, however many pages use it. */
#include "passes/resolve.h"

#include "passes/near.h"

enum { PLACES_SHOWN = 5 };

static void more_places(Diag *d, size_t left) {
  if (left) diag_note(d, SPAN_NONE, "and %zu more place%s", left, left == 1 ? "" : "s");
}

/* What is missing */

typedef struct Wanted {
  Sym name;
  VEC(UseId) uses;
  VEC(RequirementId) requirements;
  bool required;  // by a use
} Wanted;

typedef struct Resolve {
  Ir *ir;
  const PassSettings *settings;
  DiagBag *diags;
  VEC(Wanted) wanted;
  StrMap by_name;  // index in wanted
  bool *proposed;  // by IntegrationId.n: a wrong name was probably meant to be it
} Resolve;

static Wanted *wanted(Resolve *run, Sym name) {
  bool added;
  uint32_t *index = strmap_put(run->ir->arena, &run->by_name, ir_str(run->ir, name), &added);
  if (added) {
    *index = (uint32_t)run->wanted.len;
    vec_push(run->ir->arena, &run->wanted, (Wanted){.name = name});
  }
  return &run->wanted.data[*index];
}

static UseId first_use(const Resolve *run, const Wanted *missing) {
  if (!missing->uses.len) return (UseId){0};
  for (size_t i = 0; missing->required && i < missing->uses.len; i++)
    if (ir_use(run->ir, missing->uses.data[i])->required) return missing->uses.data[i];
  return missing->uses.data[0];
}

static void help_about_library(Resolve *run, Diag *d, Str name) {
  const PassSettings *settings = run->settings;
  bool there = settings->library && strmap_find(settings->library, name);
  if (there && !settings->use_stdlib)
    diag_help(d,
              "the standard library has '%.*s': write 'use stdlib' in the project file, or start from it "
              "with 'fxc stub %.*s'",
              STR_ARG(name), STR_ARG(name));
  else
    diag_help(d, "write a manifest for it; 'fxc stub %.*s' makes one to fill in", STR_ARG(name));
}

static void propose_name(Resolve *run, Diag *d, Str name, const Span *spans, size_t count) {
  IntegrationId near = near_integration(run->ir, name);
  if (!near.n) {
    help_about_library(run, d, name);
    return;
  }
  run->proposed[near.n] = true;
  const Integration *integration = ir_integration(run->ir, near);
  Str best = ir_str(run->ir, integration->name);
  diag_note(d, integration->span, "a similar name is declared here");
  diag_help(d, "did you mean '%.*s'?", STR_ARG(best));
  DiagFix *fix = diag_fix(d, DIAG_MACHINE_APPLICABLE, spans[0], best, "replace with '%.*s'", STR_ARG(best));
  for (size_t i = 1; i < count; i++) diag_fix_edit(d, fix, spans[i], best);
  bool there = run->settings->library && strmap_find(run->settings->library, name);
  if (there) help_about_library(run, d, name);
}

static void report_missing_use(Resolve *run, const Wanted *missing) {
  Ir *ir = run->ir;
  Str name = ir_str(ir, missing->name);
  UseId first = first_use(run, missing);
  Span span = ir_use(ir, first)->name_span;
  Diag *d = diag_add(run->diags, FX2001, span, "no manifest declares the integration '%.*s'", STR_ARG(name));
  if (run->settings->missing_is_warning || !missing->required) d->severity = DIAG_WARNING;
  diag_label(d, span, "used here");
  VEC(Span) spans = {0};
  vec_push(ir->arena, &spans, span);
  for (size_t i = 0; i < missing->uses.len; i++) {
    if (missing->uses.data[i].n == first.n) continue;
    Span other = ir_use(ir, missing->uses.data[i])->name_span;
    if (spans.len <= PLACES_SHOWN) diag_note(d, other, "also used here");
    vec_push(ir->arena, &spans, other);
  }
  for (size_t i = 0; i < missing->requirements.len && i < PLACES_SHOWN; i++)
    diag_note(d, ir_requirement(ir, missing->requirements.data[i])->span, "also required here");
  more_places(d, spans.len > PLACES_SHOWN + 1 ? spans.len - PLACES_SHOWN - 1 : 0);
  propose_name(run, d, name, spans.data, spans.len);
}

static void report_missing_requirement(Resolve *run, const Wanted *missing) {
  Ir *ir = run->ir;
  Str name = ir_str(ir, missing->name);
  const Requirement *first = ir_requirement(ir, missing->requirements.data[0]);
  Str from = ir_str(ir, ir_integration(ir, first->integration)->name);
  Diag *d = diag_add(run->diags, FX3002, first->span, "'%.*s' requires '%.*s', which no manifest declares",
                     STR_ARG(from), STR_ARG(name));
  if (run->settings->missing_is_warning) d->severity = DIAG_WARNING;
  diag_label(d, first->span, "required here");
  VEC(Span) spans = {0};
  vec_push(ir->arena, &spans, first->span);
  for (size_t i = 1; i < missing->requirements.len; i++) {
    const Requirement *other = ir_requirement(ir, missing->requirements.data[i]);
    if (i <= PLACES_SHOWN) diag_note(d, other->span, "also required here");
    vec_push(ir->arena, &spans, other->span);
  }
  more_places(d, spans.len > PLACES_SHOWN + 1 ? spans.len - PLACES_SHOWN - 1 : 0);
  propose_name(run, d, name, spans.data, spans.len);
}

static void report_missing(Resolve *run) {
  for (size_t i = 0; i < run->wanted.len; i++) {
    const Wanted *missing = &run->wanted.data[i];
    Str name = ir_str(run->ir, missing->name);
    if (run->settings->silenced && strmap_find(run->settings->silenced, name)) continue;
    if (missing->uses.len)
      report_missing_use(run, missing);
    else
      report_missing_requirement(run, missing);
  }
}

/* Uses and what pages depend on */

static void resolve_uses(Resolve *run) {
  Ir *ir = run->ir;
  for (uint32_t n = 1; n <= ir->uses.len; n++) {
    Use *use = ir_use(ir, (UseId){n});
    use->integration = ir_find_integration(ir, ir_str(ir, use->name));
    if (use->integration.n) continue;
    Wanted *missing = wanted(run, use->name);
    vec_push(ir->arena, &missing->uses, (UseId){n});
    missing->required |= use->required;
  }
}

static void report_depends(Resolve *run, const UseDepends *depends) {
  Str name = ir_str(run->ir, depends->name);
  if (run->settings->silenced && strmap_find(run->settings->silenced, name)) return;
  Diag *d = diag_add(run->diags, FX1109, depends->span,
                     "'%.*s' names nothing on this page and no integration", STR_ARG(name));
  diag_label(d, depends->span, "depended on here");
  IntegrationId near = near_integration(run->ir, name);
  if (near.n) run->proposed[near.n] = true;
  if (near.n)
    near_propose(d, depends->span, ir_str(run->ir, ir_integration(run->ir, near)->name));
  else
    diag_help(d,
              "data-depends-on names an integration, or an id, name, data-field or data-section of the page");
}

static void resolve_depends(Resolve *run) {
  Ir *ir = run->ir;
  for (size_t u = 0; u < ir->uses.len; u++) {
    IrRange range = ir->uses.data[u].depends;
    for (uint32_t i = 0; i < range.count; i++) {
      UseDepends *depends = ir_use_depends_at(ir, range, i);
      bool seen = depends->integration.n != 0;  // the uses of one element share their rows
      depends->integration = ir_find_integration(ir, ir_str(ir, depends->name));
      bool again = u > 0 && ir->uses.data[u - 1].depends.first == range.first;
      if (!seen && !again && !depends->on_page && !depends->integration.n) report_depends(run, depends);
    }
  }
}

/* What is linked without being on a page */

typedef struct Linking {
  bool *linked;              // by IntegrationId.n
  VEC(IntegrationId) queue;  // in the order of linking
} Linking;

static void link_one(Resolve *run, Linking *links, IntegrationId id, PageId page, Span span,
                     bool by_dependency) {
  if (!id.n || links->linked[id.n]) return;
  links->linked[id.n] = true;
  vec_push(run->ir->arena, &links->queue, id);
  if (!by_dependency) return;
  Sym name = ir_integration(run->ir, id)->name;
  ir_add_use(run->ir, (Use){.page = page,
                            .name = name,
                            .span = span,
                            .name_span = span,
                            .required = true,
                            .by_dependency = true,
                            .integration = id});
}

static void link_requirements(Resolve *run, Linking *links, IntegrationId id) {
  Ir *ir = run->ir;
  IrRange range = ir_integration(ir, id)->requirements;
  for (uint32_t i = 0; i < range.count; i++) {
    const Requirement *requirement = ir_requirement_at(ir, range, i);
    if (requirement->kind == IR_REQUIRES)
      link_one(run, links, requirement->resolved, (PageId){0}, requirement->span, true);
  }
}

static void link_all(Resolve *run, Linking *links) {
  Ir *ir = run->ir;
  links->linked = arena_array(ir->arena, bool, ir->integrations.len + 1);
  size_t uses = ir->uses.len;  // linking adds uses behind them
  for (size_t u = 0; u < uses; u++)
    link_one(run, links, ir->uses.data[u].integration, (PageId){0}, SPAN_NONE, false);
  for (size_t u = 0; u < uses; u++) {
    IrRange range = ir->uses.data[u].depends;
    for (uint32_t i = 0; i < range.count; i++) {
      const UseDepends *depends = ir_use_depends_at(ir, range, i);
      link_one(run, links, depends->integration, ir->uses.data[u].page, depends->span, true);
    }
  }
  for (size_t i = 0; i < links->queue.len; i++) link_requirements(run, links, links->queue.data[i]);
}

/* Requirements */

static void resolve_requirements(Resolve *run) {
  Ir *ir = run->ir;
  for (size_t i = 0; i < ir->requirements.len; i++) {
    Requirement *requirement = &ir->requirements.data[i];
    requirement->resolved = ir_find_integration(ir, ir_str(ir, requirement->target));
  }
}

// A requirement of a library manifest that nobody uses is nobody's fault here.
static void want_requirements(Resolve *run, const Linking *links) {
  Ir *ir = run->ir;
  for (uint32_t n = 1; n <= ir->requirements.len; n++) {
    const Requirement *requirement = ir_requirement(ir, (RequirementId){n});
    const Integration *from = ir_integration(ir, requirement->integration);
    bool concerns =
        !from->shadowed && (from->place == IR_PLACE_PROJECT || links->linked[requirement->integration.n]);
    if (requirement->kind != IR_REQUIRES || requirement->resolved.n || !concerns) continue;
    Wanted *missing = wanted(run, requirement->target);
    vec_push(ir->arena, &missing->requirements, (RequirementId){n});
  }
}

void pass_resolve(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  Resolve run = {.ir = ir, .settings = settings, .diags = diags};
  Linking links = {0};
  run.proposed = arena_array(ir->arena, bool, ir->integrations.len + 1);
  resolve_uses(&run);
  resolve_depends(&run);
  resolve_requirements(&run);
  link_all(&run, &links);
  want_requirements(&run, &links);
  report_missing(&run);
  resolve_check_orphans(ir, run.proposed, diags);
  resolve_check_declared(ir, diags);
}
