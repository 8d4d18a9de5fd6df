/* Bounds on how long a build may take. */
#include "workspace/alerts.h"

#include "unit.h"

static Arena arena;

static ProjectAlert alert(const char *metric, const char *op, double bound) {
  ProjectAlert row = {.metric = {str_from(metric), SPAN_NONE}, .op = str_from(op), .bound = bound};
  row.text.span = (Span){1, 7, 16};
  return row;
}

// The only message, "" without one.
static Str judge(const ProjectAlert *alerts, size_t count, double scan, double generation) {
  DiagBag diags = {.arena = &arena};
  ProjectSettings settings = {0};
  CompileMetrics metrics = {.scan_ms = scan, .generation_ms = generation};
  for (size_t i = 0; i < count; i++) vec_push(&arena, &settings.alerts, alerts[i]);
  alerts_check(&settings, &metrics, &diags);
  ck_assert_uint_le(diags.list.len, 1);
  if (!diags.list.len) return STR("");
  ck_assert(diags.list.data[0]->code == FX7001 && diags.list.data[0]->severity == DIAG_WARNING);
  ck_assert_int_eq(span_exists(diags.list.data[0]->span), count > 0);
  return diags.list.data[0]->message;
}

START_TEST(the_scan_has_a_bound_of_its_own) {
  ck_str(judge(NULL, 0, 7400, 0), "the scan took 7.4s");
  ck_str(judge(NULL, 0, 5000, 60000), "");
}
END_TEST

START_TEST(a_clause_takes_its_place) {
  ProjectAlert minute = alert("scan", ">", 60000), strict = alert("scan", ">=", 350),
               generation = alert("generation", ">", 1000);
  ck_str(judge(&minute, 1, 7400, 0), "");
  ck_str(judge(&strict, 1, 350, 0), "the scan took 350ms");
  ck_str(judge(&generation, 1, 10, 1500), "the generation took 1.5s");
  ck_str(judge(&generation, 1, 10, 1000), "");
}
END_TEST

START_TEST(alerts_about_calls_are_for_the_monitor) {
  ProjectAlert calls = alert("error-rate", ">", 0);
  ck_str(judge(&calls, 1, 10, 10), "");
}
END_TEST

int main(void) {
  const TTest *const tests[] = {the_scan_has_a_bound_of_its_own, a_clause_takes_its_place,
                                alerts_about_calls_are_for_the_monitor};
  return unit_run("alerts", tests, sizeof tests / sizeof *tests);
}
