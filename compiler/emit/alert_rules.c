/* In: what holds for each integration in use (bounds.h). Out: alerts.rules.yml. Surprising: Prometheus reads
 * labels and annotations as templates, so that a "{{" of a manifest needs a template that prints it; and a
 * counter that never counted anything is not there at all, which is why absent ones count as 0. */
#include "emit/alert_rules.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "emit/bounds.h"
#include "emit/name.h"
#include "emit/places.h"
#include "passes/resilience.h"

typedef struct Rules {
  const Ir *ir;
  Arena *arena;
  Buf *out;
  const Str *places;  // of the bounds that come, in order
  Str integration;    // as a label matcher: integration="…"
} Rules;

/* Texts */

// What a reader of YAML or PromQL could take for something else, or not see.
static bool is_plain(uint32_t point) {
  bool control = point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xAD;
  bool unseen = (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
                (point >= 0x2060 && point <= 0x206F) || (point >= 0xFFF9 && point <= 0xFFFF) ||
                point == 0xFEFF;
  return !control && !unseen && point != '"' && point != '\\';
}

// The inside of a string in double quotes, for YAML (5.7) and for PromQL (as Go has it) alike.
static void put_quoted(Buf *out, Str text) {
  while (text.len) {
    uint32_t point;
    size_t length = utf8_decode(text, &point);
    if (point == '"' || point == '\\')
      buf_printf(out, "\\%c", (char)point);
    else if (point == 0xFFFD || is_plain(point))
      buf_put(out, point == 0xFFFD ? STR("\xEF\xBF\xBD") : str_take(text, length));
    else
      buf_printf(out, point > 0xFFFF ? "\\U%08X" : "\\u%04X", point);
    text = str_skip(text, length);
  }
}

static void put_template(Buf *out, Str text) {
  for (; text.len; text = str_skip(text, 1)) {
    bool opens = str_starts(text, STR("{{"));
    buf_put(out, opens ? STR("{{\"{{\"}}") : str_take(text, 1));
    if (opens) text = str_skip(text, 1);
  }
}

/// A text of a manifest or of ours as it is to be read by people: `literal` is kept from being a template.
static void put_member(Rules *r, const char *key, Str literal, Str template) {
  Buf text = {0};
  put_template(&text, literal);
  buf_put(&text, template);
  buf_printf(r->out, "          %s: \"", key);
  put_quoted(r->out, buf_str(&text));
  buf_put(r->out, STR("\"\n"));
  buf_free(&text);
}

static Str number(Arena *arena, double value) {
  for (int digits = 6; digits < 17; digits++) {
    Str text = str_printf(arena, "%.*g", digits, value);
    if (strtod(text.data, NULL) == value) return text;
  }
  return str_printf(arena, "%.17g", value);
}

// Whole units of PromQL; a hundred years are enough.
static Str duration(Arena *arena, double ms) {
  static const struct {
    double ms;
    const char *unit;
  } units[] = {{86400000, "d"}, {3600000, "h"}, {60000, "m"}, {1000, "s"}, {1, "ms"}};
  double longest = 36500 * units[0].ms, whole = ms < longest ? -resilience_floor(-ms) : longest;
  size_t i = 0;
  while (whole != resilience_floor(whole / units[i].ms) * units[i].ms) i++;
  return str_printf(arena, "%.0f%s", whole / units[i].ms, units[i].unit);
}

/* Expressions */

// sum(increase(fxc_asks_total{integration="maps",result="ok"}[5m]))
static Str counted(const Rules *r, const char *metric, const char *matcher, Str window) {
  return str_printf(r->arena, "sum(increase(%s{%.*s%s}[%.*s]))", metric, STR_ARG(r->integration), matcher,
                    STR_ARG(window));
}

static Str measured(const Rules *r, const Bound *bound, Str window) {
  static const struct {
    const char *metric, *matcher;
  } parts[] = {
      [BOUND_FALLBACKS] = {"fxc_fallbacks_total", ""},
      [BOUND_ERRORS] = {"fxc_asks_total", ",result=~\"error|timeout\""},
      [BOUND_SUCCESSES] = {"fxc_asks_total", ",result=\"ok\""},
      [BOUND_TIMEOUTS] = {"fxc_asks_total", ",result=\"timeout\""},
  };
  if (bound->kind == BOUND_LATENCY)
    return str_printf(r->arena,
                      "histogram_quantile(%.*s, sum by (le) "
                      "(increase(fxc_ask_duration_seconds_bucket{%.*s}[%.*s])))",
                      STR_ARG(number(r->arena, bound->quantile)), STR_ARG(r->integration), STR_ARG(window));
  return str_printf(r->arena, "(%.*s or vector(0))",
                    STR_ARG(counted(r, parts[bound->kind].metric, parts[bound->kind].matcher, window)));
}

static Str sample(const Rules *r, const Bound *bound, Str window) {
  const char *metric = bound->kind == BOUND_FALLBACKS ? "fxc_calls_total"
                       : bound->kind == BOUND_LATENCY ? "fxc_ask_duration_seconds_count"
                                                      : "fxc_asks_total";
  return counted(r, metric, "", window);
}

static void put_expression(Rules *r, const Bound *bound) {
  Str window = duration(r->arena, bound->window), all = sample(r, bound, window);
  bool latency = bound->kind == BOUND_LATENCY;
  Str limit = number(r->arena, latency ? bound->bound / 1000 : bound->bound);
  buf_printf(r->out, "        expr: |-\n          %.*s\n", STR_ARG(measured(r, bound, window)));
  if (!latency) buf_printf(r->out, "            / %.*s\n", STR_ARG(all));
  buf_printf(r->out, "            %s %.*s\n          and %.*s >= %d\n", ir_operator_name(bound->op),
             STR_ARG(limit), STR_ARG(all), BOUND_SAMPLE);
}

/* Rules */

static const char *description(BoundKind kind) {
  static const char *const texts[] = {
      [BOUND_FALLBACKS] = "{{ $value | humanizePercentage }} of its calls were answered by a fallback",
      [BOUND_ERRORS] = "{{ $value | humanizePercentage }} of the requests to its providers failed",
      [BOUND_SUCCESSES] = "{{ $value | humanizePercentage }} of the requests to its providers were answered",
      [BOUND_TIMEOUTS] = "{{ $value | humanizePercentage }} of the requests to its providers took too long",
      [BOUND_LATENCY] = "its providers took {{ $value | humanizeDuration }}",
  };
  return texts[kind];
}

static const char *origin(BoundOrigin origin) {
  static const char *const texts[] = {
      [BOUND_MANIFEST] = "",
      [BOUND_PROJECT] = " (the project's bound)",
      [BOUND_DEFAULT] = " (the default bound)",
  };
  return texts[origin];
}

// What fails hurts more than what is slow.
static const char *severity(BoundKind kind) { return kind == BOUND_LATENCY ? "warning" : "critical"; }

static void put_annotations(Rules *r, const Integration *row, const Bound *bound) {
  Str name = ir_str(r->ir, row->name);
  Str text = str_printf(r->arena, "%.*s: %.*s%s", STR_ARG(name), STR_ARG(bound_text(r->arena, bound)),
                        origin(bound->origin));
  Str over = str_printf(r->arena, ": %s at %.*s", description(bound->kind),
                        STR_ARG(str_skip(bound->metric, strlen("latency-"))));
  if (bound->kind != BOUND_LATENCY) over = str_printf(r->arena, ": %s", description(bound->kind));
  over = str_printf(r->arena, "%.*s, over %.*s.", STR_ARG(over), STR_ARG(duration(r->arena, bound->window)));
  Str label = ir_str(r->ir, row->label.sym);
  buf_put(r->out, STR("        annotations:\n"));
  put_member(r, "summary", text, STR(""));
  put_member(r, "description", label.len ? label : name, over);
  put_member(r, "source", *r->places++, STR(""));
}

static void put_rule(Rules *r, const Integration *row, const Bound *bound, size_t same) {
  Str name = name_pascal(r->arena, ir_str(r->ir, row->name)), metric = name_pascal(r->arena, bound->metric);
  buf_printf(r->out, "      - alert: %.*s%.*s", STR_ARG(name), STR_ARG(metric));
  if (same) buf_printf(r->out, "%zu", same + 1);
  buf_char(r->out, '\n');
  put_expression(r, bound);
  buf_put(r->out, STR("        labels:\n"));
  put_member(r, "integration", ir_str(r->ir, row->name), STR(""));
  put_member(r, "severity", str_from(severity(bound->kind)), STR(""));
  if (row->owner.sym) put_member(r, "owner", ir_str(r->ir, row->owner.sym), STR(""));
  put_annotations(r, row, bound);
}

// How many bounds of the metric stand before.
static size_t count_same(const Bounds *bounds, size_t end) {
  size_t count = 0;
  for (size_t i = 0; i < end; i++) count += str_eq(bounds->data[i].metric, bounds->data[end].metric);
  return count;
}

static void put_group(Rules *r, IntegrationId id, const Bounds *bounds) {
  const Integration *row = ir_integration(r->ir, id);
  Buf matcher = {0};
  put_quoted(&matcher, ir_str(r->ir, row->name));
  r->integration = str_printf(r->arena, "integration=\"%.*s\"", STR_ARG(buf_str(&matcher)));
  buf_put(r->out, STR("  - name: \""));
  buf_put(r->out, buf_str(&matcher));
  buf_put(r->out, STR("\"\n    rules:\n"));
  for (size_t i = 0; i < bounds->len; i++) put_rule(r, row, &bounds->data[i], count_same(bounds, i));
  buf_free(&matcher);
}

void emit_alert_rules(const Ir *ir, UsedIntegrations used, const ProjectSettings *settings, Arena *arena,
                      Buf *out) {
  if (!used.count) return;
  Bounds *bounds = arena_array(arena, Bounds, used.count);
  VEC(Span) spans = {0};
  for (size_t i = 0; i < used.count; i++) {
    bounds[i] = bounds_find(ir, settings, used.list[i], arena);
    for (size_t k = 0; k < bounds[i].len; k++) vec_push(arena, &spans, bounds[i].data[k].span);
  }
  Str *places = places_texts(ir->sources, arena, spans.data, spans.len);  // each file is read once
  Rules rules = {.ir = ir, .arena = arena, .out = out, .places = places};
  buf_put(out, STR("# Generated by fxc from the project. Do not edit.\ngroups:\n"));
  for (size_t i = 0; i < used.count; i++) put_group(&rules, used.list[i], &bounds[i]);
}
