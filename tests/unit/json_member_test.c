/* Members of JSON files set and taken out. */
#include "edit/json_member.h"

#include "base/file.h"
#include "json/json.h"
#include "unit.h"

static Arena arena;

// As file_read() gives it.
static Str padded(const char *text) {
  size_t len = strlen(text);
  char *copy = arena_zero(&arena, len + FILE_PADDING);
  memcpy(copy, text, len);
  return (Str){copy, len};
}

static Str *path_of(const char *text, size_t *depth) {
  Str rest = str_from(text), part;
  Str *path = arena_array(&arena, Str, 8);
  *depth = 0;
  while (str_split(&rest, '/', &part)) path[(*depth)++] = part;
  return path;
}

static Str set(const char *text, const char *path, const char *value) {
  size_t depth;
  Str *keys = path_of(path, &depth), result;
  return json_member_set(&arena, padded(text), keys, depth, str_from(value), &result) ? result
                                                                                      : STR("refused");
}

static Str without(const char *text, const char *path) {
  size_t depth;
  Str *keys = path_of(path, &depth), result;
  return json_member_remove(&arena, padded(text), keys, depth, &result) ? result : STR("refused");
}

START_TEST(a_value_is_replaced_where_it_stands) {
  ck_str(set("{\"a\" : { \"b\":1 ,\"c\": [2] } }\n", "a/b", "true"),
         "{\"a\" : { \"b\":true ,\"c\": [2] } }\n");
  ck_str(set("{\"a\":{\"x\":{}}}", "a", "null"), "{\"a\":null}");
  ck_str(set("{\"\\u0061\": 1}", "a", "2"), "{\"\\u0061\": 2}");
}
END_TEST

START_TEST(a_new_member_looks_like_its_neighbours) {
  ck_str(set("{\n    \"a\": 1\n}\n", "b", "2"), "{\n    \"a\": 1,\n    \"b\": 2\n}\n");
  ck_str(set("{\n\t\"a\": 1\n}\n", "b/c", "2"), "{\n\t\"a\": 1,\n\t\"b\": {\n\t\t\"c\": 2\n\t}\n}\n");
  ck_str(set("{\r\n  \"a\": 1\r\n}", "b", "2"), "{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}");
  ck_str(set("{\"a\":1}", "b/c/d", "2"), "{\"a\":1, \"b\": { \"c\": { \"d\": 2 } }}");
  ck_str(set("{\n  \"a\": {\"x\": 1}\n}", "a/y", "2"), "{\n  \"a\": {\"x\": 1, \"y\": 2}\n}");
  ck_str(set("{\"\": 0, \"b\": 1}", "c", "2"), "{\"\": 0, \"b\": 1, \"c\": 2}");
}
END_TEST

START_TEST(an_empty_object_is_opened) {
  ck_str(set("{}\n", "a", "1"), "{\n  \"a\": 1\n}\n");
  ck_str(set("{ }", "a/b", "1"), "{\n  \"a\": {\n    \"b\": 1\n  }\n}");
  ck_str(set("{\n  \"a\": {}\n}", "a/b", "1"), "{\n  \"a\": {\n    \"b\": 1\n  }\n}");
  ck_str(set("{\"a\":{}}", "a/b", "1"), "{\"a\":{ \"b\": 1 }}");
}
END_TEST

START_TEST(keys_are_escaped) { ck_str(set("{}", "a\"b\\c\n", "1"), "{\n  \"a\\\"b\\\\c\\u000a\": 1\n}"); }
END_TEST

START_TEST(a_member_goes_with_its_comma) {
  ck_str(without("{\n  \"a\": 1,\n  \"b\": 2\n}", "a"), "{\n  \"b\": 2\n}");
  ck_str(without("{\n  \"a\": 1,\n  \"b\": 2\n}", "b"), "{\n  \"a\": 1\n}");
  ck_str(without("{\"a\":1, \"b\":2, \"c\":3}", "b"), "{\"a\":1, \"c\":3}");
  ck_str(without("{\"a\":{ \"b\": 1 }}", "a/b"), "{\"a\":{}}");
  ck_str(without("{\"a\":{ \"b\": 1 }}", "a/c"), "{\"a\":{ \"b\": 1 }}");
  ck_str(without("{\"a\":{ \"b\": 1 }}", "x/y"), "{\"a\":{ \"b\": 1 }}");
}
END_TEST

START_TEST(what_is_no_object_is_refused) {
  ck_str(set("[]", "a", "1"), "refused");
  ck_str(set("{\"a\": 1}", "a/b", "1"), "refused");
  ck_str(set("{\"a\": 1", "a", "1"), "refused");
  ck_str(without("{\"a\": []}", "a/b"), "refused");
  ck_str(without("", "a"), "refused");
}
END_TEST

int main(void) {
  const TTest *const tests[] = {a_value_is_replaced_where_it_stands, a_new_member_looks_like_its_neighbours,
                                an_empty_object_is_opened,           keys_are_escaped,
                                a_member_goes_with_its_comma,        what_is_no_object_is_refused};
  return unit_run("json_member", tests, sizeof tests / sizeof *tests);
}
