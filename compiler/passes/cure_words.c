/* In: a cure. Out: its words: what a person can do, what is then chosen, and the title of the fix. */
#include "passes/cure_search.h"
#include "passes/phrase.h"

enum { RELEASES_NAMED = 4 };

static const Constraints *rules_of(const CureSearch *s) { return s->conflicts->constraints; }
static Arena *arena_of(const CureSearch *s) { return s->conflicts->constraints->arena; }

static Str pages_that(const CureSearch *s, const Origin *origin) {
  const Ir *ir = rules_of(s)->ir;
  size_t pages = cure_pages(ir, origin->use);
  PageId page = ir_use(ir, origin->use)->page;
  if (pages > 1) return str_printf(arena_of(s), "%zu pages", pages);
  if (s->tell_lines)
    return str_printf(arena_of(s), "%.*s:%u", STR_ARG(ir_str(ir, ir_page(ir, page)->path)),
                      ir_use(ir, origin->use)->line);
  return page.n == s->facts->page.n ? STR("this page") : ir_str(ir, ir_page(ir, page)->path);
}

Str cure_what(const CureSearch *s, const Fact *fact, Str range) {
  const Ir *ir = rules_of(s)->ir;
  const Origin *origin = fact->origin;
  Str name = ir_integration_name(ir, origin->target);
  if (origin->kind == ORIGIN_USE)
    return str_printf(arena_of(s), "%.*s can ask for '%.*s' %.*s", STR_ARG(pages_that(s, origin)),
                      STR_ARG(name), STR_ARG(range));
  if (origin->kind == ORIGIN_PIN)
    return str_printf(arena_of(s), "the project can pin '%.*s' to %.*s", STR_ARG(name), STR_ARG(range));
  const Requirement *row = ir_requirement(ir, origin->requirement);
  SolveSet when = row->release.n ? fact->rule.when : NULL;
  return str_printf(arena_of(s), "%.*s can %s '%.*s' %.*s",
                    STR_ARG(phrase_set(s->facts, fact->rule.from, when, PHRASE_SUBJECT)),
                    row->kind == IR_REQUIRES ? "require" : "work with", STR_ARG(name), STR_ARG(range));
}

Str cure_without(const CureSearch *s, const Fact *fact) {
  const Ir *ir = rules_of(s)->ir;
  const Requirement *row = ir_requirement(ir, fact->origin->requirement);
  SolveSet when = row->release.n ? fact->rule.when : NULL;
  Str range = ir_str(ir, fact->origin->range), name = ir_integration_name(ir, fact->origin->target);
  return str_printf(arena_of(s), "%.*s can do without the conflict with '%.*s'%s%.*s",
                    STR_ARG(phrase_set(s->facts, fact->rule.from, when, PHRASE_SUBJECT)), STR_ARG(name),
                    range.len ? " " : "", STR_ARG(range));
}

// The releases that are chosen then, of the integrations that the conflict is about.
Str cure_then(const CureSearch *s, const Trial *trial, IntegrationId first) {
  Arena *arena = arena_of(s);
  const Ir *ir = rules_of(s)->ir;
  Str names[RELEASES_NAMED];
  uint32_t named[RELEASES_NAMED] = {0};
  size_t count = 0;
  for (size_t i = 0; i < 2 * s->facts->list.len + 1 && count < RELEASES_NAMED; i++) {
    const SolveRule *rule = i ? &s->facts->list.data[(i - 1) / 2].rule : NULL;
    uint32_t package = !rule ? package_of(first) : i % 2 ? rule->to : rule->from;
    bool seen = package == SOLVE_NONE;
    for (size_t n = 0; n < count && !seen; n++) seen = named[n] == package;
    if (seen) continue;
    ReleaseId release = trial_release(trial, integration_of(package));
    if (!release.n) continue;
    named[count] = package;
    names[count++] = phrase_named_release(ir, arena, release);
  }
  if (!count) return STR("everything can be chosen");
  return str_printf(arena, "%.*s %s chosen", STR_ARG(phrase_list(arena, names, count, "and")),
                    count == 1 ? "is" : "are");
}

static Span place_of(const Change *change) {
  return change->origin.kind == ORIGIN_PIN && change->origin.pin ? change->origin.pin->range.span
                                                                 : change->origin.span;
}

static bool is_said_before(const Changes *changes, size_t i) {
  const Change *change = &changes->data[i];
  for (size_t n = 0; n < i; n++) {
    const Change *other = &changes->data[n];
    if (other->range == change->range && other->origin.range == change->origin.range &&
        place_of(other).source == place_of(change).source)
      return true;
  }
  return false;
}

// "replace '^1' with '^3' in a.html and '^2' with '^3' in b.html"
static Str titles_of(const CureSearch *s, const Cure *cure) {
  const Ir *ir = rules_of(s)->ir;
  Str *texts = arena_array(arena_of(s), Str, cure->changes.len + 1);
  size_t count = 0;
  for (size_t i = 0; i < cure->changes.len; i++) {
    const Change *change = &cure->changes.data[i];
    if (is_said_before(&cure->changes, i)) continue;
    texts[count++] = str_printf(arena_of(s), "'%.*s' with '%.*s' in %.*s",
                                STR_ARG(ir_str(ir, change->origin.range)), STR_ARG(ir_str(ir, change->range)),
                                STR_ARG(source_root_path(ir->sources, place_of(change).source)));
  }
  Str list = phrase_list(arena_of(s), texts, count, "and");
  return str_printf(arena_of(s), "replace %.*s", STR_ARG(list));
}

Str cure_title(const CureSearch *s, const Cure *cure) {
  const Ir *ir = rules_of(s)->ir;
  const Change *change = &cure->changes.data[0];
  if (change->origin.kind != ORIGIN_PIN || change->origin.pin) return titles_of(s, cure);
  Str file = source_root_path(ir->sources, cure->edits.data[0].span.source);
  Str range = ir_str(ir, change->range), name = ir_integration_name(ir, change->origin.target);
  return str_printf(arena_of(s), "pin '%.*s' to '%.*s' in %.*s", STR_ARG(name), STR_ARG(range),
                    STR_ARG(file));
}
