// What -W says, and the catalogue: each code is complete and has a text.
#include <ctype.h>

#include "diag/report.h"
#include "unit.h"

static DiagPolicy policy;

static void set(const char *argument) {
  Str suggestion;
  ck_assert_msg(diag_policy_set(&policy, str_from(argument), &suggestion), "-W%s", argument);
}

// 'e', 'w', or '-' for a diagnostic that is off.
static char effect(DiagCode code) {
  Arena arena = {0};
  DiagBag bag = {.arena = &arena};
  bool shown;
  DiagSeverity severity = diag_effective(&policy, diag_add(&bag, code, SPAN_NONE, "m"), &shown);
  arena_free(&arena);
  return !shown ? '-' : severity == DIAG_ERROR ? 'e' : severity == DIAG_WARNING ? 'w' : 'n';
}

START_TEST(the_catalogue_has_defaults) {
  ck_assert_int_eq(effect(FX2003), 'e');
  ck_assert_int_eq(effect(FX2012), 'w');
  ck_assert_int_eq(effect(FX1001), '-');
}
END_TEST

START_TEST(flags_switch_warnings) {
  set("no-orphan");
  ck_assert_int_eq(effect(FX2012), '-');
  set("orphan");
  ck_assert_int_eq(effect(FX2012), 'w');
  set("FX1001");
  ck_assert_int_eq(effect(FX1001), 'w');
  set("no-html");
  ck_assert_int_eq(effect(FX1001), '-');
}
END_TEST

START_TEST(all_spares_what_was_named) {
  set("no-orphan");
  set("no-error=orphan");  // does not turn it on
  ck_assert_int_eq(effect(FX2012), '-');
  set("all");
  ck_assert_int_eq(effect(FX1001), 'w');
  ck_assert_int_eq(effect(FX2012), '-');
}
END_TEST

START_TEST(warnings_become_errors) {
  set("error=orphan");
  ck_assert_int_eq(effect(FX2012), 'e');
  ck_assert_int_eq(effect(FX1301), 'w');
  set("error=html");
  ck_assert_int_eq(effect(FX1001), 'e');  // also turns it on
  set("no-error=html");
  ck_assert_int_eq(effect(FX1001), 'w');
  set("no-error=orphan");
  set("error");
  ck_assert_int_eq(effect(FX2012), 'w');
  ck_assert_int_eq(effect(FX1301), 'e');
  ck_assert_int_eq(effect(FX1401), 'e');
  set("no-error");
  ck_assert_int_eq(effect(FX1301), 'w');
}
END_TEST

START_TEST(no_warnings_means_none) {
  policy.no_warnings = true;
  set("error=orphan");
  ck_assert_int_eq(effect(FX2012), '-');
  ck_assert_int_eq(effect(FX2003), 'e');
}
END_TEST

// A weaker case of an error follows its flag; the error itself does not.
START_TEST(weaker_cases_follow_the_flag) {
  Arena arena = {0};
  DiagBag bag = {.arena = &arena};
  Diag *weak = diag_add(&bag, FX1107, SPAN_NONE, "m");
  weak->severity = DIAG_WARNING;
  diag_add(&bag, FX1107, SPAN_NONE, "m");
  set("no-unsafe-value");
  DiagTotals totals = diag_apply(&policy, &bag);
  ck_assert_uint_eq(bag.list.len, 1);
  ck_assert_uint_eq(totals.errors, 1);
  ck_assert_uint_eq(totals.warnings, 0);
  arena_free(&arena);
}
END_TEST

START_TEST(unknown_names_get_a_suggestion) {
  Str suggestion;
  ck_assert(!diag_policy_set(&policy, STR("orfan"), &suggestion));
  ck_str(suggestion, "orphan");
  ck_assert(!diag_policy_set(&policy, STR("no-error=orphans"), &suggestion));
  ck_str(suggestion, "orphan");
  ck_assert(!diag_policy_set(&policy, STR("no-xyzzy-plugh"), &suggestion));
  ck_assert_uint_eq(suggestion.len, 0);
  ck_assert(!diag_policy_set(&policy, STR("FX2003"), &suggestion));  // always an error
  ck_assert(!diag_policy_set(&policy, STR(""), &suggestion));
}
END_TEST

START_TEST(codes_are_found_by_name) {
  ck_assert_int_eq(diag_code_find(STR("FX2001")), FX2001);
  ck_assert_int_eq(diag_code_find(STR("fx2001")), FX2001);
  ck_assert_int_eq(diag_code_find(STR("2001")), FX2001);
  ck_assert_int_eq(diag_code_find(STR("FX")), DIAG_NONE);
  ck_assert_int_eq(diag_code_find(STR("")), DIAG_NONE);
  ck_assert_int_eq(diag_code_find(STR("FX20011")), DIAG_NONE);
}
END_TEST

// The list is written out a second time, from the documented one.
START_TEST(every_documented_code_is_there) {
  static const char documented[] =
      "1001 1101 1102 1103 1104 1105 1106 1107 1108 1109 1110 1111 1201 1202 1203 1301 1302 1303 1401 1402 "
      "2001 2002 2003 2004 2005 2006 2007 2008 2009 2010 2011 2012 2013 2014 2015 2016 2017 2018 2019 2020 "
      "2021 2022 2023 2024 2101 2102 2103 3001 3002 3003 3004 4001 4002 4003 4004 4005 4006 4007 4008 5001 "
      "5002 5003 "
      "5004 5005 5006 6001 6002 6003 6004 7001 7002 7003 7004 7005 8001 8002 8003 8004 8005 8006 8007 9001";
  Str rest = str_from(documented), name;
  int count = 0;
  for (; str_split(&rest, ' ', &name); count++)
    ck_assert_int_eq(diag_code_find(name), (DiagCode)(count + 1));  // in this order
  ck_assert_int_eq(count, DIAG_CODE_COUNT - 1);
}
END_TEST

START_TEST(every_code_is_explained) {
  for (DiagCode code = 1; code < DIAG_CODE_COUNT; code++) {
    const DiagInfo *info = diag_info(code);
    Str text = str_from(info->explanation);
    ck_assert_msg(text.len > 200, "%s needs a text", info->name);
    ck_assert_msg(str_ends(text, STR("\n")) && !str_ends(text, STR("\n\n")), "%s: end of the text",
                  info->name);
    ck_assert_msg(str_find(text, str_from(info->name)) > 0, "%s: its example does not show it", info->name);
    ck_assert_msg(islower(info->title[0]) || isupper(info->title[0]), "%s: title", info->name);
    if (info->severity == DIAG_WARNING) ck_assert_msg(info->flag != NULL, "%s needs a -W name", info->name);
    if (info->severity == DIAG_ERROR) ck_assert_msg(info->on, "%s: an error that is off", info->name);
    Buf out = {0};
    diag_explain(&out, code);
    ck_assert(str_starts(buf_str(&out), str_from(info->name)));
    ck_assert(str_find(buf_str(&out), text) > 0);
    buf_free(&out);
  }
}
END_TEST

START_TEST(no_flag_hides_another_form) {
  for (DiagCode code = 1; code < DIAG_CODE_COUNT; code++) {
    const char *flag = diag_info(code)->flag;
    if (!flag) continue;
    ck_assert_msg(!str_starts(str_from(flag), STR("no-")) && !str_starts(str_from(flag), STR("error")) &&
                      strcmp(flag, "all") != 0,
                  "-W%s", flag);
  }
}
END_TEST

UNIT_MAIN("policy", the_catalogue_has_defaults, flags_switch_warnings, all_spares_what_was_named,
          warnings_become_errors, no_warnings_means_none, weaker_cases_follow_the_flag,
          unknown_names_get_a_suggestion, codes_are_found_by_name, every_documented_code_is_there,
          every_code_is_explained, no_flag_hides_another_form)
