/* In: clauses that .fx writes on one line. Out: that line. Each function shows its form in the comment above
 * it. What YAML can leave out and .fx cannot is reported. */
#include "edit/fx_writer.h"
#include "edit/look.h"

void fx_put_child(FxWriter *w, const Item *item, ClauseId clause, const char *before) {
  const Item *child = item_child(item, clause);
  if (!child) return;
  fx_put(w, before);
  fx_put_scalar(w, child);
}

static void put_typed(FxWriter *w, const Item *type, const char *before) {
  if (!type) return;
  fx_put(w, before);
  fx_put_type(w, type);
}

// A default may be a list or a record.
static void put_initial(FxWriter *w, Item *initial) {
  if (!initial) return;
  fx_put(w, " = ");
  fx_put_value(w, initial);
}

static Item *need(FxWriter *w, const Item *item, ClauseId clause) {
  Item *child = item_child(item, clause);
  if (!child)
    fx_cannot(w, item, "'%s' cannot be written without '%s' in .fx", clause_info(item->clause)->fx,
              clause_info(clause)->id);
  return child;
}

static void put_word(FxWriter *w, const Item *item) {
  fx_put(w, clause_info(item->clause)->fx);
  fx_put(w, " ");
}

static void put_word_and_name(FxWriter *w, const Item *item) {
  put_word(w, item);
  fx_put_key(w, item->name);
}

/// (a: T, b: U)
static void put_fields(FxWriter *w, const Item *item, ClauseId clause) {
  const char *before = "";
  fx_put(w, "(");
  for (const Item *field = item->first; field; field = field->next) {
    if (field->clause != clause) continue;
    fx_put(w, before);
    fx_put_key(w, field->name);
    put_typed(w, field, ": ");
    before = ", ";
  }
  fx_put(w, ")");
}

/// a = 1, b = 2
static void put_arguments(FxWriter *w, Item *item, ClauseId clause) {
  const char *before = "";
  for (Item *argument = item->first; argument; argument = argument->next) {
    if (argument->clause != clause) continue;
    fx_put(w, before);
    fx_put_key(w, argument->name);
    fx_put(w, " = ");
    fx_put_value(w, argument);
    before = ", ";
  }
}

/* Of an integration */

/// prop country: "us" | "ca" = "us"
static void put_prop(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  put_typed(w, need(w, item, CLAUSE_prop_type), ": ");
  put_initial(w, item_child(item, CLAUSE_prop_initial));
}

/// slot city: input?
static void put_slot(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  fx_put_child(w, item, CLAUSE_slot_element, ": ");
}

/// event paid(receipt: Receipt)
static void put_event(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  if (item->first) put_fields(w, item, CLAUSE_event_field);
}

/// street: string
static void put_field(FxWriter *w, Item *item) {
  fx_put_key(w, item->name);
  put_typed(w, item, ": ");
}

/// operation pay(amount: number) -> Receipt
static void put_operation(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  put_fields(w, item, CLAUSE_operation_param);
  put_typed(w, item_child(item, CLAUSE_operation_returns), " -> ");
}

/// requires geocoding ^2.1
static void put_requirement(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  if (item->kind == AST_NONE) return;
  fx_put(w, " ");
  fx_put_range(w, item);
}

/// metadata reviewed = true
static void put_entry(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  fx_put(w, " = ");
  fx_put_value(w, item);
}

/* Reactions */

/// call validate(street = street.value) -> address
static void put_call(FxWriter *w, Item *item) {
  put_word(w, item);
  fx_put_child(w, item, CLAUSE_call_operation, "");
  fx_put(w, "(");
  put_arguments(w, item, CLAUSE_call_argument);
  fx_put(w, ")");
  fx_put_child(w, item, CLAUSE_call_as, " -> ");
}

/// emit validated(address)
static void put_emit(FxWriter *w, Item *item) {
  put_word(w, item);
  fx_put_child(w, item, CLAUSE_emit_event, "");
  Item *values = item_child(item, CLAUSE_emit_argument);
  if (!values) return;
  fx_put(w, "(");
  for (Item *value = values->first; value; value = value->next) {
    if (value != values->first) fx_put(w, ", ");
    fx_put_value(w, value);
  }
  fx_put(w, ")");
}

static void put_step(FxWriter *w, Item *item) {
  Item *call = item_child(item, CLAUSE_step_call), *emit = item_child(item, CLAUSE_step_emit);
  if (call) {
    put_call(w, call);
  } else if (emit) {
    put_emit(w, emit);
  } else if (item_child(item, CLAUSE_step_fill)) {
    fx_put(w, "fill ");
    put_arguments(w, item, CLAUSE_step_fill);
  } else {
    fx_cannot(w, item, "a step that does nothing cannot be written in .fx");
  }
}

/* Of a release */

/// env MAPS_KEY: secret /^AIza/ = "none"
static void put_env(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  put_typed(w, item_child(item, CLAUSE_env_type), ": ");
  Item *pattern = item_child(item, CLAUSE_env_pattern);
  if (pattern) {
    fx_put(w, " ");
    fx_put_pattern(w, pattern);
  }
  put_initial(w, item_child(item, CLAUSE_env_initial));
}

/// rollout stage-1 = a, b
static void put_rollout(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  fx_put(w, " = ");
  Item *groups = item_child(item, CLAUSE_rollout_group);
  if (!groups) fx_cannot(w, item, "a stage of a roll-out without groups cannot be written in .fx");
  for (Item *group = groups ? groups->first : NULL; group; group = group->next) {
    if (group != groups->first) fx_put(w, ", ");
    fx_put_scalar(w, group);
  }
}

/// v3, google "2.15.0" trigger primary_failure
static void put_link(FxWriter *w, Item *item) {
  fx_put_child(w, item, CLAUSE_link_name, "");
  fx_put_child(w, item, CLAUSE_link_version, " ");
  fx_put_child(w, item, CLAUSE_link_trigger, " trigger ");
}

/// accountType in ["enterprise"]
static void put_condition(FxWriter *w, Item *item) {
  const Item *operator= item_child(item, CLAUSE_condition_operator);
  fx_put_key(w, item_child(item, CLAUSE_condition_subject)->text);
  fx_put(w, " ");
  fx_put(w, !operator                               ? "=="
            : str_eq(operator->text, STR("not_in")) ? "not in"
                                                    : str_cstr(w->arena, operator->text));
  fx_put(w, " ");
  fx_put_value(w, item_child(item, CLAUSE_condition_value));
}

static void put_conditions(FxWriter *w, Item *group) {
  fx_put(w, " when ");
  for (Item *condition = group->first; condition; condition = condition->next) {
    if (condition != group->first) fx_put(w, " and ");
    put_condition(w, condition);
  }
}

/// v2 10% when accountType == "test"; behind `route` where it stands alone
static void put_route(FxWriter *w, Item *item) {
  bool alone = !item_child(item->parent, CLAUSE_integration_strategy);
  if (alone) fx_put(w, "route ");
  fx_put_child(w, item, CLAUSE_route_version, "");
  fx_put_child(w, item, CLAUSE_route_traffic, " ");
  Item *conditions = item_child(item, CLAUSE_route_condition);
  if (conditions) put_conditions(w, conditions);
}

/// 5% for 4h
static void put_stage(FxWriter *w, Item *item) {
  fx_put_child(w, item, CLAUSE_stage_percentage, "");
  fx_put_child(w, item, CLAUSE_stage_duration, " for ");
}

static void put_threshold(FxWriter *w, Item *item) { fx_put_threshold(w, item); }

/* Limits */

static void need_any(FxWriter *w, const Item *item) {
  if (!item->first)
    fx_cannot(w, item, "'%s' says nothing, which cannot be written in .fx", clause_info(item->clause)->fx);
}

/// retry 3 exponential 200ms..5s
static void put_retry(FxWriter *w, Item *item) {
  fx_put(w, "retry");
  fx_put_child(w, item, CLAUSE_retry_attempts, " ");
  fx_put_child(w, item, CLAUSE_retry_backoff, " ");
  fx_put_child(w, item, CLAUSE_retry_from, " ");
  fx_put_child(w, item, CLAUSE_retry_to, item_child(item, CLAUSE_retry_from) ? ".." : " ..");
  need_any(w, item);
}

/// batch 20 within 10ms
static void put_batch(FxWriter *w, Item *item) {
  fx_put(w, "batch");
  fx_put_child(w, item, CLAUSE_batch_size, " ");
  fx_put_child(w, item, CLAUSE_batch_within, " within ");
  need_any(w, item);
}

/// breaker 5 failures reset 60s
static void put_breaker(FxWriter *w, Item *item) {
  fx_put(w, "breaker");
  fx_put_child(w, item, CLAUSE_breaker_failures, " ");
  if (item_child(item, CLAUSE_breaker_failures)) fx_put(w, " failures");
  fx_put_child(w, item, CLAUSE_breaker_reset, " reset ");
  need_any(w, item);
}

/* Migrations */

/// rename prop lang -> country
static void put_rename(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  fx_put(w, " -> ");
  fx_put_scalar(w, item);
}

/// value config strict "yes" -> true: a line for each value
static void put_values(FxWriter *w, Item *item) {
  for (Item *change = item->first; change; change = change->next) {
    if (change != item->first) fx_newline(w);
    put_word_and_name(w, item);
    fx_put(w, " ");
    Item old = {.kind = AST_TEXT, .text = change->name, .span = change->span};
    fx_put_value(w, &old);
    fx_put(w, " -> ");
    fx_put_value(w, change);
  }
  need_any(w, item);
}

/* Projects */

/// flag use_smarty off
static void put_flag(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  fx_put(w, item->number != 0 ? " on" : " off");
}

/// provider address-validation = smarty
static void put_provider(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  fx_put(w, " = ");
  fx_put_scalar(w, item);
}

/// suggest address-validation when xpath "//input"
static void put_suggest(FxWriter *w, Item *item) {
  put_word_and_name(w, item);
  fx_put_child(w, item, CLAUSE_suggest_xpath, " when xpath ");
}

/// trust "integrations/**" key "RWQ"
static void put_trust(FxWriter *w, Item *item) {
  put_word(w, item);
  fx_put_child(w, item, CLAUSE_trust_glob, "");
  fx_put_child(w, item, CLAUSE_trust_key, " key ");
}

/// orphan error
static void put_rule(FxWriter *w, Item *item) {
  fx_put_key(w, item->name);
  fx_put(w, " ");
  fx_put_scalar(w, item);
}

/* Which is which */

typedef void PutLine(FxWriter *w, Item *item);

// clang-format off
static PutLine *line_of(ClauseId clause) {
  switch (clause) {
    case CLAUSE_integration_prop: return put_prop;
    case CLAUSE_integration_slot: return put_slot;
    case CLAUSE_integration_event: return put_event;
    case CLAUSE_record_field: return put_field;
    case CLAUSE_integration_operation: return put_operation;
    case CLAUSE_integration_requires: case CLAUSE_integration_optional: case CLAUSE_integration_conflicts:
    case CLAUSE_release_requires: case CLAUSE_release_optional: case CLAUSE_release_conflicts:
    case CLAUSE_compatibility_requires: case CLAUSE_compatibility_optional: case CLAUSE_compatibility_conflicts:
    case CLAUSE_project_pin: return put_requirement;
    case CLAUSE_integration_meta_other: case CLAUSE_integration_generated_other: case CLAUSE_integration_annotation: return put_entry;
    case CLAUSE_behavior_step: return put_step;
    case CLAUSE_release_env: case CLAUSE_overlay_env: return put_env;
    case CLAUSE_release_rollout: return put_rollout;
    case CLAUSE_integration_fallback: case CLAUSE_overlay_fallback: return put_link;
    case CLAUSE_integration_route: return put_route;
    case CLAUSE_canary_stage: return put_stage;
    case CLAUSE_integration_alert: case CLAUSE_project_alert: case CLAUSE_canary_rollback: return put_threshold;
    case CLAUSE_limits_retry: return put_retry;
    case CLAUSE_limits_batch: return put_batch;
    case CLAUSE_limits_breaker: return put_breaker;
    case CLAUSE_migrate_rename_prop: case CLAUSE_migrate_rename_config: case CLAUSE_migrate_rename_feature: return put_rename;
    case CLAUSE_migrate_value_prop: case CLAUSE_migrate_value_config: return put_values;
    case CLAUSE_environment_flag: return put_flag;
    case CLAUSE_environment_provider: return put_provider;
    case CLAUSE_discover_suggest: return put_suggest;
    case CLAUSE_project_trust: return put_trust;
    case CLAUSE_project_rule: return put_rule;
    case CLAUSE_release_config: case CLAUSE_overlay_config: case CLAUSE_overlay_monitoring: return fx_put_pair;
    case CLAUSE_release_origin: case CLAUSE_overlay_origin: return fx_put_pair;
    default: return NULL;
  }
}
// clang-format on

bool fx_put_line(FxWriter *w, Item *item) {
  PutLine *put = line_of(item->clause);
  if (put) put(w, item);
  return put != NULL;
}
