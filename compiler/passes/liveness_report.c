/* FX4007 in words (and FX4004 for support that has ended). In: a constraint and the live releases that break
 * it. Out: the diagnostic, with the chain that makes each of them live: what switches it on, and what needs
 * the integration at all. */
#include "passes/liveness.h"

#include "passes/replacement.h"

enum { SHOWN = 5, HOPS = 8 };

static Str version_of(const Ir *ir, ReleaseId id) { return ir_str(ir, ir_release(ir, id)->version.text); }

/* The chain */

static void note_day(Diag *d, const Ir *ir, const LiveRelease *row) {
  const Integration *integration = ir_integration(ir, row->integration);
  IrDate end = integration->parallel_end;
  if (end.days == IR_NO_DATE || end.days < ir->today) end = integration->rollback_until;
  if (end.days != IR_NO_DATE) diag_note(d, end.span, "until this day");
}

static void note_live(const Liveness *run, Diag *d, const LiveRelease *row) {
  static const char *const said[] = {
      [IR_LIVE_CHOSEN] = "'%.*s' of '%.*s' is chosen",
      [IR_LIVE_ROUTE] = "this route makes '%.*s' of '%.*s' live",
      [IR_LIVE_CANARY] = "this canary makes '%.*s' of '%.*s' live",
      [IR_LIVE_FLAG] = "this flag makes '%.*s' of '%.*s' live",
      [IR_LIVE_PARALLEL] = "this migration keeps '%.*s' of '%.*s' live beside the other side",
      [IR_LIVE_FALLBACK] = "this fallback makes '%.*s' of '%.*s' live",
      [IR_LIVE_USE_PROVIDER] = "this provider makes '%.*s' of '%.*s' live on this element",
      [IR_LIVE_USE_FALLBACK] = "this fallback makes '%.*s' of '%.*s' live on this element",
      [IR_LIVE_OVERRIDE] = "this override makes '%.*s' of '%.*s' live",
  };
  const Ir *ir = run->ir;
  Str label = ir_release_label(ir, row->release), name = ir_integration_name(ir, row->integration);
  bool assumed = row->why == IR_LIVE_CHOSEN && run->reached[row->integration.n].assumed;
  diag_note(d, row->span, assumed ? "'%.*s' of '%.*s' would be chosen" : said[row->why], STR_ARG(label),
            STR_ARG(name));
  if (row->why == IR_LIVE_PARALLEL) note_day(d, ir, row);
}

// Why an integration is there at all, when no page names it: from requirement to requirement up to a page.
static void note_reached(const Liveness *run, Diag *d, IntegrationId id) {
  const Ir *ir = run->ir;
  for (int hop = 0; id.n && hop < HOPS; hop++) {
    const Reached *how = &run->reached[id.n];
    Str name = ir_integration_name(ir, id);
    if (span_exists(how->depends)) diag_note(d, how->depends, "this page depends on '%.*s'", STR_ARG(name));
    if (!how->requirement.n) return;
    const Requirement *row = ir_requirement(ir, how->requirement);
    Str from = ir_integration_name(ir, row->integration);
    Str label = row->release.n ? ir_release_label(ir, row->release) : STR("");
    diag_note(d, row->span, "'%.*s'%s%.*s requires '%.*s' here", STR_ARG(from), label.len ? " " : "",
              STR_ARG(label), STR_ARG(name));
    LiveReleaseId live = run->live[row->release.n];
    if (row->release.n && live.n && ir_live_release(ir, live)->why != IR_LIVE_CHOSEN)
      note_live(run, d, ir_live_release(ir, live));
    id = row->integration;
  }
}

static void note_broken(const Liveness *run, Diag *d, const LiveReleases *broken) {
  for (size_t i = 0; i < broken->len && i < SHOWN; i++) note_live(run, d, broken->data[i]);
  if (broken->len > SHOWN) diag_note(d, SPAN_NONE, "and %zu more", broken->len - SHOWN);
}

/* Cures */

// What takes over when the chosen release fails may be less than was asked for: that is worth a word, but a
// page with something is better than one with nothing.
static void soften(Diag *d, const LiveReleases *broken) {
  for (size_t i = 0; i < broken->len; i++) {
    IrLiveWhy why = broken->data[i]->why;
    if (why != IR_LIVE_FALLBACK && why != IR_LIVE_USE_FALLBACK) return;
  }
  d->severity = DIAG_WARNING;
}

static void help_undo(const Liveness *run, Diag *d, const LiveRelease *row, const char *otherwise) {
  static const char *const cures[] = {
      [IR_LIVE_ROUTE] = "%s, or send what goes to '%.*s' elsewhere",
      [IR_LIVE_CANARY] = "%s, or roll out another release than '%.*s'",
      [IR_LIVE_FLAG] = "%s, or take the flag off '%.*s'",
      [IR_LIVE_PARALLEL] = "%s, or end the time in which '%.*s' runs too",
      [IR_LIVE_FALLBACK] = "%s, or take '%.*s' out of the fallback chain",
      [IR_LIVE_USE_PROVIDER] = "%s, or name another provider than that of '%.*s'",
      [IR_LIVE_OVERRIDE] = "%s, or take the override away that makes '%.*s' live",
      [IR_LIVE_USE_FALLBACK] = "%s, or leave '%.*s' out of the element's fallback chain",
  };
  Str label = ir_release_label(run->ir, row->release);
  bool library = ir_integration(run->ir, row->integration)->place != IR_PLACE_PROJECT;
  if (row->why == IR_LIVE_FALLBACK && library)
    diag_help(d, "%s, or give the element a chain of its own: data-integration-fallback=\"static\"",
              otherwise);
  else
    diag_help(d, cures[row->why], otherwise, STR_ARG(label));
}

// What the range could be, and what else; a fix for each where one is known.
static void propose(Liveness *run, Diag *d, const Origin *origin, const LiveReleases *broken,
                    const LiveRelease *cause) {
  Str wide = liveness_widen(run, d, origin, broken);
  const char *what = origin->kind == ORIGIN_PIN ? "pin" : "range";
  Str otherwise =
      str_printf(d->bag->arena, wide.len ? "widen the %s to '%.*s'" : "widen the %s", what, STR_ARG(wide));
  help_undo(run, d, cause, otherwise.data);
  liveness_unlink(run, d, cause);
}

static void label_excluded(const Liveness *run, Diag *d, Span span, const LiveReleases *broken,
                           const char *what) {
  Str first = version_of(run->ir, broken->data[0]->release);
  if (broken->len == 1)
    diag_label(d, span, "%s %.*s", what, STR_ARG(first));
  else
    diag_label(d, span, "%s %.*s and %zu more", what, STR_ARG(first), broken->len - 1);
}

/* By kind of constraint */

static const char *status_words(IrStatus status) {
  switch (status) {
    case IR_DEVELOPMENT:
      return "in development";
    case IR_TESTING:
      return "in testing";
    case IR_BETA:
      return "a beta";
    default:
      return "retired";
  }
}

void liveness_report_status(Liveness *run, const LiveRelease *row) {
  const Ir *ir = run->ir;
  const Release *release = ir_release(ir, row->release);
  Str label = ir_release_label(ir, row->release), name = ir_integration_name(ir, row->integration);
  bool ended = release->status == IR_STABLE || release->status == IR_DEPRECATED;  // nothing else is wrong
  Diag *d = diag_add(run->diags, ended ? FX4004 : FX4007, row->span,
                     ended ? "support for release '%.*s' of '%.*s' has ended, and it can become live"
                           : "release '%.*s' of '%.*s' is %s and may not become live here",
                     STR_ARG(label), STR_ARG(name), ended ? "" : status_words(release->status));
  diag_label(d, row->span, "%s",
             row->why == IR_LIVE_ROUTE      ? "calls are sent here"
             : row->why == IR_LIVE_CANARY   ? "rolled out here"
             : row->why == IR_LIVE_FLAG     ? "switched on by this flag"
             : row->why == IR_LIVE_OVERRIDE ? "the runtime overrides name it"
                                            : "falls back to it");
  diag_note(d, release->span, "'%.*s' is declared here", STR_ARG(label));
  replacement_note_end(d, release);
  Str next = ir_str(ir, release->replaced_by.sym);
  if (next.len) diag_help(d, "it is replaced by '%.*s'", STR_ARG(next));
  if (release->status == IR_DEVELOPMENT || release->status == IR_TESTING)
    diag_help(d, "releases in development and testing become live by a pin or a flag only");
  else if (release->status == IR_BETA)
    diag_help(d, "betas become live by a pin, a flag, a route or a canary only");
  else if (!next.len)
    diag_help(d, "name a release that is supported");
  liveness_unlink(run, d, row);
}

void liveness_report_use(Liveness *run, const Use *use, const LiveReleases *broken) {
  const Ir *ir = run->ir;
  const LiveRelease *first = broken->data[0];
  Str label = ir_release_label(ir, first->release), name = ir_integration_name(ir, use->integration);
  Diag *d = diag_add(run->diags, FX4007, use->range.span,
                     "release '%.*s' of '%.*s' can become live, but this page asks for '%.*s'",
                     STR_ARG(label), STR_ARG(name), STR_ARG(ir_str(ir, use->range.sym)));
  soften(d, broken);
  label_excluded(run, d, use->range.span, broken, "excludes");
  note_broken(run, d, broken);
  UseId id = {(uint32_t)(use - ir->uses.data) + 1};
  Origin origin = {.kind = ORIGIN_USE,
                   .target = use->integration,
                   .range = use->range.sym,
                   .span = use->range.span,
                   .use = id};
  propose(run, d, &origin, broken, first);
}

static void tell_requirement(Liveness *run, Diag *d, const Requirement *row, const LiveRelease *source,
                             const LiveReleases *broken) {
  bool conflict = row->kind == IR_CONFLICTS;
  Span span = d->span;
  label_excluded(run, d, span, broken, conflict ? "holds" : "excludes");
  if (source->why != IR_LIVE_CHOSEN) note_live(run, d, source);
  note_broken(run, d, broken);
  note_reached(run, d, row->integration);
  const LiveRelease *cause = source->why != IR_LIVE_CHOSEN ? source : broken->data[0];
  if (conflict) {
    help_undo(run, d, cause, "narrow the conflict");
    liveness_unlink(run, d, cause);
    return;
  }
  RequirementId id = {(uint32_t)(row - run->ir->requirements.data) + 1};
  Origin origin = {.kind = ORIGIN_REQUIREMENT,
                   .target = row->resolved,
                   .range = row->range.sym,
                   .span = span,
                   .requirement = id};
  propose(run, d, &origin, broken, cause);
}

void liveness_report_requirement(Liveness *run, const Requirement *row, const LiveRelease *source,
                                 const LiveReleases *broken) {
  const Ir *ir = run->ir;
  const LiveRelease *first = broken->data[0];
  const char *verb = row->kind == IR_CONFLICTS  ? "conflicts with"
                     : row->kind == IR_OPTIONAL ? "makes use of"
                                                : "requires";
  Str from = ir_integration_name(ir, row->integration), to = ir_integration_name(ir, row->resolved);
  Str mine = ir_release_label(ir, source->release), its = ir_release_label(ir, first->release);
  Str range = row->range.sym ? ir_str(ir, row->range.sym) : STR("*");
  Span span = span_exists(row->range.span) ? row->range.span : row->span;
  Diag *d;
  if (source->why == IR_LIVE_CHOSEN)
    d = diag_add(run->diags, FX4007, span, "release '%.*s' of '%.*s' can become live, but '%.*s' %s '%.*s'",
                 STR_ARG(its), STR_ARG(to), STR_ARG(from), verb, STR_ARG(range));
  else
    d = diag_add(run->diags, FX4007, span,
                 "release '%.*s' of '%.*s' can become live and %s '%.*s' '%.*s', but '%.*s' %s",
                 STR_ARG(mine), STR_ARG(from), verb, STR_ARG(to), STR_ARG(range), STR_ARG(its),
                 first->why != IR_LIVE_CHOSEN            ? "can be live beside it"
                 : run->reached[row->resolved.n].assumed ? "would be chosen"
                                                         : "is chosen");
  tell_requirement(run, d, row, source, broken);
}

void liveness_report_pin(Liveness *run, const Pin *pin, const LiveReleases *broken) {
  const Ir *ir = run->ir;
  Str label = ir_release_label(ir, broken->data[0]->release), name = ir_str(ir, pin->name);
  Span span = span_exists(pin->range.span) ? pin->range.span : pin->span;
  Diag *d = diag_add(run->diags, FX4007, span,
                     "release '%.*s' of '%.*s' can become live, but the project pins '%.*s'", STR_ARG(label),
                     STR_ARG(name), STR_ARG(ir_str(ir, pin->range.sym)));
  label_excluded(run, d, span, broken, "excludes");
  note_broken(run, d, broken);
  Origin origin = {.kind = ORIGIN_PIN,
                   .target = broken->data[0]->integration,
                   .range = pin->range.sym,
                   .span = span,
                   .pin = pin};
  propose(run, d, &origin, broken, broken->data[0]);
}

void liveness_report_setting(Liveness *run, const Setting *setting, const LiveReleases *broken) {
  const Ir *ir = run->ir;
  Str label = ir_release_label(ir, broken->data[0]->release), name = ir_str(ir, setting->name);
  Str environment = ir_str(ir, setting->environment), provider = ir_str(ir, setting->provider);
  Diag *d = diag_add(run->diags, FX4007, setting->span,
                     "release '%.*s' of '%.*s' can become live, but the environment '%.*s' asks for '%.*s'",
                     STR_ARG(label), STR_ARG(name), STR_ARG(environment), STR_ARG(provider));
  soften(d, broken);
  diag_label(d, setting->span, "another provider than that of '%.*s'", STR_ARG(label));
  note_broken(run, d, broken);
  help_undo(run, d, broken->data[0], "leave the provider to the manifest");
}
