// What the command line makes of a warning. Several codes may share one -W name; what is said about
// one code later on the command line wins over what was said before, and what is said about a name
// always wins over -Wall and -Werror.
#include "base/suggest.h"
#include "diag/report.h"

typedef enum Request { TURN_ON, TURN_OFF, MAKE_ERROR, MAKE_NO_ERROR } Request;

static int next_level(int level, Request request) {
  bool asked_for = level == POLICY_ON || level == POLICY_ERROR || level == POLICY_ON_NOT_ERROR;
  bool not_error = level == POLICY_NOT_ERROR || level == POLICY_ON_NOT_ERROR;
  switch (request) {
    case TURN_ON:
      return level == POLICY_ERROR ? POLICY_ERROR : not_error ? POLICY_ON_NOT_ERROR : POLICY_ON;
    case TURN_OFF:
      return POLICY_OFF;
    case MAKE_ERROR:
      return POLICY_ERROR;
    case MAKE_NO_ERROR:
      return level == POLICY_OFF ? POLICY_OFF : asked_for ? POLICY_ON_NOT_ERROR : POLICY_NOT_ERROR;
  }
  return level;
}

// Whether `name` is the flag or the code of a warning.
static bool is_named(const DiagInfo *info, Str name) {
  if (!info->flag) return false;
  return str_eq(name, str_from(info->flag)) || str_eq_nocase(name, str_from(info->name));
}

static bool apply_request(DiagPolicy *policy, Str name, Request request) {
  bool known = false;
  for (DiagCode code = 1; code < DIAG_CODE_COUNT; code++) {
    if (!is_named(diag_info(code), name)) continue;
    known = true;
    policy->level[code] = next_level(policy->level[code], request);
  }
  return known;
}

static Str nearest_flag(Str name) {
  Suggestion search = suggest_start(name);
  for (DiagCode code = 1; code < DIAG_CODE_COUNT; code++)
    if (diag_info(code)->flag) suggest_offer(&search, str_from(diag_info(code)->flag));
  suggest_offer(&search, STR("all"));
  suggest_offer(&search, STR("error"));
  return search.best;
}

static void set_all(DiagPolicy *policy) {
  for (DiagCode code = 1; code < DIAG_CODE_COUNT; code++)
    if (policy->level[code] == POLICY_DEFAULT && diag_info(code)->flag) policy->level[code] = POLICY_ON;
}

bool diag_policy_set(DiagPolicy *policy, Str argument, Str *suggestion) {
  static const struct {
    Str prefix;
    Request request;
  } forms[] = {{STR("error="), MAKE_ERROR}, {STR("no-error="), MAKE_NO_ERROR}, {STR("no-"), TURN_OFF}};
  *suggestion = STR_NONE;
  if (str_eq(argument, STR("all"))) {
    set_all(policy);
    return true;
  }
  if (str_eq(argument, STR("error")) || str_eq(argument, STR("no-error"))) {
    policy->all_as_errors = str_eq(argument, STR("error"));
    return true;
  }
  Request request = TURN_ON;
  Str name = argument;
  for (size_t i = 0; i < sizeof forms / sizeof *forms && request == TURN_ON; i++) {
    if (!str_starts(argument, forms[i].prefix)) continue;
    request = forms[i].request;
    name = str_skip(argument, forms[i].prefix.len);
  }
  if (apply_request(policy, name, request)) return true;
  *suggestion = nearest_flag(name);
  return false;
}

DiagSeverity diag_effective(const DiagPolicy *policy, const Diag *diag, bool *shown) {
  *shown = true;
  if (diag->severity != DIAG_WARNING) return diag->severity;
  int level = (int)policy->level[diag->code];
  bool on =
      level == POLICY_DEFAULT || level == POLICY_NOT_ERROR ? diag_info(diag->code)->on : level != POLICY_OFF;
  *shown = on && !policy->no_warnings;
  bool spared = level == POLICY_NOT_ERROR || level == POLICY_ON_NOT_ERROR;
  return level == POLICY_ERROR || (policy->all_as_errors && !spared) ? DIAG_ERROR : DIAG_WARNING;
}

bool diag_asks_for(const DiagPolicy *policy, DiagCode code) {
  return !policy->no_warnings && (policy->level[code] == POLICY_ON || policy->level[code] == POLICY_ERROR);
}

DiagTotals diag_apply(const DiagPolicy *policy, DiagBag *bag) {
  DiagTotals totals = {0};
  size_t kept = 0;
  for (size_t i = 0; i < bag->list.len; i++) {
    Diag *diag = bag->list.data[i];
    bool shown;
    diag->severity = diag_effective(policy, diag, &shown);
    if (!shown) continue;
    totals.errors += diag->severity == DIAG_ERROR;
    totals.warnings += diag->severity == DIAG_WARNING;
    bag->list.data[kept++] = diag;
  }
  bag->list.len = kept;
  return totals;
}
