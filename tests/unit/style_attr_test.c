/* Style attributes as React's style objects. Expected values follow CSS Syntax (declarations end at a ';'
 * that no string, bracket or comment holds) and React's names for properties. */
#include "emit/style_attr.h"
#include "base/buf.h"
#include "unit.h"

static Arena arena;
static Buf out;

// "name=value|name=value", and "!" behind it when a style object can not say all of it.
static const char *read(const char *css) {
  Style style = style_read(&arena, str_from(css));
  buf_clear(&out);
  for (size_t i = 0; i < style.list.len; i++)
    buf_printf(&out, "%s%.*s=%.*s", i ? "|" : "", STR_ARG(style.list.data[i].name),
               STR_ARG(style.list.data[i].value));
  if (style.lossy) buf_char(&out, '!');
  buf_char(&out, '\0');
  return out.data;
}

START_TEST(names) {
  ck_assert_str_eq(read("background-color: red; COLOR:blue"), "backgroundColor=red|color=blue");
  ck_assert_str_eq(read("-webkit-line-clamp:2;-moz-appearance:none;-ms-flex:1"),
                   "WebkitLineClamp=2|MozAppearance=none|msFlex=1");
  ck_assert_str_eq(read("--Gap-x: 4px; float: left"), "--Gap-x=4px|float=left");
}
END_TEST

START_TEST(splitting) {
  ck_assert_str_eq(read("background: url(data:image/png;base64,AA==); color: red"),
                   "background=url(data:image/png;base64,AA==)|color=red");
  ck_assert_str_eq(read("content: 'a;b' \";\\\";\"; x: 1"), "content='a;b' \";\\\";\"|x=1");
  ck_assert_str_eq(read("background:url( it's;x ) ; y: 2"), "background=url( it's;x )|y=2");
  ck_assert_str_eq(read("--j: {a;b}[;](;); z: 3"), "--j={a;b}[;](;)|z=3");
  ck_assert_str_eq(read("a: ); b: 1"), "a=)|b=1");
  ck_assert_str_eq(read("a: (b; c"), "a=(b; c");
}
END_TEST

START_TEST(comments) {
  ck_assert_str_eq(read("/* a:1; */color/**/:/*;*/red"), "color=red");
  ck_assert_str_eq(read("content: '/* no */'; a: 1 /* open"), "content='/* no */'|a=1");
}
END_TEST

START_TEST(nothing) {
  ck_assert_str_eq(read(""), "");
  ck_assert_str_eq(read(" ; ;color;:red;width:; "), "");
}
END_TEST

START_TEST(what_an_object_can_not_say) {
  ck_assert_str_eq(read("margin: 0 !important"), "margin=0 !important!");
  ck_assert_str_eq(read("margin: 0 ! IMPORTANT"), "margin=0 ! IMPORTANT!");
  ck_assert_str_eq(read("color: red; top: 1px; color: blue"), "color=blue|top=1px!");
  ck_assert_str_eq(read("content: 'important'"), "content='important'");
}
END_TEST

UNIT_MAIN("style_attr", names, splitting, comments, nothing, what_an_object_can_not_say)
