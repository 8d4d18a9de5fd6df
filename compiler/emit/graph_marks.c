/* In: the diagnostics of a run. Out: which places are said to be wrong, and how. Drawing goes by what was
 * reported, so that a picture never contradicts the messages beside it. */
#include "emit/graph_marks.h"

/* Words */

typedef struct Word {
  const char *word, *meaning;
} Word;

static const Word words[VIEW_MARKS] = {
    {"missing", "no manifest declares it"},
    {"circular", "on a cycle"},
    {"conflict", "may not be in use together"},
    {"not satisfied", "no choice of releases satisfies it"},
    {"breaks at run time", "a release that can become live breaks it"},
    {"no release", "no release is chosen"},
    {"stub", "still to be filled in"},
    {"support ended", "the chosen release is no longer supported"},
    {"deprecated", "the chosen release is deprecated"},
    {"orphan", "nothing uses it"},
    {"optional", "works without it"},
    {"page", "a page depends on it"},
};

static int number_of(uint32_t mark) {
  int n = 0;
  while (n < VIEW_MARKS - 1 && !(mark >> n & 1)) n++;
  return n;
}

const char *graph_mark_word(ViewMark mark) { return words[number_of(mark)].word; }
const char *graph_mark_meaning(ViewMark mark) { return words[number_of(mark)].meaning; }

Str graph_mark_words(Arena *arena, uint32_t marks) {
  Str list = STR("");
  for (int n = 0; n < VIEW_MARKS; n++)
    if (marks >> n & 1)
      list = str_printf(arena, "%.*s%s%s", STR_ARG(list), list.len ? ", " : "", words[n].word);
  return list;
}

Str graph_edge_label(Arena *arena, const ViewEdge *edge) {
  Str said = graph_mark_words(arena, edge->marks);
  return str_printf(arena, "%.*s%s%.*s", STR_ARG(edge->range), edge->range.len && said.len ? ", " : "",
                    STR_ARG(said));
}

/* Places */

static void mark_place(MarkedPlaces *places, Arena *arena, Span span, uint32_t marks) {
  if (!span_exists(span)) return;
  Span *key = arena_new(arena, Span);
  *key = span;
  *strmap_put(arena, &places->by_span, (Str){(const char *)key, sizeof *key}, NULL) |= marks;
}

// The notes of a conflict of versions are its facts; those of the others tell how it comes about.
static void mark_diag(MarkedPlaces *places, Arena *arena, const Diag *d) {
  uint32_t marks = d->code == FX4001 || d->code == FX4002 ? VIEW_UNSATISFIED
                   : d->code == FX4007                    ? VIEW_BREAKS
                   : d->code == FX3004                    ? VIEW_CONFLICT
                                                          : 0;
  if (!marks) return;
  mark_place(places, arena, d->span, marks);
  for (size_t i = 0; i < d->notes.len && marks == VIEW_UNSATISFIED; i++)
    mark_place(places, arena, d->notes.data[i].span, marks);
}

MarkedPlaces graph_marked_places(const DiagBag *diags, Arena *arena) {
  MarkedPlaces places = {0};
  for (size_t i = 0; diags && i < diags->list.len; i++) mark_diag(&places, arena, diags->list.data[i]);
  return places;
}

uint32_t graph_marks_at(const MarkedPlaces *places, Span span) {
  const uint32_t *marks = strmap_find(&places->by_span, (Str){(const char *)&span, sizeof span});
  return marks ? *marks : 0;
}

uint32_t graph_marks_of(const MarkedPlaces *places, const Requirement *row) {
  return graph_marks_at(places, row->span) | graph_marks_at(places, row->range.span);
}
