/* The survey. In: uses, integrations, decisions, diagnostics. Out: an entry a name, sorted.
 *
 * A diagnostic belongs to the manifest it lies in, or to the uses of the element it lies in on a page. */
#include "emit/survey.h"

#include <stdlib.h>

static bool inside(Span inner, Span outer) {
  return inner.source == outer.source && inner.start >= outer.start && inner.end <= outer.end && span_exists(outer);
}

static int by_name(const void *a, const void *b) {
  const Str *x = *(const Str *const *)a, *y = *(const Str *const *)b;
  return str_cmp(*x, *y);
}

typedef struct Naming {
  Survey *survey;
  StrMap index;  // of unsorted names
  VEC(SurveyEntry) list;
} Naming;

static SurveyEntry *entry_for(Naming *naming, Sym name) {
  const Survey *survey = naming->survey;
  bool added;
  uint32_t *index = strmap_put(survey->arena, &naming->index, ir_str(survey->ir, name), &added);
  if (added) {
    *index = (uint32_t)naming->list.len;
    IntegrationId id = ir_find_integration(survey->ir, ir_str(survey->ir, name));
    vec_push(survey->arena, &naming->list, (SurveyEntry){.name = name, .integration = id});
  }
  return &naming->list.data[*index];
}

static void name_all(Naming *naming) {
  const Ir *ir = naming->survey->ir;
  for (uint32_t n = 1; n <= ir->uses.len; n++) {
    const Use *use = ir_use(ir, (UseId){n});
    SurveyEntry *entry = entry_for(naming, use->name);
    entry->linked = true;
    if (use->by_dependency) continue;
    entry->required |= use->required;
    uint32_t place = places_add(&naming->survey->places, use->name_span);
    vec_push(naming->survey->arena, &entry->uses, (SurveyUse){{n}, place});
  }
  for (size_t i = 0; i < ir->integrations.len; i++) {
    const Integration *integration = &ir->integrations.data[i];
    if (!integration->shadowed && integration->place == IR_PLACE_PROJECT) entry_for(naming, integration->name);
  }
  for (size_t i = 0; i < ir->missings.len; i++) entry_for(naming, ir->missings.data[i].name);
}

static void sort_entries(Naming *naming) {
  Survey *survey = naming->survey;
  size_t n = naming->list.len;
  Str *names = arena_array(survey->arena, Str, n + 1);
  const Str **order = arena_array(survey->arena, const Str *, n + 1);
  for (size_t i = 0; i < n; i++) {
    names[i] = ir_str(survey->ir, naming->list.data[i].name);
    order[i] = &names[i];
  }
  if (n) qsort(order, n, sizeof *order, by_name);
  survey->entries = arena_array(survey->arena, SurveyEntry, n + 1);
  survey->count = n;
  for (size_t i = 0; i < n; i++) {
    survey->entries[i] = naming->list.data[order[i] - names];
    IntegrationId id = survey->entries[i].integration;
    if (id.n) survey->entries[i].manifest_place = places_add(&survey->places, ir_integration(survey->ir, id)->span);
    *strmap_find(&naming->index, *order[i]) = (uint32_t)i;  // from here on: of sorted entries
  }
}

/* Errors */

static void add_code(Naming *naming, Sym name, DiagCode code) {
  uint32_t *index = strmap_find(&naming->index, ir_str(naming->survey->ir, name));
  if (!index) return;
  SurveyEntry *entry = &naming->survey->entries[*index];
  for (size_t i = 0; i < entry->codes.len; i++)
    if (entry->codes.data[i] == code) return;
  vec_push(naming->survey->arena, &entry->codes, code);
}

// Rows of a file: which integrations or which page a source holds.
typedef struct Owners {
  uint32_t *page;         // by SourceId: PageId.n
  uint32_t *integration;  // by SourceId: the first IntegrationId.n of the file
  uint32_t *next;         // by IntegrationId.n: the next of the same file
  size_t sources;
} Owners;

static Owners find_owners(const Survey *survey) {
  const Ir *ir = survey->ir;
  Owners owners = {.sources = ir->sources ? sources_count(ir->sources) : 0};
  owners.page = arena_array(survey->arena, uint32_t, owners.sources + 1);
  owners.integration = arena_array(survey->arena, uint32_t, owners.sources + 1);
  owners.next = arena_array(survey->arena, uint32_t, ir->integrations.len + 1);
  for (uint32_t n = 1; n <= ir->pages.len; n++) {
    SourceId source = ir_page(ir, (PageId){n})->source;
    if (source <= owners.sources) owners.page[source] = n;
  }
  for (uint32_t n = (uint32_t)ir->integrations.len; n >= 1; n--) {
    SourceId source = ir_integration(ir, (IntegrationId){n})->source;
    if (source > owners.sources) continue;
    owners.next[n] = owners.integration[source];
    owners.integration[source] = n;
  }
  return owners;
}

static bool touches_use(const Ir *ir, const Use *use, Span span) {
  if (inside(span, use->span) || inside(span, use->range.span)) return true;
  for (uint32_t i = 0; i < use->attrs.count; i++)
    if (inside(span, ir_use_attr_at(ir, use->attrs, i)->span)) return true;
  for (uint32_t i = 0; i < use->slots.count; i++)
    if (inside(span, ir_use_slot_at(ir, use->slots, i)->span)) return true;
  return false;
}

static void blame(Naming *naming, const Owners *owners, const Diag *diag) {
  const Ir *ir = naming->survey->ir;
  Span span = diag->span;
  if (!span.source || span.source > owners->sources) return;
  uint32_t page = owners->page[span.source];
  for (uint32_t i = 0; page && i < ir_page(ir, (PageId){page})->uses.count; i++) {
    const Use *use = ir_use_at(ir, ir_page(ir, (PageId){page})->uses, i);
    if (touches_use(ir, use, span)) add_code(naming, use->name, diag->code);
  }
  for (uint32_t n = owners->integration[span.source]; n; n = owners->next[n]) {
    const Integration *integration = ir_integration(ir, (IntegrationId){n});
    bool alone = n == owners->integration[span.source] && !owners->next[n];
    if (!integration->shadowed && (alone || inside(span, integration->whole) || inside(span, integration->span)))
      add_code(naming, integration->name, diag->code);
  }
}

static void blame_all(Naming *naming) {
  Survey *survey = naming->survey;
  Owners owners = find_owners(survey);
  for (size_t i = 0; survey->diags && i < survey->diags->list.len; i++) {
    const Diag *diag = survey->diags->list.data[i];
    vec_push(survey->arena, &survey->findings, places_add(&survey->places, diag->span));
    if (diag->severity == DIAG_ERROR) blame(naming, &owners, diag);
  }
  // A missing name is invalid even where a run calls it a warning.
  for (size_t i = 0; i < survey->ir->missings.len; i++) {
    const Missing *missing = &survey->ir->missings.data[i];
    if (missing->required) add_code(naming, missing->name, missing->first_use.n ? FX2001 : FX3002);
  }
}

static void index_decisions(Survey *survey) {
  const Ir *ir = survey->ir;
  survey->decided = arena_array(survey->arena, ReleaseId, ir->integrations.len + 1);
  survey->reasons = arena_array(survey->arena, Sym, ir->integrations.len + 1);
  for (size_t i = 0; i < ir->decisions.len; i++) {
    const Decision *decision = &ir->decisions.data[i];
    survey->decided[decision->integration.n] = decision->release;
    survey->reasons[decision->integration.n] = decision->reason;
  }
}

Survey survey_make(const Ir *ir, const DiagBag *diags) {
  Survey survey = {.ir = ir, .arena = ir->arena, .places = {.ir = ir}, .diags = diags};
  Naming naming = {.survey = &survey};
  name_all(&naming);
  sort_entries(&naming);
  blame_all(&naming);
  index_decisions(&survey);
  places_find(&survey.places);
  return survey;
}

Str survey_place(const Survey *survey, uint32_t place) { return places_text(&survey->places, survey->arena, place); }

bool survey_valid(const SurveyEntry *entry) { return entry->integration.n && !entry->codes.len; }

bool survey_orphaned(const Survey *survey, const SurveyEntry *entry) {
  if (!entry->integration.n || entry->linked) return false;
  for (size_t i = 0; i < survey->ir->requirements.len; i++) {
    const Requirement *requirement = &survey->ir->requirements.data[i];
    bool counts = requirement->kind != IR_CONFLICTS && requirement->integration.n != entry->integration.n;
    if (counts && requirement->resolved.n == entry->integration.n) return false;
  }
  return true;
}

Str survey_provider(const Ir *ir, ReleaseId id) {
  const Release *release = ir_release(ir, id);
  const Overlay *overlay = ir->production && release->production.n ? ir_overlay(ir, release->production) : NULL;
  return ir_str(ir, overlay && overlay->provider.sym ? overlay->provider.sym : release->provider.sym);
}
