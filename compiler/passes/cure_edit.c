/* In: a change of what a project says. Out: edits. What surprises: a range is only replaced where the file
 * has it letter by letter (quotes aside), so that character references, escapes and folded scalars are left
 * to a person. */
#include "passes/cure_edit.h"

#include "ast/ast.h"

static bool is_fx(const Ir *ir, SourceId source) { return ast_is_fx(source_path(ir->sources, source)); }

static bool is_markup(const Ir *ir, SourceId source) {
  Str path = source_path(ir->sources, source);
  return !is_fx(ir, source) && !str_ends(path, STR(".yaml")) && !str_ends(path, STR(".yml")) &&
         !str_ends(path, STR(".json"));
}

bool cure_is_tight(const Ir *ir, const Origin *origin) {
  return origin->kind == ORIGIN_USE && (is_markup(ir, origin->span.source) || is_fx(ir, origin->span.source));
}

// The text of a scalar without its quotes.
static Str bare(Str text) {
  bool quoted = text.len >= 2 && (text.data[0] == '"' || text.data[0] == '\'') &&
                text.data[text.len - 1] == text.data[0];
  return quoted ? str_take(str_skip(text, 1), text.len - 2) : text;
}

static bool reads_as(const Ir *ir, Arena *arena, Span span, Str expected) {
  Str file;
  if (!span_exists(span) || !source_load(ir->sources, span.source, arena, &file)) return false;
  Str text = str_take(str_skip(file, span.start), span.end - span.start);
  return str_eq(text, expected) || str_eq(bare(text), expected);
}

static bool has_blank(Str text) { return str_find_char(text, ' ') >= 0 || str_find_char(text, '|') >= 0; }

// A bare range of .fx holds no blanks; quotes that are there already are replaced by these.
static Str spelled(const Ir *ir, Arena *arena, Span span, Str range) {
  if (!is_fx(ir, span.source) || !has_blank(range)) return range;
  return str_printf(arena, "\"%.*s\"", STR_ARG(range));
}

static bool replace(const Ir *ir, Arena *arena, IrText old, Str range, CureEdits *edits) {
  if (!reads_as(ir, arena, old.span, ir_str(ir, old.sym))) return false;
  DiagEdit edit = {old.span, spelled(ir, arena, old.span, range)};
  // one statement may be two rules: its own, and that of a provider which a page names; or of two releases,
  // behind an alias of YAML
  for (size_t i = 0; i < edits->len; i++)
    if (span_cmp(edits->data[i].span, old.span) == 0) return str_eq(edits->data[i].text, edit.text);
  vec_push(arena, edits, edit);
  return true;
}

/* Uses */

static bool says_the_same(const Use *a, const Use *b) {
  return a->integration.n == b->integration.n && a->range.sym == b->range.sym &&
         a->provider.sym == b->provider.sym;
}

size_t cure_pages(const Ir *ir, UseId id) {
  const Use *use = ir_use(ir, id);
  size_t count = 0;
  PageId last = {0};
  for (uint32_t n = 1; n <= ir->uses.len; n++) {
    const Use *other = ir_use(ir, (UseId){n});
    if (!other->page.n || other->page.n == last.n || !says_the_same(use, other)) continue;
    last = other->page;
    count++;
  }
  return count;
}

static bool edit_uses(const Ir *ir, Arena *arena, UseId id, Str range, CureEdits *edits) {
  const Use *use = ir_use(ir, id);
  for (uint32_t n = 1; n <= ir->uses.len; n++) {
    const Use *other = ir_use(ir, (UseId){n});
    if (!other->page.n || !says_the_same(use, other)) continue;
    if (is_fx(ir, other->range.span.source) && has_blank(range)) return false;
    if (!replace(ir, arena, other->range, range, edits)) return false;
  }
  return true;
}

/* Pins */

static bool edit_pin(const Ir *ir, Arena *arena, const PassSettings *settings, const Change *change,
                     CureEdits *edits) {
  Str range = ir_str(ir, change->range), name = ir_integration_name(ir, change->origin.target);
  if (change->origin.pin) return replace(ir, arena, change->origin.pin->range, range, edits);
  DiagEdit edit;
  if (!cure_new_pin(ir, arena, settings->project_file, name, range, &edit)) return false;
  vec_push(arena, edits, edit);
  return true;
}

bool cure_edit(const Ir *ir, Arena *arena, const PassSettings *settings, const Change *change,
               CureEdits *edits) {
  const Origin *origin = &change->origin;
  Str range = ir_str(ir, change->range);
  if (change->relaxed) return false;
  if (origin->kind == ORIGIN_USE) return edit_uses(ir, arena, origin->use, range, edits);
  if (origin->kind == ORIGIN_PIN) return edit_pin(ir, arena, settings, change, edits);
  if (origin->kind != ORIGIN_REQUIREMENT) return false;
  const Requirement *row = ir_requirement(ir, origin->requirement);
  if (ir_integration(ir, row->integration)->place != IR_PLACE_PROJECT) return false;
  return replace(ir, arena, row->range, range, edits);
}
