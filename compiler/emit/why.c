/* In: the reasons of a choice. Out: text for people, JSON for programs. Names and texts come from files: what
 * a terminal would obey is escaped. */
#include "emit/why.h"

#include "diag/report.h"
#include "emit/json_writer.h"
#include "emit/places.h"
#include "passes/phrase.h"

enum { IDLE_SHOWN = 5 };

typedef struct WhyWriter {
  const Ir *ir;
  Why why;
  const DiagBag *diags;
  Arena arena;
  Places places;
  Buf *out;
} WhyWriter;

static Str place_of(WhyWriter *w, Span span) {
  if (!span_exists(span)) return STR("");
  LineColumn at = places_find(&w->places, span);
  return str_printf(&w->arena, "%.*s:%u:%u", STR_ARG(source_path(w->ir->sources, span.source)), at.line,
                    at.column);
}

static Str name_of(const WhyWriter *w) { return ir_integration_name(w->ir, w->why.integration); }

// A conflict that names the integration, at some place of it.
static bool is_about(const Diag *diag, Str quoted) {
  if (diag->code != FX4001 && diag->code != FX4002 && diag->code != FX3004) return false;
  if (str_find(diag->message, quoted) >= 0) return true;
  for (size_t i = 0; i < diag->labels.len; i++)
    if (str_find(diag->labels.data[i].text, quoted) >= 0) return true;
  return false;
}

/* Text */

static void put_fact(WhyWriter *w, int indent, const WhyFact *fact) {
  buf_repeat(w->out, ' ', (size_t)indent);
  if (span_exists(fact->span)) {
    diag_put_safe(w->out, place_of(w, fact->span), 0);
    buf_put(w->out, STR(": "));
  }
  diag_put_safe(w->out, fact->text, 0);
  buf_put(w->out, fact->counts ? STR("\n") : STR(" (not chosen)\n"));
}

static void put_facts(WhyWriter *w, const char *head, const WhyFacts *facts) {
  if (!facts->len) return;
  buf_printf(w->out, "%s:\n", head);
  for (size_t i = 0; i < facts->len; i++) put_fact(w, 2, &facts->data[i]);
}

static void put_head(WhyWriter *w) {
  const Why *why = &w->why;
  if (!why->chosen.n) {
    diag_put_safe(w->out, name_of(w), 0);
    buf_put(w->out, STR(": no release is chosen\n"));
    return;
  }
  const Release *release = ir_release(w->ir, why->chosen);
  Str provider = ir_release_provider(w->ir, release);
  diag_put_safe(w->out, name_of(w), 0);
  buf_char(w->out, ' ');
  diag_put_safe(w->out, phrase_release(w->ir, &w->arena, why->chosen), 0);
  if (provider.len) buf_put(w->out, STR(" by ")), diag_put_safe(w->out, provider, 0);
  buf_put(w->out, STR(": "));
  diag_put_safe(w->out, why->reason, 0);
  buf_char(w->out, '\n');
}

static void put_other(WhyWriter *w, const WhyNot *other) {
  buf_put(w->out, STR("  "));
  diag_put_safe(w->out, phrase_release(w->ir, &w->arena, other->release), 0);
  if (other->reason.len) {
    buf_char(w->out, ' ');
    diag_put_safe(w->out, other->reason, 0);
    buf_put(w->out, STR(" ("));
    diag_put_safe(w->out, place_of(w, ir_release(w->ir, other->release)->span), 0);
    buf_put(w->out, STR(")\n"));
    return;
  }
  buf_put(w->out, STR(" is excluded by\n"));
  for (size_t i = 0; i < other->facts.len; i++) put_fact(w, 4, &other->facts.data[i]);
}

static void put_conflicts(WhyWriter *w) {
  Str quoted = str_printf(&w->arena, "'%.*s'", STR_ARG(name_of(w)));
  for (size_t i = 0; i < w->diags->list.len; i++) {
    const Diag *diag = w->diags->list.data[i];
    if (!is_about(diag, quoted)) continue;
    WhyFact fact = {diag->span,
                    str_printf(&w->arena, "%.*s [%s]", STR_ARG(diag->message), diag_info(diag->code)->name),
                    true};
    put_fact(w, 2, &fact);
    for (size_t n = 0; n < diag->labels.len; n++)
      put_fact(w, 4, &(WhyFact){diag->labels.data[n].span, diag->labels.data[n].text, true});
  }
}

// What is said by releases that are not chosen is of less interest.
static void put_said(WhyWriter *w) {
  const WhyFacts *said = &w->why.said;
  size_t idle = 0;
  if (said->len) buf_put(w->out, STR("what is said about it:\n"));
  for (size_t i = 0; i < said->len; i++) {
    idle += !said->data[i].counts;
    if (idle <= IDLE_SHOWN) put_fact(w, 2, &said->data[i]);
  }
  if (idle > IDLE_SHOWN)
    buf_printf(w->out, "  and %zu more of releases that are not chosen\n", idle - IDLE_SHOWN);
}

static void put_rest(WhyWriter *w) {
  put_facts(w, "needed by", &w->why.needed);
  put_said(w);
  if (w->why.more) buf_printf(w->out, "  and %zu more use%s\n", w->why.more, w->why.more == 1 ? "" : "s");
  if (w->why.others.len) buf_put(w->out, STR("why no other release:\n"));
  for (size_t i = 0; i < w->why.others.len; i++) put_other(w, &w->why.others.data[i]);
  if (!w->why.needed.len && !w->why.said.len) buf_put(w->out, STR("nothing needs it\n"));
}

// Beside a conflict about it, what is chosen is nothing to rely on.
static void forget_choice(WhyWriter *w) {
  Str quoted = str_printf(&w->arena, "'%.*s'", STR_ARG(name_of(w)));
  for (size_t i = 0; i < w->diags->list.len; i++) {
    if (!is_about(w->diags->list.data[i], quoted)) continue;
    w->why.chosen = (ReleaseId){0};
    w->why.others.len = 0;
  }
}

static WhyWriter begin(const Ir *ir, const Why *why, const DiagBag *diags, Buf *out) {
  return (WhyWriter){.ir = ir, .why = *why, .diags = diags, .places = places_new(ir->sources), .out = out};
}

static void end(WhyWriter *w) {
  places_free(&w->places);
  arena_free(&w->arena);
}

void emit_why(const Ir *ir, const Why *why, const DiagBag *diags, Buf *out) {
  WhyWriter w = begin(ir, why, diags, out);
  forget_choice(&w);
  put_head(&w);
  put_conflicts(&w);
  put_rest(&w);
  end(&w);
}

/* JSON */

static void json_fact(WhyWriter *w, JsonWriter *json, Span span, Str text, bool counts) {
  json_object(json);
  json_string_member(json, "place", place_of(w, span));
  json_string_member(json, "fact", text);
  if (!counts) json_bool_member(json, "counts", false);
  json_close(json, '}');
}

static void json_facts(WhyWriter *w, JsonWriter *json, const char *key, const WhyFacts *facts) {
  json_key(json, str_from(key));
  json_list(json, false);
  for (size_t i = 0; i < facts->len; i++)
    json_fact(w, json, facts->data[i].span, facts->data[i].text, facts->data[i].counts);
  json_close(json, ']');
}

static void json_release(const WhyWriter *w, JsonWriter *json) {
  json_key(json, STR("release"));
  if (!w->why.chosen.n) {
    json_literal(json, STR("null"));
    return;
  }
  const Release *release = ir_release(w->ir, w->why.chosen);
  json_object(json);
  json_string_member(json, "label", ir_str(w->ir, release->label.sym));
  json_string_member(json, "version", ir_str(w->ir, release->version.text));
  json_string_member(json, "provider", ir_release_provider(w->ir, release));
  json_string_member(json, "reason", w->why.reason);
  json_close(json, '}');
}

static void json_others(WhyWriter *w, JsonWriter *json) {
  json_key(json, STR("others"));
  json_list(json, false);
  for (size_t i = 0; i < w->why.others.len; i++) {
    const WhyNot *other = &w->why.others.data[i];
    const Release *release = ir_release(w->ir, other->release);
    json_object(json);
    json_string_member(json, "label", ir_str(w->ir, release->label.sym));
    json_string_member(json, "version", ir_str(w->ir, release->version.text));
    json_string_member(json, "reason", other->reason);
    json_facts(w, json, "facts", &other->facts);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void json_conflicts(WhyWriter *w, JsonWriter *json) {
  Str quoted = str_printf(&w->arena, "'%.*s'", STR_ARG(name_of(w)));
  json_key(json, STR("conflicts"));
  json_list(json, false);
  for (size_t i = 0; i < w->diags->list.len; i++) {
    const Diag *diag = w->diags->list.data[i];
    if (is_about(diag, quoted)) json_fact(w, json, diag->span, diag->message, true);
  }
  json_close(json, ']');
}

void emit_why_json(const Ir *ir, const Why *why, const DiagBag *diags, Buf *out) {
  WhyWriter w = begin(ir, why, diags, out);
  JsonWriter json = json_begin(out, STR("why"));
  forget_choice(&w);
  json_string_member(&json, "name", name_of(&w));
  json_release(&w, &json);
  json_facts(&w, &json, "needed", &w.why.needed);
  json_facts(&w, &json, "constraints", &w.why.said);
  json_others(&w, &json);
  json_conflicts(&w, &json);
  json_end(&json);
  end(&w);
}
