/* Times of attempts against sums made one by one, and the words of triggers. */
#include "passes/resilience.h"
#include "passes/failures.h"

#include <math.h>

#include "unit.h"

// By the definition: pause n is first, n * first or first * 2^(n-1), none above `most`.
static double pauses_one_by_one(const Attempts *a) {
  double sum = 0;
  for (int n = 1; n <= (int)a->retries; n++) {
    double pause = a->backoff == BACKOFF_CONSTANT ? a->first
                   : a->backoff == BACKOFF_LINEAR ? a->first * n
                                                  : a->first * pow(2, n - 1);
    sum += fmin(pause, a->most);
  }
  return sum;
}

START_TEST(pauses_add_up) {
  static const double firsts[] = {0, 1, 100, 250, 1000}, mosts[] = {50, 100, 700, 1000, 60000, INFINITY};
  for (int backoff = BACKOFF_EXPONENTIAL; backoff <= BACKOFF_CONSTANT; backoff++)
    for (size_t f = 0; f < sizeof firsts / sizeof *firsts; f++)
      for (size_t m = 0; m < sizeof mosts / sizeof *mosts; m++)
        for (int retries = 0; retries < 40; retries++) {
          Attempts a = {.timeout = 2000,
                        .retries = retries,
                        .first = firsts[f],
                        .most = mosts[m],
                        .backoff = (Backoff)backoff};
          double expected = pauses_one_by_one(&a), found = attempts_pauses(&a);
          ck_assert_msg(fabs(expected - found) <= 1e-9 * (1 + expected),
                        "backoff %d, %d retries, %g..%g: %g, not %g", backoff, retries, a.first, a.most,
                        found, expected);
          ck_assert_double_eq_tol(attempts_time(&a), (retries + 1) * 2000.0 + expected,
                                  1e-6 * (1 + expected));
        }
}
END_TEST

START_TEST(many_retries_are_soon_added_up) {
  Attempts a = {.timeout = 1, .retries = 1e15, .first = 100, .most = 1000, .backoff = BACKOFF_EXPONENTIAL};
  ck_assert_double_eq(attempts_pauses(&a), 100 + 200 + 400 + 800 + (1e15 - 4) * 1000);
  a.most = INFINITY;
  ck_assert(isinf(attempts_pauses(&a)));
  a.backoff = BACKOFF_LINEAR;
  ck_assert_double_eq_tol(attempts_pauses(&a) / (100 * 1e15 * (1e15 + 1) / 2), 1, 1e-9);
}
END_TEST

static void expect_time(double ms, const char *text) {
  Arena arena = {0};
  ck_str(resilience_time(&arena, ms), text);
  arena_free(&arena);
}

static void expect_rate(double per_second, const char *text) {
  Arena arena = {0};
  ck_str(resilience_rate(&arena, per_second), text);
  arena_free(&arena);
}

START_TEST(times_and_rates_are_spelt_as_in_manifests) {
  expect_time(0, "0ms");
  expect_time(250, "250ms");
  expect_time(6600, "6.6s");
  expect_time(90000, "90s");
  expect_time(300000, "5m");
  expect_time(301000, "301s");
  expect_time(7200000, "2h");
  expect_time(86400000, "1d");
  expect_rate(50, "50/s");
  expect_rate(1000.0 / 60, "1000/m");
  expect_rate(10.0 / 3600, "10/h");
  expect_rate(5.0 / 86400, "5/d");
  expect_rate(100 + 50.0 / 60, "6050/m");
}
END_TEST

static void expect_failures(const char *trigger, FailureSet expected, const char *unknown) {
  Str wrong;
  size_t offset;
  ck_assert_msg(failures_named(str_from(trigger), &wrong, &offset) == expected, "%s", trigger);
  if (!unknown) {
    ck_assert_msg(!wrong.data, "%s", trigger);
    return;
  }
  ck_str(wrong, unknown);
  ck_assert_uint_eq(offset, (size_t)(strstr(trigger, unknown) - trigger));
}

START_TEST(triggers_name_failures) {
  expect_failures("primary_failure", ALL_FAILURES, NULL);
  expect_failures("Primary-Failure", ALL_FAILURES, NULL);
  expect_failures("timeout", 1u << FAILURE_TIMEOUT, NULL);
  expect_failures("rate-limited | 503-ish", 1u << FAILURE_RATE_LIMITED, "503-ish");
  expect_failures(" timeout ,busy,, unreachable",
                  1u << FAILURE_TIMEOUT | 1u << FAILURE_RATE_LIMITED | 1u << FAILURE_UNREACHABLE, NULL);
  expect_failures("", 0, NULL);
  expect_failures("budget_spent", 0, "budget_spent");
  ck_str(failure_near(STR("unreachble")), "unreachable");
  ck_assert_ptr_null(failure_near(STR("budget_spent")).data);
}
END_TEST

UNIT_MAIN("resilience", pauses_add_up, many_retries_are_soon_added_up,
          times_and_rates_are_spelt_as_in_manifests, triggers_name_failures)
