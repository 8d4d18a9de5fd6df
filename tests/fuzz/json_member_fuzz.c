/* A member of a JSON text set, found, and taken out again. The first byte says how deep it lies, and whether
 * it has a key that is likely to be there. */
#include "edit/json_member.h"

#include "json/json.h"

#include "fuzz.h"

static bool is_json(Arena *arena, Str text) {
  DiagBag bag = {.arena = arena};
  DocEvents events = {0};
  return json_events(arena, 1, text, &bag, &events);
}

static void fuzz_one(Arena *arena, Str input) {
  if (!input.len) return;
  size_t depth = (size_t)(input.data[0] & 3) + 1;
  Str flags[] = {STR("flags"), STR("a"), STR("a"), STR("a")},
      odd[] = {STR("\n\""), STR(""), STR("b"), STR("")};
  const Str *path = input.data[0] & 4 ? flags : odd;
  Str text = str_skip(input, 1), with, again, gone, rest;
  if (!json_member_set(arena, text, path, depth, STR("12345"), &with)) return;
  if (!is_json(arena, with)) abort();
  if (!json_member_set(arena, with, path, depth, STR("12345"), &again) || !str_eq(with, again)) abort();
  if (!json_member_remove(arena, with, path, depth, &gone) || !is_json(arena, gone)) abort();
  if (str_eq(with, gone)) abort();
  // A key may stand twice; then the other one is there still.
  if (!json_member_remove(arena, gone, path, depth, &rest) || !is_json(arena, rest)) abort();
}
