/* Where URLs lead. What is expected is the scheme and host that `new URL(…)` of Node.js 20 has for the same
 * text on a page of https://page.example, or "" where these are the page's own, as a source expression of
 * CSP. */
#include "base/url.h"

#include "unit.h"

typedef struct UrlCase {
  const char *url, *source;
} UrlCase;

static void expect(const UrlCase *cases, size_t count) {
  Arena arena = {0};
  for (size_t i = 0; i < count; i++) {
    Str source = url_source(&arena, str_from(cases[i].url));
    ck_assert_msg(str_eq(source, str_from(cases[i].source)), "%s: '%.*s'", cases[i].url, STR_ARG(source));
  }
  arena_free(&arena);
}

START_TEST(hosts_are_found_as_browsers_find_them) {
  static const UrlCase cases[] = {
      {"https://a.example/b?c#d", "https://a.example"},
      {"HTTPS://A.Example", "https://a.example"},
      {"http://a.example:8080/", "http://a.example:8080"},
      {"wss://a.example/socket", "wss://a.example"},
      {" \n\thttps://a.example", "https://a.example"},
      {"ht\ntps://a.exa\tmple/", "https://a.example"},
      {"https:\\\\a.example\\b", "https://a.example"},
      {"https:///a.example/b", "https://a.example"},
      {"https://user:word@a.example/", "https://a.example"},
      {"https://b.example@a.example/", "https://a.example"},
      {"https://b.example\\@a.example/", "https://b.example"},
      {"https://a.example?@b.example", "https://a.example"},
      {"//a.example/b", "a.example"},
      {"\\\\a.example:81", "a.example:81"},
      {"/\\a.example", "a.example"},
  };
  expect(cases, sizeof cases / sizeof *cases);
}
END_TEST

START_TEST(what_stays_has_no_source) {
  static const UrlCase cases[] = {
      {"", ""},
      {"#a", ""},
      {"a/b:c", ""},
      {"/a//b.example", ""},
      {"?https://a.example", ""},
      {"./https:", ""},
      {"mailto:a@b.example", ""},
      {"tel:1", ""},
      {"about:blank", ""},
      {"httpsx://a.example", ""},
  };
  expect(cases, sizeof cases / sizeof *cases);
}
END_TEST

// CSP 3, 2.3.1: host-char is a letter, a digit or '-'.
START_TEST(what_a_policy_can_not_name_is_its_scheme) {
  static const UrlCase cases[] = {
      {"data:image/png;base64,AA==", "data:"},
      {"DATA:,", "data:"},
      {"blob:https://a.example/1", "blob:"},
      {"https://[::1]:8080/", "https:"},
      {"https://\xC3\xA4.example/", "https:"},
      {"http://a;b.example/", "http:"},
      {"https://a.example:x/", "https:"},
      {"https://a.example;script-src *", "https:"},
      {"//[::1]/", "https:"},
  };
  expect(cases, sizeof cases / sizeof *cases);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {hosts_are_found_as_browsers_find_them, what_stays_has_no_source,
                                what_a_policy_can_not_name_is_its_scheme};
  return unit_run("url", tests, sizeof tests / sizeof *tests);
}
