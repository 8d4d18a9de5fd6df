/* .fx views to pages and on to their facts. Every place must lie in the file, and a name that needs no escape
 * must be the bytes there. What the view nests, the page nests: whatever a browser would put elsewhere has
 * been reported. */
#include "viewforge/view.h"

#include "html/tree.h"
#include "ir/facts.h"

#include "fuzz.h"

static void check_name(Str bytes, const FactText *name) {
  if (!name->text.data) return;
  if (name->span.start > name->span.end || name->span.end > bytes.len) abort();
  Str there = str_take(str_skip(bytes, name->span.start), name->span.end - name->span.start);
  if (str_find_char(there, '\\') < 0 && !str_eq(there, name->text)) abort();
}

static void check_page(Arena *arena, Str bytes, const ViewPage *page) {
  HtmlInput input = view_input(page);
  HtmlOptions html = {0};
  HtmlTree *tree = html_parse(arena, input.text, &html);
  FactsOptions options = {0};
  PageFacts facts = {.source = 1};
  DiagBag bag = {.arena = arena};
  for (size_t i = 0; i < page->offset_count; i++)
    if (page->offsets[i].file > bytes.len || page->offsets[i].text > page->text.len) abort();
  facts_from_html(&facts, tree, &input, &options, arena, &bag);
  for (size_t i = 0; i < facts.elements.len; i++)
    for (size_t k = 0; k < facts.elements.data[i].names.len; k++)
      check_name(bytes, &facts.elements.data[i].names.data[k]);
  for (size_t i = 0; i < bag.list.len; i++) view_mend(&bag, bag.list.data[i], bytes, true);
}

static void fuzz_one(Arena *arena, Str input) {
  DiagBag bag = {.arena = arena};
  ViewPages pages = {0};
  bool others;
  viewfx_read(arena, 1, input, &bag, &pages, &others);
  for (size_t i = 0; i < bag.list.len; i++)
    if (bag.list.data[i]->span.start > bag.list.data[i]->span.end || bag.list.data[i]->span.end > input.len)
      abort();
  for (size_t i = 0; i < pages.len && i < 4; i++) check_page(arena, input, &pages.data[i]);
}
