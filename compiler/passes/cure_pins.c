/* In: a conflict. Out: pins that let in a release that is not chosen by itself (beta, testing, development).
 */
#include "passes/cure_search.h"

enum { PINS_TRIED = 4 };

static bool pin_helps(const Constraints *c, ReleaseId id) {
  IrStatus status = ir_release(c->ir, id)->status;
  return constraints_candidate(c, id) == SOLVE_NONE && status != IR_RETIRED &&
         ir_release(c->ir, id)->version.valid;
}

static void cure_by_pin(CureSearch *s, ReleaseId id) {
  const Constraints *c = s->conflicts->constraints;
  const Release *release = ir_release(c->ir, id);
  Version version = ir_version(c->ir, &release->version);
  Str name = ir_integration_name(c->ir, release->integration), range = version_text(c->arena, &version);
  const Pin *old = c->pins[package_of(release->integration)];
  if (old && old->label) return;
  Cure cure = {.what =
                   str_printf(c->arena, "the project can pin '%.*s' to %.*s", STR_ARG(name), STR_ARG(range))};
  Origin origin = {
      .kind = ORIGIN_PIN, .target = release->integration, .range = old ? old->range.sym : 0, .pin = old};
  vec_push(c->arena, &cure.changes, (Change){.origin = origin, .range = ir_sym(c->ir, range)});
  Trial trial;
  if (!cure_works(s, &trial, &cure.changes)) return;
  bool chosen = trial_release(&trial, release->integration).n == id.n;
  if (chosen) cure.then = cure_then(s, &trial, release->integration);
  trial_end(&trial);
  if (chosen) cure_keep(s, cure);
}

static void pin_one(CureSearch *s, IntegrationId integration) {
  const Constraints *c = s->conflicts->constraints;
  IrRange releases = ir_integration(c->ir, integration)->releases;
  size_t tried = 0;
  for (uint32_t i = releases.count; i-- > 0 && s->found < CURES && tried < PINS_TRIED;) {
    ReleaseId id = {releases.first + i};
    if (pin_helps(c, id)) tried++, cure_by_pin(s, id);
  }
}

void cure_by_pins(CureSearch *s) {
  for (size_t i = 0; i < s->facts->list.len && s->found < CURES; i++) {
    const Fact *fact = &s->facts->list.data[i];
    bool again = !facts_restricts(s->facts, fact);
    for (size_t n = 0; n < i && !again; n++)
      again = facts_restricts(s->facts, &s->facts->list.data[n]) &&
              s->facts->list.data[n].rule.to == fact->rule.to;
    if (!again) pin_one(s, fact->origin->target);
  }
}
