// Collecting diagnostics. What may surprise: everything lies on the bag's arena, also the texts, so
// a bag is forgotten with its job, and what shall survive is copied by diag_join().
#include "diag/diag.h"

#include <stdlib.h>

Diag *diag_vadd(DiagBag *bag, DiagCode code, Span span, const char *format, va_list args) {
  Diag *diag = arena_new(bag->arena, Diag);
  diag->bag = bag;
  diag->code = code;
  diag->severity = diag_info(code)->severity;
  diag->span = span;
  diag->message = str_vprintf(bag->arena, format, args);
  vec_push(bag->arena, &bag->list, diag);
  return diag;
}

Diag *diag_add(DiagBag *bag, DiagCode code, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Diag *diag = diag_vadd(bag, code, span, format, args);
  va_end(args);
  return diag;
}

void diag_label(Diag *diag, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  DiagPlace place = {span, str_vprintf(diag->bag->arena, format, args)};
  va_end(args);
  vec_push(diag->bag->arena, &diag->labels, place);
}

void diag_note(Diag *diag, Span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  DiagPlace place = {span, str_vprintf(diag->bag->arena, format, args)};
  va_end(args);
  vec_push(diag->bag->arena, &diag->notes, place);
}

void diag_help(Diag *diag, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str text = str_vprintf(diag->bag->arena, format, args);
  va_end(args);
  vec_push(diag->bag->arena, &diag->helps, text);
}

DiagFix *diag_fix(Diag *diag, DiagApplicability applicability, Span span, Str replacement, const char *title,
                  ...) {
  va_list args;
  va_start(args, title);
  DiagFix fix = {.applicability = applicability, .title = str_vprintf(diag->bag->arena, title, args)};
  va_end(args);
  vec_push(diag->bag->arena, &diag->fixes, fix);
  DiagFix *added = &vec_last(&diag->fixes);
  diag_fix_edit(diag, added, span, replacement);
  return added;
}

void diag_fix_edit(Diag *diag, DiagFix *fix, Span span, Str replacement) {
  DiagEdit edit = {span, str_copy(diag->bag->arena, replacement)};
  vec_push(diag->bag->arena, &fix->edits, edit);
}

// Copies stay until the end, so they take exactly the room that they need.
static void copy_fix(Diag *into, const DiagFix *fix) {
  Arena *arena = into->bag->arena;
  DiagFix copy = {
      .applicability = fix->applicability, .title = str_copy(arena, fix->title), .bare = fix->bare};
  vec_room(arena, &copy.edits, fix->edits.len);
  vec_push(arena, &into->fixes, copy);
  for (size_t i = 0; i < fix->edits.len; i++)
    diag_fix_edit(into, &vec_last(&into->fixes), fix->edits.data[i].span, fix->edits.data[i].text);
}

static DiagPlace copy_place(Arena *arena, DiagPlace place) {
  return (DiagPlace){place.span, str_copy(arena, place.text)};
}

static void copy_diag(DiagBag *into, const Diag *from) {
  Arena *arena = into->arena;
  Diag *copy = arena_new(arena, Diag);
  *copy = (Diag){.bag = into, .code = from->code, .severity = from->severity, .span = from->span};
  copy->message = str_copy(arena, from->message);
  vec_room(arena, &copy->labels, from->labels.len);
  vec_room(arena, &copy->notes, from->notes.len);
  vec_room(arena, &copy->helps, from->helps.len);
  vec_room(arena, &copy->fixes, from->fixes.len);
  for (size_t i = 0; i < from->labels.len; i++)
    vec_push(arena, &copy->labels, copy_place(arena, from->labels.data[i]));
  for (size_t i = 0; i < from->notes.len; i++)
    vec_push(arena, &copy->notes, copy_place(arena, from->notes.data[i]));
  for (size_t i = 0; i < from->helps.len; i++)
    vec_push(arena, &copy->helps, str_copy(arena, from->helps.data[i]));
  for (size_t i = 0; i < from->fixes.len; i++) copy_fix(copy, &from->fixes.data[i]);
  vec_push(arena, &into->list, copy);
}

void diag_join(DiagBag *into, const DiagBag *from) {
  for (size_t i = 0; i < from->list.len; i++) copy_diag(into, from->list.data[i]);
  for (size_t i = 0; i < from->hidden.len; i++)
    diag_hide(into, from->hidden.data[i].span, from->hidden.data[i].text);
}

typedef struct SortKey {
  Str path;  // from the project root: the order is the same from wherever fxc is called
  Diag *diag;
  size_t order;  // as added: what nothing else tells apart keeps its order
} SortKey;

static int compare_diags(const SortKey *a, const SortKey *b) {
  int order = str_cmp(a->path, b->path);
  if (!order) order = span_cmp(a->diag->span, b->diag->span);
  if (!order) order = (a->diag->code > b->diag->code) - (a->diag->code < b->diag->code);
  return order ? order : str_cmp(a->diag->message, b->diag->message);
}

static int compare_keys(const void *a, const void *b) {
  const SortKey *x = a, *y = b;
  int order = compare_diags(x, y);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

void diag_sort(DiagBag *bag, const Sources *sources) {
  if (!bag->list.len) return;
  SortKey *keys = arena_array(bag->arena, SortKey, bag->list.len);
  for (size_t i = 0; i < bag->list.len; i++) {
    Diag *diag = bag->list.data[i];
    keys[i] = (SortKey){source_root_path(sources, diag->span.source), diag, i};
  }
  qsort(keys, bag->list.len, sizeof *keys, compare_keys);
  size_t kept = 0;
  for (size_t i = 0; i < bag->list.len; i++)
    if (i == 0 || compare_diags(&keys[i - 1], &keys[i]) != 0) bag->list.data[kept++] = keys[i].diag;
  bag->list.len = kept;
}
