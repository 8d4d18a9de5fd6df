/* FX2020. In: the fallback chain with its triggers. Out: kinds of failure that no link answers, links that
 * are never reached, triggers that name nothing. A chain without triggers answers all: the runtime ends each
 * with the concept's own markup. Chains that come back to a link are errors of their own (FX2011,
 * releases.c). */
#include <math.h>

#include "passes/failures.h"
#include "passes/near.h"
#include "passes/phrase.h"
#include "passes/resilience.h"

// A link takes over when its own trigger says so, else that of the release it names.
static IrText trigger_of(const Resilience *look, const Fallback *link) {
  if (link->trigger.sym || !link->release.n) return link->trigger;
  return ir_release(look->ir, link->release)->trigger;
}

static FailureSet answered_by(const Resilience *look, const Fallback *link) {
  IrText trigger = trigger_of(look, link);
  Str unknown;
  size_t offset;
  return trigger.sym ? failures_named(ir_str(look->ir, trigger.sym), &unknown, &offset) : ALL_FAILURES;
}

// A breaker that there is not never opens, and what has no timeout is unreachable in the end.
static FailureSet possible(const Resilience *look) {
  FailureSet set = ALL_FAILURES;
  if (isnan(look->limits.breaker_failures.number)) set &= ~(1u << FAILURE_BREAKER);
  if (isnan(look->limits.timeout.number)) set &= ~(1u << FAILURE_TIMEOUT);
  return set;
}

/* Triggers that name nothing */

// A word of the trigger; the whole of it where quotes are not the only difference between text and bytes.
static Span word_span(IrText trigger, Str text, size_t offset, size_t length) {
  size_t bytes = trigger.span.end - trigger.span.start;
  if (bytes != text.len && bytes != text.len + 2) return trigger.span;
  uint32_t at = (uint32_t)(offset + (bytes - text.len) / 2);
  return span_part(trigger.span, at, at + (uint32_t)length);
}

static bool check_trigger(const Resilience *look, IrText trigger) {
  Str unknown;
  size_t offset;
  Str text = ir_str(look->ir, trigger.sym);
  failures_named(text, &unknown, &offset);
  Str near = unknown.data ? failure_near(unknown) : STR_NONE;
  if (!near.data) return true;
  Span span = word_span(trigger, text, offset, unknown.len);
  Diag *d =
      diag_add(look->diags, FX2020, span,
               "no failure is called '%.*s', so that this link does not take over on it", STR_ARG(unknown));
  diag_label(d, span, "never the case");
  if (span.end - span.start == unknown.len)
    near_propose(d, span, near);
  else
    diag_help(d, "did you mean '%.*s'?", STR_ARG(near));
  return false;
}

static bool check_triggers(const Resilience *look) {
  bool good = true;
  IrRange chain = look->integration->fallbacks;
  for (uint32_t i = 0; i < chain.count; i++) {
    IrText trigger = trigger_of(look, ir_fallback_at(look->ir, chain, i));
    if (trigger.sym) good &= check_trigger(look, trigger);
  }
  return good;
}

/* Failures without an answer */

static Str failures_text(Arena *arena, FailureSet set) {
  Str words[FAILURE_COUNT];
  size_t count = 0;
  for (unsigned f = 0; f < FAILURE_COUNT; f++)
    if (set & 1u << f) words[count++] = str_printf(arena, "'%s'", failure_word((Failure)f));
  return phrase_list(arena, words, count, "and");
}

static void report_gap(const Resilience *look, const Fallback *last, FailureSet gap) {
  Str name = ir_str(look->ir, look->integration->name);
  IrText trigger = trigger_of(look, last);
  Span span = span_exists(trigger.span) ? trigger.span : last->span;
  Diag *d = diag_add(look->diags, FX2020, span, "the fallback chain of '%.*s' has no link for %.*s",
                     STR_ARG(name), STR_ARG(failures_text(look->diags->arena, gap)));
  diag_label(d, span, "takes over on nothing else");
  for (unsigned f = 0; f < FAILURE_COUNT; f++)
    if (gap & 1u << f)
      diag_note(d, SPAN_NONE, "%s: %s", failure_word((Failure)f), failure_sentence((Failure)f));
  diag_help(d, "%s: a link without a trigger, the concept's own markup, answers all that is left",
            look->fx ? "end the chain with '-> static'" : "end the chain with 'static'");
}

static void check_gaps(const Resilience *look) {
  IrRange chain = look->integration->fallbacks;
  FailureSet answered = 0;
  for (uint32_t i = 0; i < chain.count; i++) {
    const Fallback *link = ir_fallback_at(look->ir, chain, i);
    bool in_force = look->tried.len && link->release.n == look->tried.data[0].n;
    if (!in_force || chain.count == 1) answered |= answered_by(look, link);
  }
  FailureSet gap = possible(look) & ~answered;
  if (chain.count && gap) report_gap(look, ir_fallback_at(look->ir, chain, chain.count - 1), gap);
}

/* Links that are never reached */

static void report_unreached(const Resilience *look, const Fallback *link, const Fallback *end, bool alone) {
  Str name = ir_str(look->ir, link->name), word = ir_str(look->ir, end->name);
  Diag *d =
      diag_add(look->diags, FX2020, link->span, "'%.*s' never takes over: '%.*s' before it always answers",
               STR_ARG(name), STR_ARG(word));
  diag_label(d, link->span, "never reached");
  diag_note(d, end->span, "the concept's own markup, which can not fail");
  diag_help(d, "put '%.*s' last", STR_ARG(word));
  if (!alone || link->version.sym || link->trigger.sym) return;
  DiagFix *fix = diag_fix(d, DIAG_MAYBE, end->span, name, "put '%.*s' last", STR_ARG(word));
  diag_fix_edit(d, fix, link->span, word);
}

static void check_order(const Resilience *look) {
  IrRange chain = look->integration->fallbacks;
  const Fallback *end = NULL;
  for (uint32_t i = 0; i < chain.count; i++) {
    const Fallback *link = ir_fallback_at(look->ir, chain, i);
    bool alone = end && ir_fallback_at(look->ir, chain, chain.count - 2) == end;
    if (end && link->kind != IR_FALLBACK_STATIC) report_unreached(look, link, end, alone);
    if (!end && resilience_ends_chain(link)) end = link;
  }
}

static void report_same(const Resilience *look, const Fallback *link, const Fallback *before) {
  const Ir *ir = look->ir;
  Str name = ir_str(ir, link->name), version = ir_str(ir, link->version.sym);
  Str label = ir_release_label(ir, link->release);
  Diag *d = diag_add(look->diags, FX2020, link->span,
                     "'%.*s'%s%.*s never takes over: it is the release '%.*s', which comes earlier",
                     STR_ARG(name), version.len ? " " : "", STR_ARG(version), STR_ARG(label));
  diag_label(d, link->span, "never reached");
  diag_note(d, before->span, "'%.*s' is the same release", STR_ARG(ir_str(ir, before->name)));
  if (version.len && link->kind == IR_FALLBACK_PROVIDER)
    diag_help(d, "take the link out, or add a release of '%.*s' with that version", STR_ARG(name));
  else
    diag_help(d, "take one of the two out, or name another release by its label");
}

// A provider stands for its newest release, and for that too where no release has the version (releases.c).
// What comes twice by one name is a loop and was reported.
static void check_aliases(const Resilience *look) {
  const Ir *ir = look->ir;
  IrRange chain = look->integration->fallbacks, releases = look->integration->releases;
  const Fallback **first = arena_array(look->diags->arena, const Fallback *, releases.count + 1);
  for (uint32_t i = 0; i < chain.count; i++) {
    const Fallback *link = ir_fallback_at(ir, chain, i);
    bool malformed = span_exists(link->version.span) && !link->version.sym;
    if (!link->release.n || malformed) continue;
    const Fallback **before = &first[link->release.n - releases.first];
    bool versioned =
        link->kind == IR_FALLBACK_PROVIDER && *before && (*before)->version.sym != link->version.sym;
    bool loop = *before && (*before)->name == link->name && !versioned;
    bool new_failures = *before && (answered_by(look, link) & ~answered_by(look, *before));
    if (*before && !loop && !new_failures) report_same(look, link, *before);
    if (!*before) *before = link;
  }
}

void resilience_check_chain(const Resilience *look) {
  if (check_triggers(look)) check_gaps(look);
  check_order(look);
  check_aliases(look);
}
