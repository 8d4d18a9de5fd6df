/* --emit=ir: the whole IR as text. In: the rows. Out: a block a page, a block an integration, then what the
 * project and the passes say. Without spans nothing in it depends on notation or layout. */
#include "ir/print.h"

#include <math.h>

/* Columns */

void print_line(Print *p, const char *word) {
  buf_repeat(p->out, ' ', p->depth * 2);
  buf_put(p->out, str_from(word));
}

void print_word(Print *p, const char *word) { buf_printf(p->out, " %s", word); }

static void put_span(Print *p, Span span) {
  if (!p->spans || !span_exists(span)) return;
  buf_printf(p->out, "@%u-%u", span.start, span.end);
}

void print_end(Print *p, Span span) {
  if (p->spans && span_exists(span)) buf_char(p->out, ' ');
  put_span(p, span);
  buf_char(p->out, '\n');
}

static void put_quoted(Print *p, Str s) {
  buf_char(p->out, '"');
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c == '"' || c == '\\')
      buf_printf(p->out, "\\%c", c);
    else if (c == '\n')
      buf_put(p->out, STR("\\n"));
    else if (c < 0x20 || c == 0x7f)
      buf_printf(p->out, "\\x%02x", c);
    else
      buf_char(p->out, (char)c);
  }
  buf_char(p->out, '"');
}

static void put_key(Print *p, const char *key) {
  if (key) buf_printf(p->out, " %s", key);
  buf_char(p->out, ' ');
}

void print_name(Print *p, const char *key, Sym sym) {
  if (!sym) return;
  put_key(p, key);
  put_quoted(p, ir_str(p->ir, sym));
}

void print_text(Print *p, const char *key, IrText text) {
  if (!text.sym) return;
  print_name(p, key, text.sym);
  put_span(p, text.span);
}

void print_span(Print *p, const char *key, Span span) {
  if (!p->spans || !span_exists(span)) return;
  put_key(p, key);
  put_span(p, span);
}

void print_plain(Print *p, const char *key, double number) {
  put_key(p, key);
  buf_printf(p->out, "%.15g", number);
}

void print_number(Print *p, const char *key, IrNumber number) {
  if (isnan(number.number)) return;
  print_plain(p, key, number.number);
  put_span(p, number.span);
}

void print_date(Print *p, const char *key, IrDate date) {
  if (date.days == IR_NO_DATE) return;
  put_key(p, key);
  buf_printf(p->out, "day %d", date.days);
  put_span(p, date.span);
}

void print_flag(Print *p, const char *key, bool on) {
  if (on) buf_printf(p->out, " %s", key);
}

void print_release(Print *p, const char *key, ReleaseId release) {
  if (release.n) print_name(p, key, ir_release(p->ir, release)->label.sym);
}

void print_text_line(Print *p, const char *key, IrText text) {
  if (!text.sym) return;
  print_line(p, key);
  print_name(p, NULL, text.sym);
  print_end(p, text.span);
}

void print_names_line(Print *p, const char *key, IrRange names) {
  if (!names.count) return;
  print_line(p, key);
  for (uint32_t i = 0; i < names.count; i++) {
    const Name *name = ir_name_at(p->ir, names, i);
    print_text(p, NULL, (IrText){name->text, name->span});
  }
  print_end(p, SPAN_NONE);
}

/* Pages */

static void print_integration_name(Print *p, const char *key, IntegrationId id) {
  if (id.n) print_name(p, key, ir_integration(p->ir, id)->name);
}

static void print_use_rows(Print *p, const Use *use) {
  for (uint32_t i = 0; i < use->attrs.count; i++) {
    const UseAttr *attr = ir_use_attr_at(p->ir, use->attrs, i);
    print_line(p, "attr");
    print_text(p, NULL, (IrText){attr->name, attr->name_span});
    print_text(p, "=", (IrText){attr->value, attr->value_span});
    print_end(p, attr->span);
  }
  for (uint32_t i = 0; i < use->slots.count; i++) {
    const UseSlot *slot = ir_use_slot_at(p->ir, use->slots, i);
    print_line(p, "slot");
    print_name(p, NULL, slot->name);
    print_name(p, "on", slot->element);
    print_end(p, slot->span);
  }
  for (uint32_t i = 0; i < use->depends.count; i++) {
    const UseDepends *depends = ir_use_depends_at(p->ir, use->depends, i);
    print_line(p, "depends");
    print_name(p, NULL, depends->name);
    print_flag(p, "on-page", depends->on_page);
    print_integration_name(p, "integration", depends->integration);
    print_end(p, depends->span);
  }
}

static void print_use(Print *p, const Use *use) {
  print_line(p, "use");
  print_text(p, NULL, (IrText){use->name, use->name_span});
  if (!use->by_dependency) buf_printf(p->out, " element %u", use->element);
  print_text(p, "range", use->range);
  print_flag(p, "required", use->required);
  print_flag(p, "enhance", use->enhance);
  print_flag(p, "by-dependency", use->by_dependency);
  print_text(p, "provider", use->provider);
  print_text(p, "fallback", use->fallback);
  print_text(p, "flag", use->flag);
  print_integration_name(p, "integration", use->integration);
  print_end(p, use->span);
  p->depth++;
  print_use_rows(p, use);
  p->depth--;
}

static void print_page(Print *p, const Page *page) {
  print_line(p, "page");
  print_name(p, NULL, page->path);
  print_name(p, "name", page->name);
  print_name(p, "title", page->title);
  print_end(p, page->span);
  p->depth++;
  for (uint32_t i = 0; i < page->uses.count; i++) print_use(p, ir_use_at(p->ir, page->uses, i));
  p->depth--;
}

// Uses that no page holds: linked because something depends on them.
static void print_linked(Print *p) {
  for (size_t i = 0; i < p->ir->uses.len; i++)
    if (p->ir->uses.data[i].by_dependency) print_use(p, &p->ir->uses.data[i]);
}

/* What the project says and the passes added */

static void print_edge(Print *p, const Edge *edge) {
  print_line(p, "edge");
  print_integration_name(p, NULL, edge->from);
  print_integration_name(p, "to", edge->to);
  print_word(p, edge->requirement.n ? "by-manifest" : edge->depends.n ? "by-page" : "given");
  print_end(p, edge->span);
}

static void print_cycle(Print *p, const Cycle *cycle) {
  print_line(p, "cycle");
  for (uint32_t i = 0; i < cycle->edges.count; i++) {
    EdgeId edge = ir_cycle_edge_at(p->ir, cycle->edges, i)->edge;
    print_integration_name(p, NULL, ir_edge(p->ir, edge)->from);
  }
  print_end(p, SPAN_NONE);
}

static void print_decision(Print *p, const Decision *decision) {
  print_line(p, "decision");
  print_integration_name(p, NULL, decision->integration);
  print_release(p, "release", decision->release);
  print_name(p, "because", decision->reason);
  print_end(p, SPAN_NONE);
}

// The chosen one is a decision already.
static void print_live(Print *p, const LiveRelease *live) {
  static const char *const by[] = {"",           "by-route",    "by-canary",   "by-flag",
                                   "parallel",   "by-fallback", "by-provider", "by-fallback-of-a-use",
                                   "by-override"};
  if (live->why == IR_LIVE_CHOSEN) return;
  print_line(p, "live");
  print_integration_name(p, NULL, live->integration);
  print_release(p, "release", live->release);
  print_word(p, by[live->why]);
  print_end(p, live->span);
}

// The usual: nothing goes on.
static void print_state(Print *p, const State *state) {
  if (!state->deprecated && !state->migrating) return;
  print_line(p, "state");
  print_integration_name(p, NULL, state->integration);
  print_flag(p, "deprecated", state->deprecated);
  print_flag(p, "migrating", state->migrating);
  print_end(p, SPAN_NONE);
}

static void print_missing(Print *p, const Missing *missing) {
  print_line(p, "missing");
  print_name(p, NULL, missing->name);
  print_flag(p, "required", missing->required);
  Span span = missing->first_use.n     ? ir_use(p->ir, missing->first_use)->name_span
              : missing->requirement.n ? ir_requirement(p->ir, missing->requirement)->span
                                       : SPAN_NONE;
  print_word(p, missing->first_use.n ? "used" : "only-required");
  print_end(p, span);
}

static void print_lock(Print *p, const Lock *lock) {
  print_line(p, "lock");
  print_name(p, NULL, lock->name);
  print_text(p, "release", lock->label);
  print_name(p, "manifest", lock->path);
  print_flag(p, "fresh", lock->fresh);
  print_end(p, lock->span);
}

static void print_override(Print *p, const Override *override) {
  print_line(p, "override");
  if (override->kind != IR_OVERRIDE_INTEGRATION) print_word(p, "flag");
  print_name(p, NULL, override->name.sym);
  if (override->kind == IR_OVERRIDE_FLAG_ON) print_word(p, "on");
  if (override->kind == IR_OVERRIDE_FLAG_OFF) print_word(p, "off");
  if (override->release.sym) print_name(p, "release", override->release.sym);
  for (uint32_t i = 0; i < override->configs.count; i++)
    print_name(p, "config", ir_config_at(p->ir, override->configs, i)->key);
  if (override->canary.sym) print_name(p, "canary", override->canary.sym);
  print_end(p, override->name.span);
}

static void print_rest(Print *p) {
  const Ir *ir = p->ir;
  for (size_t i = 0; i < ir->pins.len; i++) {
    print_line(p, "pin");
    print_name(p, NULL, ir->pins.data[i].name);
    print_text(p, "range", ir->pins.data[i].range);
    if (ir->pins.data[i].label) print_name(p, "release", ir->pins.data[i].label);
    print_end(p, ir->pins.data[i].span);
  }
  for (size_t i = 0; i < ir->locks.len; i++) print_lock(p, &ir->locks.data[i]);
  for (size_t i = 0; i < ir->overrides.len; i++) print_override(p, &ir->overrides.data[i]);
  for (size_t i = 0; i < ir->edges.len; i++) print_edge(p, &ir->edges.data[i]);
  for (size_t i = 0; i < ir->cycles.len; i++) print_cycle(p, &ir->cycles.data[i]);
  for (size_t i = 0; i < ir->decisions.len; i++) print_decision(p, &ir->decisions.data[i]);
  for (size_t i = 0; i < ir->live_releases.len; i++) print_live(p, &ir->live_releases.data[i]);
  for (size_t i = 0; i < ir->states.len; i++) print_state(p, &ir->states.data[i]);
  for (size_t i = 0; i < ir->missings.len; i++) print_missing(p, &ir->missings.data[i]);
}

void ir_print(const Ir *ir, bool with_spans, Buf *out) {
  Print p = {ir, out, with_spans, 0};
  for (size_t i = 0; i < ir->pages.len; i++) print_page(&p, &ir->pages.data[i]);
  print_linked(&p);
  for (uint32_t n = 1; n <= ir->integrations.len; n++) print_integration(&p, (IntegrationId){n});
  print_rest(&p);
}
