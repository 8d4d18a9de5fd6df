/* Where a cycle is best cut. In: a shortest cycle and its component. Out: the edge, tried: the components are
 * searched again without it. An edge that lies on all cycles of a component lies on the shortest one, so that
 * no other edges need to be tried.
 *
 * An edge may be stated at several places; to cut it is to change all of them. */
#include "passes/graph.h"
#include "passes/loosen.h"

// Places of an edge that are looked at, and edges of a cycle whose files are read to see whether a fix is
// known.
enum { PLACES = 16, READ = 8 };

/* The places that state an edge */

typedef struct Places {
  VEC(RequirementId) requirements;
  VEC(Span) depends;
  uint32_t count;
} Places;

static void add_depends(const Ir *ir, const Use *use, IntegrationId to, Places *places) {
  for (uint32_t i = 0; i < use->depends.count; i++) {
    const UseDepends *row = ir_use_depends_at(ir, use->depends, i);
    if (row->integration.n != to.n) continue;
    if (places->depends.len < PLACES) vec_push(ir->arena, &places->depends, row->span);
    places->count++;
  }
}

static Places places_of(const Graph *graph, const Edge *edge) {
  const Ir *ir = graph->ir;
  Places places = {0};
  IrRange rows = ir_integration(ir, edge->from)->requirements;
  for (uint32_t i = 0; i < rows.count; i++) {
    const Requirement *row = ir_requirement_at(ir, rows, i);
    bool retired = row->release.n && ir_release(ir, row->release)->status == IR_RETIRED;
    if (row->kind != IR_REQUIRES || row->resolved.n != edge->to.n || retired) continue;
    if (places.requirements.len < PLACES)
      vec_push(ir->arena, &places.requirements, (RequirementId){rows.first + i});
    places.count++;
  }
  for (uint32_t use = graph->first_use[edge->from.n]; use; use = graph->next_use[use])
    if (edge->from.n != edge->to.n) add_depends(ir, ir_use(ir, (UseId){use}), edge->to, &places);
  return places;
}

/* Edits */

static bool touch(const DiagEdit *a, const DiagEdit *b) {
  return a->span.source == b->span.source && a->span.start <= b->span.end && b->span.start <= a->span.end;
}

static bool are_apart(const LoosenEdits *edits) {
  for (size_t i = 0; i < edits->len; i++)
    for (size_t k = 0; k < i; k++)
      if (touch(&edits->data[i], &edits->data[k])) return false;
  return edits->len > 0;
}

// What changes all places of an edge. None, where it is not known for each of them.
static LoosenEdits edits_of(Loosen *loosen, const Places *places) {
  LoosenEdits edits = {0}, none = {0};
  if (places->count > places->requirements.len + places->depends.len) return none;  // too many to look at
  for (size_t i = 0; i < places->requirements.len; i++)
    if (!loosen_requirement(loosen, places->requirements.data[i], &edits)) return none;
  for (size_t i = 0; i < places->depends.len; i++) {
    bool again = i > 0 && span_cmp(places->depends.data[i], places->depends.data[i - 1]) == 0;
    if (!again && !loosen_depends(loosen, places->depends.data[i], &edits)) return none;
  }
  return are_apart(&edits) ? edits : none;
}

/* Choosing */

static void try_cut(Graph *graph, Components *work, const uint32_t *members, uint32_t count, Cut *cut) {
  size_t steps = count;
  for (uint32_t i = 0; i < count; i++) steps += graph->first[members[i] + 1] - graph->first[members[i]];
  if (graph->budget < steps) return;
  graph->budget -= steps;
  cut->tried = true;
  graph_components_without(graph, members, count, cut->edge, work);
  for (uint32_t c = 1; c <= work->count; c++) {
    cut->cycles_left += work->size[c] > 1;
    cut->nodes_left += work->size[c] > 1 ? work->size[c] : 0;
  }
  for (uint32_t i = 0; i < count; i++) {
    bool alone = work->size[work->component[members[i]]] == 1;
    if (!alone || !graph_has_self_edge(graph, members[i], cut->edge)) continue;
    cut->cycles_left++;
    cut->nodes_left++;
  }
}

static bool is_better(const Cut *a, const Cut *b) {
  if (a->tried != b->tried) return a->tried;
  if (!a->nodes_left != !b->nodes_left) return !a->nodes_left;
  if (a->library != b->library) return !a->library;
  if (a->nodes_left != b->nodes_left) return a->nodes_left < b->nodes_left;
  if (a->of_all != b->of_all) return !a->of_all;
  if (a->fixable != b->fixable) return a->fixable;
  return a->stated < b->stated;
}

Cut graph_best_cut(Graph *graph, Components *work, const uint32_t *members, uint32_t count,
                   const uint32_t *cycle, uint32_t length) {
  const Ir *ir = graph->ir;
  Cut best = {0};
  for (uint32_t i = 0; i < length; i++) {
    const Edge *edge = ir_edge(ir, (EdgeId){cycle[i]});
    const Requirement *row = edge->requirement.n ? ir_requirement(ir, edge->requirement) : NULL;
    Places places = places_of(graph, edge);
    Cut cut = {.edge = cycle[i],
               .library = row && ir_integration(ir, edge->from)->place == IR_PLACE_STDLIB,
               .of_all = row && !row->release.n,
               .fixable = i < READ && edits_of(&graph->loosen, &places).len > 0,
               .stated = places.count};
    try_cut(graph, work, members, count, &cut);
    if (!best.edge || is_better(&cut, &best)) best = cut;
  }
  return best;
}

/* Saying it */

static void fix_places(Loosen *loosen, Diag *d, const Places *places, Str from, Str to) {
  LoosenEdits edits = edits_of(loosen, places);
  if (!edits.len) return;
  DiagFix *fix = places->requirements.len
                     ? diag_fix(d, DIAG_MAYBE, edits.data[0].span, edits.data[0].text,
                                "make '%.*s' optional for '%.*s'", STR_ARG(to), STR_ARG(from))
                     : diag_fix(d, DIAG_MAYBE, edits.data[0].span, edits.data[0].text,
                                "take '%.*s' out of data-depends-on", STR_ARG(to));
  for (size_t i = 1; i < edits.len; i++) diag_fix_edit(d, fix, edits.data[i].span, edits.data[i].text);
}

static void note_other_places(Diag *d, const Ir *ir, const Places *places, Span shown) {
  for (size_t i = 0; i < places->requirements.len; i++) {
    Span span = ir_requirement(ir, places->requirements.data[i])->span;
    if (span_cmp(span, shown)) diag_note(d, span, "it is required here too");
  }
  for (size_t i = 0; i < places->depends.len; i++)
    if (span_cmp(places->depends.data[i], shown))
      diag_note(d, places->depends.data[i], "it is depended on here too");
  size_t left = places->count - places->requirements.len - places->depends.len;
  if (left) diag_note(d, SPAN_NONE, "and %zu more place%s", left, left == 1 ? "" : "s");
}

void graph_propose_cut(Graph *graph, Diag *d, const Cut *cut) {
  const Ir *ir = graph->ir;
  const Edge *edge = ir_edge(ir, (EdgeId){cut->edge});
  Str from = ir_integration_name(ir, edge->from), to = ir_integration_name(ir, edge->to);
  Places places = places_of(graph, edge);
  note_other_places(d, ir, &places, edge->span);
  Str after = !cut->tried         ? STR("")
              : !cut->cycles_left ? STR(": then nothing is circular here")
                                  : str_printf(ir->arena, ": then %u circle%s left", cut->cycles_left,
                                               cut->cycles_left == 1 ? " is" : "s are");
  if (edge->from.n == edge->to.n) {
    diag_help(d, "take the name away%.*s", STR_ARG(after));
    return;
  }
  if (places.requirements.len)
    diag_help(d, "make '%.*s' optional for '%.*s', or take it away%.*s", STR_ARG(to), STR_ARG(from),
              STR_ARG(after));
  else
    diag_help(d, "take '%.*s' out of data-depends-on of '%.*s'%.*s", STR_ARG(to), STR_ARG(from),
              STR_ARG(after));
  if (!cut->library) fix_places(&graph->loosen, d, &places, from, to);
}
