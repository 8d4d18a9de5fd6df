/* In: judgements. Out: a line for people, JSON for programs. */
#include <math.h>
#include <stdlib.h>

#include "emit/json_writer.h"
#include "emit/places.h"
#include "passes/resilience.h"
#include "workspace/monitor.h"

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

/* Text */

static Str window_text(Arena *arena, const Judgement *j) {
  if (isnan(j->shortest)) return STR("since the start");
  Str from = resilience_time(arena, j->shortest), to = resilience_time(arena, j->longest);
  if (j->shortest == j->longest) return str_printf(arena, "over %.*s", STR_ARG(from));
  return str_printf(arena, "over %.*s to %.*s", STR_ARG(from), STR_ARG(to));
}

static void print_one(const Judgement *j, Arena *arena, Buf *out) {
  static const char *const verdicts[] = {
      [VERDICT_KEPT] = "kept",
      [VERDICT_CROSSED] = "crossed",
      [VERDICT_FEW] = "not judged, fewer than 20",
      [VERDICT_NOTHING] = "not judged, nothing was measured",
  };
  Str value = isnan(j->value) ? STR("-") : bound_value(arena, &j->bound, j->value);
  Buf line = {0};
  buf_printf(&line, "%.*s: %.*s: %.*s (%.0f %s %.*s): %s", STR_ARG(j->name),
             STR_ARG(bound_text(arena, &j->bound)), STR_ARG(value), j->sample,
             j->bound.kind == BOUND_FALLBACKS ? "calls" : "requests", STR_ARG(window_text(arena, j)),
             verdicts[j->verdict]);
  diag_put_safe(out, buf_str(&line), 0);
  buf_char(out, '\n');
  buf_free(&line);
}

void monitor_print(const Monitor *monitor, bool verbose, Arena *arena, Buf *out) {
  for (size_t i = 0; verbose && i < monitor->list.len; i++) print_one(&monitor->list.data[i], arena, out);
  buf_printf(out, "%zu integration%s, %zu threshold%s", monitor->integrations, plural(monitor->integrations),
             monitor->judged, plural(monitor->judged));
  if (monitor->crossed) buf_printf(out, ", %zu crossed", monitor->crossed);
  if (!monitor->crossed && monitor->judged) buf_put(out, STR(", all kept"));
  if (monitor->few) buf_printf(out, ", %zu not judged (fewer than %d calls)", monitor->few, BOUND_SAMPLE);
  if (monitor->text && monitor->judged) buf_put(out, STR(", on totals since the start"));
  buf_char(out, '\n');
}

/* JSON */

static void put_number(JsonWriter *w, Arena *arena, const char *key, double number) {
  Str text = STR("null");
  if (fabs(number) < 1e15) text = str_printf(arena, "%.0f", number);
  for (int digits = 6; !isnan(number) && digits <= 17; digits++) {
    if (strtod(text.data, NULL) == number) break;
    text = str_printf(arena, "%.*g", digits, number);
  }
  json_key(w, str_from(key));
  json_literal(w, text);
}

static void put_judgement(JsonWriter *w, const Judgement *j, Places *places, Arena *arena) {
  static const char *const origins[] = {
      [BOUND_MANIFEST] = "manifest", [BOUND_PROJECT] = "project", [BOUND_DEFAULT] = "default"};
  static const char *const verdicts[] = {[VERDICT_KEPT] = "kept",
                                         [VERDICT_CROSSED] = "crossed",
                                         [VERDICT_FEW] = "too-few-calls",
                                         [VERDICT_NOTHING] = "nothing-measured"};
  json_object(w);
  json_string_member(w, "metric", j->bound.metric);
  json_string_member(w, "is", str_from(ir_operator_name(j->bound.op)));
  put_number(w, arena, "bound", j->bound.bound);
  put_number(w, arena, "over", j->bound.window);
  json_string_member(w, "origin", str_from(origins[j->bound.origin]));
  json_string_member(w, "source", places_text(places, arena, j->bound.span));
  json_string_member(w, "verdict", str_from(verdicts[j->verdict]));
  put_number(w, arena, "value", j->value);
  put_number(w, arena, "sample", j->sample);
  put_number(w, arena, "from", j->shortest);
  put_number(w, arena, "to", j->longest);
  json_close(w, '}');
}

void monitor_print_json(const Monitor *monitor, const Sources *sources, Arena *arena, Buf *out) {
  Places places = places_new(sources);
  JsonWriter w = json_begin(out, STR("monitor"));
  json_key(&w, STR("integrations"));
  json_object(&w);
  for (size_t i = 0; i < monitor->list.len;) {
    Str name = monitor->list.data[i].name;
    json_key(&w, name);
    json_list(&w, false);
    for (; i < monitor->list.len && str_eq(monitor->list.data[i].name, name); i++)
      put_judgement(&w, &monitor->list.data[i], &places, arena);
    json_close(&w, ']');
  }
  json_close(&w, '}');
  json_end(&w);
  places_free(&places);
}
