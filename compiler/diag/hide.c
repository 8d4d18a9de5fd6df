// What diagnostics may not repeat: values that look like secrets. In: a bag with hidden places. Out: the same
// with asterisks where messages quote such a value. What may surprise: whoever reports something else about
// the same text knows nothing of it, so that messages are searched when all of them are there.
#include "diag/diag.h"

enum { SHORTEST = 4 };

void diag_hide(DiagBag *bag, Span span, Str text) {
  DiagHidden one = {span, str_copy(bag->arena, text)};
  vec_push(bag->arena, &bag->hidden, one);
}

static Str without(Arena *arena, Str message, Str text) {
  ptrdiff_t at = str_find(message, text);
  if (at < 0) return message;
  char *copy = arena_alloc(arena, message.len + 1);
  memcpy(copy, message.data, message.len);
  copy[message.len] = 0;
  for (size_t i = 0; at >= 0; at = str_find(str_skip(message, i), text)) {
    memset(copy + i + (size_t)at, '*', text.len);
    i += (size_t)at + text.len;
  }
  return (Str){copy, message.len};
}

static void mask_places(Arena *arena, DiagPlace *places, size_t count, Str text) {
  for (size_t i = 0; i < count; i++) places[i].text = without(arena, places[i].text, text);
}

static void mask(Arena *arena, Diag *diag, Str text) {
  diag->message = without(arena, diag->message, text);
  mask_places(arena, diag->labels.data, diag->labels.len, text);
  mask_places(arena, diag->notes.data, diag->notes.len, text);
  for (size_t i = 0; i < diag->helps.len; i++)
    diag->helps.data[i] = without(arena, diag->helps.data[i], text);
  for (size_t i = 0; i < diag->fixes.len; i++)
    diag->fixes.data[i].title = without(arena, diag->fixes.data[i].title, text);
}

void diag_mask(DiagBag *bag) {
  for (size_t h = 0; h < bag->hidden.len; h++) {
    if (bag->hidden.data[h].text.len < SHORTEST) continue;
    for (size_t i = 0; i < bag->list.len; i++) mask(bag->arena, bag->list.data[i], bag->hidden.data[h].text);
  }
}
