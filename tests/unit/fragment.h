/* Fragments at random, and whether two of them say the same, member by member. */
#ifndef FXC_TESTS_FRAGMENT_H
#define FXC_TESTS_FRAGMENT_H

#include "ir/attr.h"
#include "store/fragment.h"
#include "unit.h"

enum { TEST_PAGE = 7, TEST_PROJECT = 3 };

static Arena arena;
static unsigned seed;

static inline unsigned next(unsigned limit) {
  seed = seed * 1103515245u + 12345u;
  return (seed >> 16) % limit;
}

/* Making */

static Str some_str(void) {
  static const char *const words[] = {"payment", "^3.1", "data-integration", "a, b ,,c", "é\xff", "x"};
  switch (next(10)) {
    case 0:
      return STR_NONE;
    case 1:
      return str_copy(&arena, STR(""));
    case 2:
      return str_printf(&arena, "text %u", next(1000));
    case 3:
      return str_copy(&arena, (Str){"in\0side", 7});
    default:
      return str_from(words[next(6)]);
  }
}

static uint32_t some_number(void) {
  static const uint32_t numbers[] = {0, 1, 127, 128, 300, 16383, 16384, 70000, UINT32_MAX - 1, UINT32_MAX};
  return numbers[next(10)];
}

static Span some_span(void) {
  static const SourceId files[] = {0, TEST_PAGE, TEST_PAGE, TEST_PAGE, TEST_PROJECT};
  SourceId file = files[next(5)];
  return file ? (Span){file, some_number(), some_number()} : SPAN_NONE;
}

static FactText some_text(void) { return (FactText){.text = some_str(), .span = some_span()}; }

static FactText some_list(void) {
  FactText list = some_text();
  if (!list.text.data || next(2)) return list;
  Span *items = arena_array(&arena, Span, list.text.len + 1);
  for (size_t i = 0; i <= list.text.len; i++) items[i] = some_span();
  list.items = items;
  return list;
}

static FactElement some_element(void) {
  FactElement element = {.tag = some_str(), .required = next(2), .enhance = next(2), .span = some_span()};
  bool located = next(2);
  for (unsigned i = next(3); i; i--) {
    vec_push(&arena, &element.names, some_text());
    vec_push(&arena, &element.ranges, some_text());
    vec_push(&arena, &element.enhances, next(2));
    if (located) vec_push(&arena, &element.places, (LineColumn){next(9999), next(999)});
  }
  for (unsigned i = next(4); i; i--)
    vec_push(&arena, &element.attrs, (FactAttr){some_str(), some_list(), some_span(), some_span()});
  for (unsigned i = next(3); i; i--) vec_push(&arena, &element.slots, (FactSlot){some_text(), some_str()});
  for (unsigned i = next(3); i; i--) vec_push(&arena, &element.depends, (FactDepends){some_text(), next(2)});
  element.provider = some_text();
  element.fallback = some_list();
  element.flag = some_text();
  return element;
}

static void add_diag(DiagBag *bag) {
  Diag *diag = diag_add(bag, (DiagCode)(1 + next(DIAG_CODE_COUNT - 1)), some_span(), "message %u", next(9));
  diag->severity = (DiagSeverity)next(3);
  for (unsigned i = next(3); i; i--) diag_label(diag, some_span(), "label %u", next(9));
  for (unsigned i = next(3); i; i--) diag_note(diag, some_span(), "note %u", next(9));
  for (unsigned i = next(3); i; i--) diag_help(diag, "help %u", next(9));
  for (unsigned i = next(3); i; i--) {
    DiagFix *fix = diag_fix(diag, (DiagApplicability)next(2), some_span(), STR("new"), "fix %u", next(9));
    fix->bare = next(2);
    for (unsigned k = next(3); k; k--) diag_fix_edit(diag, fix, some_span(), STR("more"));
  }
}

static Fragment some_fragment(void) {
  Fragment fragment = {.facts = {.source = TEST_PAGE, .title = some_str(), .slots_unknown = next(2)},
                       .diags.arena = &arena,
                       .has_needs = next(2),
                       .failed = next(2),
                       .bytes = some_number()};
  for (unsigned i = next(4); i; i--) vec_push(&arena, &fragment.facts.elements, some_element());
  for (unsigned i = next(3); i; i--) add_diag(&fragment.diags);
  for (unsigned i = next(3); i; i--)
    vec_push(&arena, &fragment.ignores,
             (Ignore){(DiagCode)next(DIAG_CODE_COUNT), some_span(), some_span(), some_span(), next(2),
                      next(2), false, false});
  for (unsigned i = next(3); i; i--) vec_push(&arena, &fragment.matched, next(9999));
  fragment.needs.inline_style = fragment.has_needs && next(2);
  fragment.needs.plugins = fragment.has_needs && next(2);
  for (unsigned i = fragment.has_needs ? next(3) : 0; i; i--)
    vec_push(&arena, &fragment.needs.sources, (CspSource){(CspDirective)next(CSP_DIRECTIVES), some_str()});
  return fragment;
}

/* Comparing */

static inline bool same_str(Str a, Str b) { return !a.data == !b.data && str_eq(a, b); }
static inline bool same_span(Span a, Span b) { return span_cmp(a, b) == 0; }

static bool same_text(const FactText *a, const FactText *b) {
  if (!same_str(a->text, b->text) || !same_span(a->span, b->span) || !a->items != !b->items) return false;
  if (!a->items) return true;
  AttrCursor cursor = attr_cursor(a->text);
  AttrItem item;
  for (size_t i = 0; attr_next_listed(&cursor, &item);)
    if (item.start < item.end && !same_span(a->items[i], b->items[i]))
      return false;
    else
      i += item.start < item.end;
  return true;
}

/// Two arrays of one type, with `a` and `b` naming the elements in the condition.
#define SAME_ALL(Type, left, right, condition)                          \
  do {                                                                  \
    if ((left).len != (right).len) return false;                        \
    for (size_t same_i = 0; same_i < (left).len; same_i++) {            \
      Type const *a = &(left).data[same_i], *b = &(right).data[same_i]; \
      if (!(condition)) return false;                                   \
    }                                                                   \
  } while (0)

static bool same_element(const FactElement *x, const FactElement *y) {
  SAME_ALL(FactText, x->names, y->names, same_text(a, b));
  SAME_ALL(FactText, x->ranges, y->ranges, same_text(a, b));
  SAME_ALL(bool, x->enhances, y->enhances, *a == *b);
  SAME_ALL(LineColumn, x->places, y->places, a->line == b->line && a->column == b->column);
  SAME_ALL(FactAttr, x->attrs, y->attrs,
           same_str(a->name, b->name) && same_text(&a->value, &b->value) && same_span(a->span, b->span) &&
               same_span(a->name_span, b->name_span));
  SAME_ALL(FactSlot, x->slots, y->slots, same_text(&a->name, &b->name) && same_str(a->element, b->element));
  SAME_ALL(FactDepends, x->depends, y->depends, same_text(&a->name, &b->name) && a->on_page == b->on_page);
  return same_str(x->tag, y->tag) && same_span(x->span, y->span) && x->required == y->required &&
         x->enhance == y->enhance && same_text(&x->provider, &y->provider) &&
         same_text(&x->fallback, &y->fallback) && same_text(&x->flag, &y->flag);
}

static bool same_fix(const DiagFix *x, const DiagFix *y) {
  SAME_ALL(DiagEdit, x->edits, y->edits, same_span(a->span, b->span) && same_str(a->text, b->text));
  return x->applicability == y->applicability && x->bare == y->bare && same_str(x->title, y->title);
}

static bool same_diag(const Diag *x, const Diag *y) {
  SAME_ALL(DiagPlace, x->labels, y->labels, same_span(a->span, b->span) && same_str(a->text, b->text));
  SAME_ALL(DiagPlace, x->notes, y->notes, same_span(a->span, b->span) && same_str(a->text, b->text));
  SAME_ALL(Str, x->helps, y->helps, same_str(*a, *b));
  SAME_ALL(DiagFix, x->fixes, y->fixes, same_fix(a, b));
  return x->code == y->code && x->severity == y->severity && same_span(x->span, y->span) &&
         same_str(x->message, y->message);
}

typedef Diag *DiagPointer;

static bool same_diags(const DiagBag *x, const DiagBag *y) {
  SAME_ALL(DiagPointer, x->list, y->list, same_diag(*a, *b));
  SAME_ALL(DiagHidden, x->hidden, y->hidden, same_span(a->span, b->span));
  return true;
}

static bool same_fragment(const Fragment *x, const Fragment *y) {
  SAME_ALL(FactElement, x->facts.elements, y->facts.elements, same_element(a, b));
  SAME_ALL(Ignore, x->ignores, y->ignores,
           a->code == b->code && same_span(a->place, b->place) && same_span(a->removed, b->removed) &&
               same_span(a->scope, b->scope) && a->whole == b->whole && a->ours == b->ours && !b->used &&
               !b->met_error);
  SAME_ALL(CspSource, x->needs.sources, y->needs.sources,
           a->directive == b->directive && same_str(a->source, b->source));
  SAME_ALL(uint32_t, x->matched, y->matched, *a == *b);
  return same_diags(&x->diags, &y->diags) && same_str(x->facts.title, y->facts.title) &&
         x->facts.source == y->facts.source && x->facts.slots_unknown == y->facts.slots_unknown &&
         x->needs.inline_style == y->needs.inline_style && x->needs.plugins == y->needs.plugins &&
         x->needs.undeclared == y->needs.undeclared && x->has_needs == y->has_needs &&
         x->failed == y->failed && x->bytes == y->bytes;
}

#endif
