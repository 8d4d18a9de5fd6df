#include "emit/runtime_data.h"

#include <math.h>
#include <stdlib.h>

#include "base/date.h"

enum { MOST_INTERVALS = 10 };

void runtime_member(Arena *arena, TsxNode *object, const char *key, TsxNode *value) {
  if (value) tsx_member(arena, object, str_from(key), value);
}

static void put_string(Arena *arena, TsxNode *object, const char *key, Str text) {
  runtime_member(arena, object, key, tsx_string(arena, text));
}

// Units are multiplied and divided away: 99.9% would be 0.9990000000000001.
static TsxNode *decimal(Arena *arena, double value) {
  return tsx_number(arena, strtod(str_printf(arena, "%.12g", value).data, NULL));
}

static void put_number(Arena *arena, TsxNode *object, const char *key, IrNumber number) {
  if (!isnan(number.number)) runtime_member(arena, object, key, decimal(arena, number.number));
}

static TsxNode *list(Arena *arena) { return tsx_node(arena, TSX_ARRAY, STR(""), SPAN_NONE); }

static TsxNode *or_none(TsxNode *node) { return node->first ? node : NULL; }

/* Values */

static double nearest(double number) { return floor(number + 0.5); }

static bool is_whole(double number) { return fabs(number - nearest(number)) <= number * 1e-9; }

// Half a call can not be made: 2.5/s is 5 calls in two seconds, and an odd rate is one call at a time.
static TsxNode *rate(Arena *arena, double per_second, double interval) {
  double count = per_second * interval / 1000, times = 1;
  while (times < MOST_INTERVALS && !(count * times >= 0.5 && is_whole(count * times))) times++;
  bool whole = count * times >= 0.5 && is_whole(count * times);
  TsxNode *node = tsx_object(arena, 0);
  runtime_member(arena, node, "count", tsx_number(arena, whole ? nearest(count * times) : count > 0));
  double per = whole ? interval * times : count > 0 ? -floor(-interval / count) : interval;
  runtime_member(arena, node, "per", tsx_number(arena, per));
  return node;
}

static TsxNode *value(const Ir *ir, Arena *arena, ValueId id) {
  const Value *row = id.n ? ir_value(ir, id) : NULL;
  switch (row ? row->kind : IR_VALUE_NULL) {
    case IR_VALUE_NULL:
      return tsx_code(arena, STR("null"));
    case IR_VALUE_BOOL:
      return tsx_code(arena, row->number != 0 ? STR("true") : STR("false"));
    case IR_VALUE_RATE:
      return rate(arena, row->number, 1000);
    case IR_VALUE_STRING:
    case IR_VALUE_DATE:
    case IR_VALUE_REFERENCE:
      return tsx_string(arena, ir_str(ir, row->text));
    case IR_VALUE_LIST:
    case IR_VALUE_RECORD:
      break;
    default:
      return decimal(arena, row->number);
  }
  bool record = row->kind == IR_VALUE_RECORD;
  TsxNode *node = record ? tsx_object(arena, 0) : list(arena);
  for (uint32_t i = 0; i < row->items.count; i++) {
    ValueId item = {row->items.first + i};
    TsxNode *code = value(ir, arena, item);
    if (record)
      tsx_member(arena, node, ir_str(ir, ir_value(ir, item)->key), code);
    else
      tsx_add(node, code);
  }
  return node;
}

/* Limits */

static TsxNode *retry(const Ir *ir, Arena *arena, const Limits *row) {
  TsxNode *node = tsx_object(arena, 0);
  if (isnan(row->retry_attempts.number)) return NULL;
  Str backoff = ir_str(ir, row->retry_backoff.sym);
  put_number(arena, node, "attempts", row->retry_attempts);
  put_string(arena, node, "backoff", backoff.len ? backoff : STR("exponential"));
  double from = isnan(row->retry_from.number) ? 0 : row->retry_from.number;
  bool open = isnan(row->retry_to.number);
  runtime_member(arena, node, "from", decimal(arena, from));
  // Without a second time nothing bounds the pauses but what a timer takes.
  runtime_member(arena, node, "to", decimal(arena, open ? INT32_MAX : row->retry_to.number));
  return node;
}

static TsxNode *pair(Arena *arena, const char *first, IrNumber one, const char *second, IrNumber other,
                     double otherwise) {
  if (isnan(one.number)) return NULL;
  TsxNode *node = tsx_object(arena, 0);
  put_number(arena, node, first, one);
  runtime_member(arena, node, second, decimal(arena, isnan(other.number) ? otherwise : other.number));
  return node;
}

TsxNode *runtime_limits(const Ir *ir, Arena *arena, LimitsId id) {
  if (!id.n) return NULL;
  const Limits *row = ir_limit(ir, id);
  TsxNode *node = tsx_object(arena, 0);
  if (!isnan(row->rate.number))
    runtime_member(arena, node, "rate", rate(arena, row->rate.number, row->rate_interval.number));
  put_number(arena, node, "burst", row->burst);
  put_number(arena, node, "concurrency", row->concurrency);
  put_number(arena, node, "timeout", row->timeout);
  put_number(arena, node, "queue", row->queue);
  runtime_member(arena, node, "retry", retry(ir, arena, row));
  runtime_member(arena, node, "batch", pair(arena, "size", row->batch_size, "within", row->batch_window, 0));
  runtime_member(arena, node, "breaker",
                 pair(arena, "failures", row->breaker_failures, "reset", row->breaker_reset, 30e3));
  return or_none(node);
}

/* Thresholds */

static TsxNode *thresholds(const Ir *ir, Arena *arena, IrRange range) {
  TsxNode *all = list(arena);
  for (uint32_t i = 0; i < range.count; i++) {
    const Threshold *row = ir_threshold_at(ir, range, i);
    TsxNode *node = tsx_add(all, tsx_object(arena, 0));
    put_string(arena, node, "metric", ir_str(ir, row->metric));
    put_string(arena, node, "is", str_from(ir_operator_name(row->op)));
    put_number(arena, node, "bound", row->bound);
    put_number(arena, node, "over", row->window);
  }
  return or_none(all);
}

/* Routes */

static TsxNode *conditions(const Ir *ir, Arena *arena, IrRange range) {
  TsxNode *all = list(arena);
  for (uint32_t i = 0; i < range.count; i++) {
    const Condition *row = ir_condition_at(ir, range, i);
    TsxNode *node = tsx_add(all, tsx_object(arena, 0));
    put_string(arena, node, "subject", ir_str(ir, row->subject));
    put_string(arena, node, "is", str_from(ir_operator_name(row->op)));
    runtime_member(arena, node, "value", value(ir, arena, row->value));
  }
  return or_none(all);
}

TsxNode *runtime_routes(const Ir *ir, Arena *arena, IrRange routes) {
  TsxNode *all = list(arena);
  for (uint32_t i = 0; i < routes.count; i++) {
    const Route *row = ir_route_at(ir, routes, i);
    TsxNode *node = tsx_add(all, tsx_object(arena, 0));
    put_string(arena, node, "release", ir_str(ir, row->release.sym));
    put_number(arena, node, "share", row->share);
    runtime_member(arena, node, "when", conditions(ir, arena, row->conditions));
  }
  if (all->first && all->first->next) all->flags |= TSX_BREAK;
  return or_none(all);
}

/* Canary */

static TsxNode *stages(const Ir *ir, Arena *arena, IrRange range) {
  TsxNode *all = list(arena);
  for (uint32_t i = 0; i < range.count; i++) {
    const CanaryStage *row = ir_canary_stage_at(ir, range, i);
    TsxNode *node = tsx_add(all, tsx_object(arena, 0));
    put_number(arena, node, "share", row->share);
    put_number(arena, node, "for", row->duration);
  }
  return all;
}

TsxNode *runtime_canary(const Ir *ir, Arena *arena, IntegrationId id) {
  const Integration *row = ir_integration(ir, id);
  ReleaseId release = ir_find_release(ir, id, row->canary_release.sym);
  if (!release.n || !row->canary.count) return NULL;
  TsxNode *node = tsx_object(arena, 0);
  int32_t day = ir_release(ir, release)->available_from.days;
  put_string(arena, node, "release", ir_release_label(ir, release));
  if (day != IR_NO_DATE)
    put_string(arena, node, "since", str_concat(arena, date_text(arena, day), STR("T00:00:00Z")));
  runtime_member(arena, node, "stages", stages(ir, arena, row->canary));
  runtime_member(arena, node, "rollback", thresholds(ir, arena, row->rollback));
  return node;
}

/* JSON */

static bool is_flat(const TsxNode *list) {
  for (const TsxNode *item = list->first; item; item = item->next)
    if (item->kind == TSX_OBJECT || item->kind == TSX_ARRAY) return false;
  return list->first != NULL;
}

void runtime_json(JsonWriter *w, const TsxNode *data) {
  switch (data->kind) {
    case TSX_STRING:
      json_string(w, data->text);
      return;
    case TSX_OBJECT:
    case TSX_ARRAY:
      break;
    default:
      json_literal(w, data->text);
      return;
  }
  bool object = data->kind == TSX_OBJECT;
  if (object)
    json_object(w);
  else
    json_list(w, is_flat(data));
  for (const TsxNode *item = data->first; item; item = item->next) {
    if (object) json_key(w, item->text);
    runtime_json(w, object ? item->first : item);
  }
  json_close(w, object ? '}' : ']');
}
