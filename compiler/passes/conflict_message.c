/* In: facts that exclude each other. Out: which of them a person reads first: what the contested integration
 * is asked for from each side, and the place to start at. What surprises: releases of one integration that
 * ask for different things are one side, since only one of them is chosen. */
#include "passes/conflict.h"
#include "passes/cure_edit.h"
#include "passes/phrase.h"

enum { SIDES_NAMED = 3, LABELS = 40 };

static const Ir *ir_of(const Facts *facts) { return facts->constraints->ir; }

// How unlikely it is that a person changes this fact.
static int rank_of(const Facts *facts, const Fact *fact) {
  switch (fact->origin->kind) {
    case ORIGIN_USE:
      return fact->origin->range ? 0 : 5;
    case ORIGIN_PIN:
      return 1;
    case ORIGIN_REQUIREMENT:
      return facts_place(facts, fact) == IR_PLACE_PROJECT ? 2 : 8;
    case ORIGIN_ENVIRONMENT:
      return 3;
    case ORIGIN_DEPENDS:
      return 6;
    case ORIGIN_RESULT:
      return 7;
  }
  return 9;
}

// The best candidate that a fact allows.
static uint32_t best_of(const Facts *facts, const Fact *fact) {
  uint32_t count = facts->constraints->problem.candidates[fact->rule.to], best = 0;
  while (fact->rule.allowed && best < count && !solve_set_has(fact->rule.allowed, best)) best++;
  return best;
}

// Of two pages, the one that holds back the better release.
static bool comes_before(const Facts *facts, const Fact *a, const Fact *b) {
  int x = rank_of(facts, a), y = rank_of(facts, b);
  if (x != y) return x < y;
  uint32_t best = best_of(facts, a), other = best_of(facts, b);
  if (a->rule.to == b->rule.to && best != other) return best > other;
  return span_cmp(a->origin->span, b->origin->span) < 0;
}

/* Sides */

// Facts about one package that hold together: those of one integration's releases, or a single one.
typedef struct Side {
  const Fact *first;  // the most likely to be changed
  uint32_t count;
  uint64_t *allowed, *when;
} Side;

typedef VEC(Side) Sides;

static Side *side_of(Sides *sides, const Fact *fact) {
  for (size_t i = 0; i < sides->len && fact->rule.from != SOLVE_NONE; i++)
    if (sides->data[i].first->rule.from == fact->rule.from) return &sides->data[i];
  return NULL;
}

static void join(uint64_t *into, SolveSet set, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (!set || solve_set_has(set, i)) into[i / 64] |= UINT64_C(1) << i % 64;
}

static void add_to_sides(const Facts *facts, Sides *sides, const Fact *fact) {
  const uint32_t *candidates = facts->constraints->problem.candidates;
  uint32_t from = fact->rule.from, to = fact->rule.to, sources = from == SOLVE_NONE ? 0 : candidates[from];
  Side *side = side_of(sides, fact);
  if (!side) {
    Side fresh = {.first = fact,
                  .allowed = arena_array(facts->arena, uint64_t, solve_set_words(candidates[to])),
                  .when = arena_array(facts->arena, uint64_t, solve_set_words(sources))};
    vec_push(facts->arena, sides, fresh);
    side = &vec_last(sides);
  } else if (comes_before(facts, fact, side->first)) {
    side->first = fact;
  }
  side->count++;
  join(side->allowed, fact->rule.allowed, candidates[to]);
  join(side->when, fact->rule.when, sources);
}

static Sides sides_about(const Facts *facts, uint32_t package, bool restricting) {
  Sides sides = {0};
  for (size_t i = 0; i < facts->list.len; i++) {
    const Fact *fact = &facts->list.data[i];
    if (fact->rule.to == package && facts_restricts(facts, fact) == restricting)
      add_to_sides(facts, &sides, fact);
  }
  return sides;
}

static bool exclude_each_other(const Facts *facts, uint32_t package, const Sides *sides) {
  for (uint32_t i = 0; i < facts->constraints->problem.candidates[package]; i++) {
    bool fits = true;
    for (size_t n = 0; n < sides->len && fits; n++) fits = solve_set_has(sides->data[n].allowed, i);
    if (fits) return false;
  }
  return true;
}

static const Fact *first_of(const Facts *facts, const Sides *sides) {
  const Fact *first = NULL;
  for (size_t i = 0; i < sides->len; i++)
    if (!first || comes_before(facts, sides->data[i].first, first)) first = sides->data[i].first;
  return first;
}

Contest conflict_contest(const Facts *facts) {
  Contest best = {SOLVE_NONE, NULL}, other = {facts->list.data[0].rule.to, &facts->list.data[0]};
  for (size_t i = 0; i < facts->list.len; i++) {
    const Fact *fact = &facts->list.data[i];
    if (!facts_restricts(facts, fact)) continue;
    if (!facts_restricts(facts, other.primary) || comes_before(facts, fact, other.primary))
      other = (Contest){fact->rule.to, fact};
    Sides sides = sides_about(facts, fact->rule.to, true);
    if (fact->rule.to == best.package || !exclude_each_other(facts, fact->rule.to, &sides)) continue;
    const Fact *first = first_of(facts, &sides);
    if (!best.primary || comes_before(facts, first, best.primary)) best = (Contest){fact->rule.to, first};
  }
  return best.primary ? best : other;
}

/* The message */

static bool is_nothing(SolveSet set, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (solve_set_has(set, i)) return false;
  return true;
}

static Str text_of_side(const Facts *facts, const Side *side, uint32_t package) {
  Arena *arena = facts->arena;
  if (side->count == 1) return facts_text(facts, side->first);
  Str who = phrase_set(facts, side->first->rule.from, side->when, PHRASE_SUBJECT);
  Str name = ir_integration_name(ir_of(facts), integration_of(package));
  uint32_t count = facts->constraints->problem.candidates[package];
  if (!count)
    return str_printf(arena, "%.*s requires '%.*s', of which no release may be chosen", STR_ARG(who),
                      STR_ARG(name));
  if (is_nothing(side->allowed, count))
    return str_printf(arena, "%.*s requires releases of '%.*s' that cannot be chosen", STR_ARG(who),
                      STR_ARG(name));
  Str what = phrase_set(facts, package, side->allowed, PHRASE_OBJECT);
  return str_printf(arena, "%.*s requires %.*s", STR_ARG(who), STR_ARG(what));
}

static bool is_of_this_page(const Facts *facts, const Fact *fact) {
  const Origin *origin = fact->origin;
  return origin->kind == ORIGIN_USE && ir_use(ir_of(facts), origin->use)->page.n == facts->page.n;
}

// What comes behind "but": not said twice what it is about, nor who says it.
static Str last_side(const Facts *facts, const Sides *sides, const Side *side, uint32_t package) {
  bool whole = side->count > 1 || side->first->origins.len > 1;
  if (whole) return text_of_side(facts, side, package);
  Str text = facts_origin_short(facts, side->first->origin), page = STR("this page asks ");
  bool again = sides->len == 2 && is_of_this_page(facts, sides->data[0].first) &&
               is_of_this_page(facts, sides->data[1].first) && str_starts(text, page);
  return again ? str_printf(facts->arena, "also %.*s", STR_ARG(str_skip(text, page.len))) : text;
}

// "A, but B" of a side that leaves nothing and of what needs the integration nevertheless.
static Str against_need(const Facts *facts, const Side *side, uint32_t package) {
  Str text = text_of_side(facts, side, package);
  Sides needs = sides_about(facts, package, false);
  const Fact *need = first_of(facts, &needs);
  if (!need) return text;
  return str_printf(facts->arena, "%.*s, but %.*s", STR_ARG(text), STR_ARG(facts_text(facts, need)));
}

Str conflict_message(const Facts *facts, const Contest *contest) {
  Arena *arena = facts->arena;
  uint32_t package = contest->package;
  Sides sides = sides_about(facts, package, true);
  bool clear = exclude_each_other(facts, package, &sides);
  if (clear && sides.len == 1) return against_need(facts, &sides.data[0], package);
  Str name = ir_integration_name(ir_of(facts), integration_of(package)), texts[SIDES_NAMED];
  if (!clear || sides.len > SIDES_NAMED)
    return str_printf(arena, "no choice of releases satisfies all that is asked of '%.*s'", STR_ARG(name));
  size_t count = 0;
  const Side *last = NULL;
  for (size_t i = 0; i < sides.len; i++) {
    if (sides.data[i].first == contest->primary)
      last = &sides.data[i];
    else
      texts[count++] = text_of_side(facts, &sides.data[i], package);
  }
  Str others = phrase_list(arena, texts, count, "and");
  return str_printf(arena, "%.*s, but %.*s", STR_ARG(others),
                    STR_ARG(last_side(facts, &sides, last, package)));
}

/* The places */

static bool is_labelled(const Diag *diag, Span span, Str text) {
  for (size_t i = 0; i < diag->labels.len; i++) {
    const DiagPlace *label = &diag->labels.data[i];
    if (span_cmp(label->span, span) == 0 && str_eq(label->text, text)) return true;
  }
  return false;
}

// What a release requires counts beside another release, where a page names its provider.
static void label_provider(const Facts *facts, Diag *diag, const Origin *origin) {
  const Ir *ir = ir_of(facts);
  if (origin->kind != ORIGIN_REQUIREMENT || !origin->use.n) return;
  const Use *use = ir_use(ir, origin->use);
  Origin said = {.kind = ORIGIN_USE, .target = use->integration, .range = use->range.sym, .use = origin->use};
  Str text = facts_label(facts, &said);
  Span span = span_exists(use->provider.span) ? use->provider.span : use->name_span;
  if (!is_labelled(diag, span, text)) diag_label(diag, span, "%.*s", STR_ARG(text));
}

// What many pages say is one fact; a label stands at the first of them.
static void note_pages(const Facts *facts, Diag *diag, const Origin *origin) {
  const Ir *ir = ir_of(facts);
  size_t pages = origin->kind == ORIGIN_USE ? cure_pages(ir, origin->use) : 1;
  if (pages < 2) return;
  Str name = ir_integration_name(ir, origin->target), range = ir_str(ir, origin->range);
  diag_note(diag, SPAN_NONE, "%zu pages ask for '%.*s'%s%.*s", pages, STR_ARG(name), range.len ? " " : "",
            STR_ARG(range));
}

void conflict_label(const Facts *facts, Diag *diag) {
  size_t left_out = 0;
  for (size_t i = 0; i < facts->list.len; i++) {
    const Fact *fact = &facts->list.data[i];
    for (size_t n = 0; n < fact->origins.len; n++) {
      const Origin *origin = &facts->constraints->origins.data[fact->origins.data[n]];
      Str text = facts_label(facts, origin);
      label_provider(facts, diag, origin);
      if (is_labelled(diag, origin->span, text)) continue;
      if (diag->labels.len < LABELS || fact->origins.len == 1)
        diag_label(diag, origin->span, "%.*s", STR_ARG(text));
      else
        left_out++;
    }
  }
  for (size_t i = 0; i < facts->list.len; i++) note_pages(facts, diag, facts->list.data[i].origin);
  if (left_out) diag_note(diag, SPAN_NONE, "and %zu more releases that say the same", left_out);
}
