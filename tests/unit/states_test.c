/* .fx/states.json: what is written is read again; what is not exactly so is thrown away whole. */
#include "workspace/states_file.h"

#include "base/date.h"
#include "unit.h"

static KeptState example(Str name) {
  KeptState state = {.name = name, .stage = LIFE_GENERATED, .since = 20500, .deprecated = 20400};
  state.migrating = IR_NO_DATE;
  state.prototype = (KeptCode){true, {0xfedcba9876543210, 1}, 20500, STR("out/ö \"x\"")};
  return state;
}

static Str printed(Arena *arena, const KeptStates *kept) {
  Buf text = {0};
  states_print(kept, arena, &text);
  Str copy = str_copy(arena, buf_str(&text));
  buf_free(&text);
  return copy;
}

static Str two_states(Arena *arena) {
  KeptStates kept = {0};
  states_add(arena, &kept, example(STR("address-validation")));
  states_add(arena, &kept,
             (KeptState){.name = STR("maps"), .since = 1, .deprecated = IR_NO_DATE, .migrating = 2});
  return printed(arena, &kept);
}

START_TEST(what_is_written_is_read) {
  Arena arena = {0};
  KeptStates kept;
  Str text = two_states(&arena);
  ck_assert_int_eq(states_parse(text, &arena, &kept), STATES_FINE);
  ck_assert_uint_eq(kept.list.len, 2);
  const KeptState *state = states_kept(&kept, STR("address-validation"));
  ck_assert_ptr_nonnull(state);
  ck_assert_int_eq(state->stage, LIFE_GENERATED);
  ck_assert_int_eq(state->since, 20500);
  ck_assert_int_eq(state->deprecated, 20400);
  ck_assert_int_eq(state->migrating, IR_NO_DATE);
  ck_assert(state->prototype.written && !state->production.written);
  ck_assert(state->prototype.inputs.high == 0xfedcba9876543210 && state->prototype.inputs.low == 1);
  ck_assert(str_eq(state->prototype.output, STR("out/ö \"x\"")));
  ck_assert_int_eq(states_kept(&kept, STR("maps"))->migrating, 2);
  ck_assert_ptr_null(states_kept(&kept, STR("map")));
  ck_assert(str_eq(printed(&arena, &kept), text));
  arena_free(&arena);
}
END_TEST

START_TEST(a_part_of_it_is_damaged) {
  Arena arena = {0};
  Str text = two_states(&arena);
  for (size_t len = 0; len + 1 < text.len; len++) {  // without the line break it is whole
    KeptStates kept;
    Str part = str_copy(&arena, str_take(text, len));
    ck_assert_msg(states_parse(part, &arena, &kept) == STATES_DAMAGED, "%zu bytes", len);
    ck_assert_uint_eq(kept.list.len, 0);
  }
  arena_free(&arena);
}
END_TEST

static const struct {
  const char *text;
  StatesFault fault;
} others[] = {
    {"{\"version\": 1, \"integrations\": {}}", STATES_FINE},
    {" {\"version\": 1, \"integrations\": {}} \n", STATES_FINE},
    {"{\"version\": 2}", STATES_NEWER},
    {"{\"version\": 2, \"integrations\": 7}", STATES_NEWER},
    {"{\"integrations\": {}}", STATES_DAMAGED},
    {"{\"version\": \"2\"}", STATES_DAMAGED},
    {"{\"version\": 1}", STATES_DAMAGED},
    {"{\"version\": 1, \"integrations\": []}", STATES_DAMAGED},
    {"{\"version\": 1, \"integrations\": {}} x", STATES_DAMAGED},
    {"{\"version\": 1, \"integrations\": {\"a\": 1}}", STATES_DAMAGED},
    {"{\"version\": 1, \"integrations\": {\"a\": {\"state\": \"Active\"}}}", STATES_DAMAGED},
    {"{\"version\": 1, \"integrations\": {\"a\": {\"state\": \"Gone\", \"since\": \"2026-01-01\"}}}",
     STATES_DAMAGED},
    {"{\"version\": 1, \"integrations\": {\"a\": {\"state\": \"Active\", \"since\": \"2026-02-29\"}}}",
     STATES_DAMAGED},
    {"{\"version\": 1, \"integrations\": {\"a\": {\"state\": \"Active\", \"since\": \"2028-02-29\"}}}",
     STATES_FINE},
    {"{\"version\": 1, \"integrations\": {\"a\": {\"state\": \"Active\", \"since\": \"2026-01-01\", "
     "\"production\": {\"inputs\": \"0\", \"since\": \"2026-01-01\", \"output\": \"g\"}}}}",
     STATES_DAMAGED},
    {"{\"version\": 1, \"integrations\": {\"a\": {\"state\": \"Active\", \"since\": \"2026-01-01\"}, "
     "\"a\": {\"state\": \"Active\", \"since\": \"2026-01-01\"}}}",
     STATES_DAMAGED},
    {"null", STATES_DAMAGED},
    {"", STATES_DAMAGED},
};

START_TEST(other_texts) {
  Arena arena = {0};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    KeptStates kept;
    StatesFault fault = states_parse(str_from(others[i].text), &arena, &kept);
    ck_assert_msg(fault == others[i].fault, "%s", others[i].text);
  }
  arena_free(&arena);
}
END_TEST

START_TEST(days_and_texts) {
  Arena arena = {0};
  for (int32_t day = -719162; day <= 2932896; day += 97) {  // 0001-01-01 to 9999-12-31
    int32_t again;
    Str text = date_text(&arena, day);
    ck_assert_msg(date_parse(text, &again) && again == day, "%d is not %.*s", day, STR_ARG(text));
  }
  ck_str(date_text(&arena, 0), "1970-01-01");
  ck_str(date_text(&arena, 11016), "2000-02-29");
  ck_str(date_text(&arena, -719162), "0001-01-01");
  ck_str(date_text(&arena, 2932896), "9999-12-31");
  arena_free(&arena);
}
END_TEST

UNIT_MAIN("states", what_is_written_is_read, a_part_of_it_is_damaged, other_texts, days_and_texts)
