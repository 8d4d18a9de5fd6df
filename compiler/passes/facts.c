/* In: rules and their origins. Out: facts, and what each says. What surprises: rules that differ only in the
 * release that says it become one fact, so that ten releases with the same requirement take one sentence. */
#include "passes/facts.h"

#include "passes/phrase.h"

/* Collecting */

static bool same_set(const Constraints *c, uint32_t package, SolveSet a, SolveSet b) {
  if (!a || !b) return a == b;
  return memcmp(a, b, solve_set_words(c->problem.candidates[package]) * sizeof *a) == 0;
}

static IrRequirementKind kind_of(const Constraints *c, const Origin *origin) {
  return ir_requirement(c->ir, origin->requirement)->kind;
}

static bool says_the_same(const Constraints *c, const Fact *fact, const SolveRule *rule,
                          const Origin *origin) {
  const Origin *first = fact->origin;
  if (origin->kind != ORIGIN_REQUIREMENT || first->kind != ORIGIN_REQUIREMENT) return false;
  if (!rule->when || !fact->rule.when) return false;
  if (first->requirement.n == origin->requirement.n)  // also said for a page that names its provider
    return same_set(c, rule->to, fact->rule.allowed, rule->allowed);
  if (origin->use.n || first->use.n) return false;
  return fact->rule.from == rule->from && fact->rule.to == rule->to && first->range == origin->range &&
         kind_of(c, first) == kind_of(c, origin) && same_set(c, rule->to, fact->rule.allowed, rule->allowed);
}

static SolveSet joined(const Facts *facts, uint32_t package, SolveSet a, SolveSet b) {
  uint32_t words = solve_set_words(facts->constraints->problem.candidates[package]);
  uint64_t *set = arena_array(facts->arena, uint64_t, words);
  for (uint32_t i = 0; i < words; i++) set[i] = a[i] | b[i];
  return set;
}

static void add_rule(Facts *facts, uint32_t index, bool relaxed) {
  const Constraints *c = facts->constraints;
  SolveRule copy = c->problem.rules.data[index], *rule = &copy;
  if (relaxed) rule->allowed = NULL;
  const Origin *origin = &c->origins.data[index];
  Fact *fact = NULL;
  for (size_t i = 0; i < facts->list.len && !fact; i++)
    if (says_the_same(c, &facts->list.data[i], rule, origin)) fact = &facts->list.data[i];
  if (fact) {
    fact->rule.when = joined(facts, rule->from, fact->rule.when, rule->when);
  } else {
    vec_push(facts->arena, &facts->list, (Fact){.rule = *rule, .origin = origin});
    fact = &vec_last(&facts->list);
    fact->rule.off = false;
  }
  vec_push(facts->arena, &fact->origins, index);
}

void facts_collect(Facts *facts, const Constraints *constraints, const bool *core, const bool *relaxed,
                   Arena *arena) {
  *facts = (Facts){.constraints = constraints, .arena = arena};
  for (uint32_t i = 0; i < constraints->origins.len; i++)
    if (core[i]) add_rule(facts, i, relaxed && relaxed[i]);
}

bool facts_is_empty(const Facts *facts, const Fact *fact) {
  uint32_t count = facts->constraints->problem.candidates[fact->rule.to];
  for (uint32_t i = 0; fact->rule.allowed && i < count; i++)
    if (solve_set_has(fact->rule.allowed, i)) return false;
  return fact->rule.allowed || count == 0;
}

bool facts_restricts(const Facts *facts, const Fact *fact) {
  return fact->rule.allowed || !facts->constraints->problem.candidates[fact->rule.to];
}

IrPlaceKind facts_place(const Facts *facts, const Fact *fact) {
  const Ir *ir = facts->constraints->ir;
  if (fact->origin->kind != ORIGIN_REQUIREMENT) return IR_PLACE_PROJECT;
  return ir_integration(ir, ir_requirement(ir, fact->origin->requirement)->integration)->place;
}

/* Wording */

static Str page_of(const Facts *facts, const Origin *origin) {
  const Ir *ir = facts->constraints->ir;
  PageId page = ir_use(ir, origin->use)->page;
  return page.n == facts->page.n ? STR("this page") : ir_str(ir, ir_page(ir, page)->path);
}

static Str behind(Arena *arena, const char *before, Str text) {
  return text.len ? str_printf(arena, "%s%.*s", before, STR_ARG(text)) : STR("");
}

static Str text_of_use(const Facts *facts, const Origin *origin, Str target) {
  const Ir *ir = facts->constraints->ir;
  Str page = page_of(facts, origin), provider = str_trim(ir_str(ir, ir_use(ir, origin->use)->provider.sym));
  if (provider.len && !ir_provider_release(ir, origin->target, provider).n) provider = STR("");  // reported
  Str range = ir_str(ir, origin->range);
  if (!target.len && !range.len) range = STR("any release");
  Str about = target.len ? str_printf(facts->arena, " '%.*s'", STR_ARG(target)) : STR("");
  return str_printf(facts->arena, "%.*s asks for%.*s%.*s%.*s", STR_ARG(page), STR_ARG(about),
                    STR_ARG(behind(facts->arena, " ", range)),
                    STR_ARG(behind(facts->arena, " of provider ", provider)));
}

static const char *verb_of(const Facts *facts, const Origin *origin) {
  static const char *const verbs[] = {"requires", "works only with", "conflicts with"};
  return verbs[kind_of(facts->constraints, origin)];
}

static Str text_of_requirement(const Facts *facts, const Origin *origin, Str who, Str target) {
  const Ir *ir = facts->constraints->ir;
  return str_printf(facts->arena, "%.*s %s '%.*s'%.*s", STR_ARG(who), verb_of(facts, origin), STR_ARG(target),
                    STR_ARG(behind(facts->arena, " ", ir_str(ir, origin->range))));
}

// "'maps' v3", or "'maps'" where all releases say it.
static Str who_says(const Facts *facts, const Origin *origin) {
  const Ir *ir = facts->constraints->ir;
  const Requirement *row = ir_requirement(ir, origin->requirement);
  Str name = ir_integration_name(ir, row->integration);
  Str label = row->release.n ? ir_release_label(ir, row->release) : STR("");
  return str_printf(facts->arena, "'%.*s'%.*s", STR_ARG(name), STR_ARG(behind(facts->arena, " ", label)));
}

static Str text_of_setting(const Facts *facts, const Origin *origin, Str target) {
  const Ir *ir = facts->constraints->ir;
  const Setting *setting = origin->setting;
  Str environment = ir_str(ir, setting->environment);
  if (setting->kind == IR_CHOOSE_PROVIDER)
    return str_printf(facts->arena, "the environment '%.*s' takes provider '%.*s' for '%.*s'",
                      STR_ARG(environment), STR_ARG(ir_str(ir, setting->provider)), STR_ARG(target));
  return str_printf(facts->arena, "the environment '%.*s' switches '%.*s' on, for '%.*s'",
                    STR_ARG(environment), STR_ARG(ir_str(ir, setting->name)), STR_ARG(target));
}

static Str text_of(const Facts *facts, const Origin *origin, Str who) {
  const Ir *ir = facts->constraints->ir;
  Arena *arena = facts->arena;
  Str target = ir_integration_name(ir, origin->target), range = ir_str(ir, origin->range);
  switch (origin->kind) {
    case ORIGIN_USE:
      return text_of_use(facts, origin, target);
    case ORIGIN_DEPENDS:
      return str_printf(arena, "%.*s depends on '%.*s'", STR_ARG(page_of(facts, origin)), STR_ARG(target));
    case ORIGIN_REQUIREMENT:
      return text_of_requirement(facts, origin, who, target);
    case ORIGIN_PIN:
      return str_printf(arena, "the project pins '%.*s' to %.*s", STR_ARG(target), STR_ARG(range));
    case ORIGIN_RESULT:
      return str_printf(arena, "the validation chose '%.*s' %.*s", STR_ARG(target),
                        STR_ARG(ir_str(ir, origin->pin->label)));
    case ORIGIN_ENVIRONMENT:
      return text_of_setting(facts, origin, target);
  }
  return STR("");
}

static Str origin_text(const Facts *facts, const Origin *origin) {
  Str who = origin->kind == ORIGIN_REQUIREMENT ? who_says(facts, origin) : STR("");
  return text_of(facts, origin, who);
}

Str facts_label(const Facts *facts, const Origin *origin) {
  Facts here = *facts;
  if (origin->use.n) here.page = ir_use(facts->constraints->ir, origin->use)->page;
  return origin_text(&here, origin);
}

Str facts_origin_short(const Facts *facts, const Origin *origin) {
  Str range = ir_str(facts->constraints->ir, origin->range);
  if (origin->kind == ORIGIN_USE) return text_of_use(facts, origin, STR(""));
  if (origin->kind == ORIGIN_PIN)
    return str_printf(facts->arena, "the project pins it to %.*s", STR_ARG(range));
  if (origin->kind != ORIGIN_REQUIREMENT || !range.len) return origin_text(facts, origin);
  return str_printf(facts->arena, "%.*s %s %.*s", STR_ARG(who_says(facts, origin)), verb_of(facts, origin),
                    STR_ARG(range));
}

static bool is_of_one_requirement(const Facts *facts, const Fact *fact) {
  for (size_t i = 1; i < fact->origins.len; i++) {
    const Origin *origin = &facts->constraints->origins.data[fact->origins.data[i]];
    if (origin->requirement.n != fact->origin->requirement.n) return false;
  }
  return true;
}

Str facts_text(const Facts *facts, const Fact *fact) {
  if (is_of_one_requirement(facts, fact)) return origin_text(facts, fact->origin);
  return text_of(facts, fact->origin, phrase_set(facts, fact->rule.from, fact->rule.when, PHRASE_SUBJECT));
}
