/* In: the bytes of a page, or the text that a view stands for. Out: a tree, and a fragment with all that is
 * known of the page by itself. Surprising: where no component is made, the tree may end as soon as nothing
 * more can come that counts. */
#include "workspace/page.h"

#include "base/clock.h"
#include "emit/csp.h"
#include "emit/page.h"
#include "ir/facts_copy.h"
#include "workspace/dump.h"

enum { MOST_PARSE_ERRORS = 1000 };

void page_worker_free(PageWorker *worker) {
  xpath_engine_free(worker->suggest.engine);
  file_leave(&worker->folder);
  arena_free(&worker->scratch);
  arena_free(&worker->keep);
  buf_free(&worker->text);
  buf_free(&worker->map);
}

Str page_label(const ProjectFile *file) { return file->label.len ? file->label : file->root_path; }

PageNames page_names(const Compilation *compilation, const ProjectFile *file, Arena *arena) {
  PageNames names = {.output = str_printf(arena, "pages/%.*s.tsx", STR_ARG(file->name))};
  names.map = str_concat(arena, names.output, STR(".map"));
  Arena scratch = {0};
  Str root = path_join(&scratch, path_relative(&scratch, path_directory(names.output), STR(".")),
                       compilation->project.root_from_output);
  names.map_source = path_join(arena, root, file->root_path);
  arena_free(&scratch);
  return names;
}

bool page_emits(const Compilation *compilation) { return compilation->request->goal >= GOAL_CHECK; }

size_t page_slots(const Compilation *compilation) {
  return page_emits(compilation) ? 2 * compilation->project.pages.len : 0;
}

/* What is wrong with a page by itself */

static void report_encoding(const ProjectFile *file, const HtmlInput *input, DiagBag *diags) {
  if (input->source != HTML_ENCODING_GUESSED) return;
  Diag *diag =
      diag_add(diags, FX8005, span_file(file->source),
               "the encoding is not declared and the page is not UTF-8; read as %s", input->encoding);
  diag_help(diag, "save the page as UTF-8, or declare its encoding with <meta charset>");
}

static void report_limit(const ProjectFile *file, const PageParse *page, DiagBag *diags) {
  uint32_t at;
  if (!html_tree_limit_hit(page->tree, &at)) return;
  uint32_t place = html_file_offset(&page->input, at);
  Diag *diag = diag_add(diags, FX8006, (Span){file->source, place, place},
                        "the page makes more elements than it has text for");
  diag_help(diag, "formatting elements that are never closed are made again in every block: close them");
}

// "unexpected-end-tag" → "unexpected end tag"
static const char *in_words(Arena *arena, Str code) {
  char *words = arena_alloc(arena, code.len + 1);
  for (size_t i = 0; i <= code.len; i++) words[i] = code.data[i] == '-' ? ' ' : code.data[i];
  return words;
}

static void report_parse_errors(const ProjectFile *file, const HtmlErrors *errors, const HtmlInput *input,
                                DiagBag *diags) {
  for (size_t i = 0; i < errors->list.len && i < MOST_PARSE_ERRORS; i++) {
    uint32_t place = html_file_offset(input, errors->list.data[i].at);
    Str code = str_from(errors->list.data[i].code);
    Diag *diag = diag_add(diags, FX1001, (Span){file->source, place, place}, "HTML parse error: %s",
                          in_words(diags->arena, code));
    diag_help(diag, "browsers read on in spite of it; the HTML standard calls it '%.*s'", STR_ARG(code));
  }
}

/* Reading */

// Whether the tree itself is asked for, or only the facts that come from it.
static bool wants_tree(const Compilation *compilation) {
  return page_emits(compilation) || compilation->request->emit || compilation->suggest.count ||
         diag_asks_for(&compilation->policy, FX1001);
}

// Which patterns this page has matched, of all that the worker has seen.
static void suggest(const Compilation *compilation, PageWorker *worker, PageParse *page) {
  Fragment *fragment = &page->fragment;
  suggest_page(&compilation->suggest, &worker->suggest, &fragment->facts, page->tree, &page->input,
               &worker->scratch, &worker->keep, &fragment->diags);
  for (uint32_t i = 0; worker->suggest.matched && i < compilation->suggest.count; i++) {
    if (worker->suggest.matched[i]) vec_push(&worker->scratch, &fragment->matched, i);
    worker->suggest.matched[i] = false;
  }
}

static FactsOptions discovery(const Compilation *compilation) {
  return (FactsOptions){compilation->discover_attributes,
                        compilation->project.settings.discover_attributes.len};
}

/// Parses as much of the page as is needed and takes the facts from it. False: no part of it was needed.
static bool read_facts(const Compilation *compilation, PageWorker *worker, const ProjectFile *file, Buf *dump,
                       const FactsSeen *seen, PageParse *page) {
  TokenDump tokens = {&page->input, dump};
  FactsOptions discover = discovery(compilation);
  HtmlErrors errors = {.arena = diag_asks_for(&compilation->policy, FX1001) ? &worker->scratch : NULL};
  HtmlOptions options = {.errors = errors.arena ? &errors : NULL};
  DiagBag *diags = &page->fragment.diags;
  if (compilation->request->emit & EMIT_TOKENS) {
    buf_printf(dump, "# %.*s\n", STR_ARG(file->root_path));
    options.seen = dump_token;
    options.seen_context = &tokens;
  }
  if (!wants_tree(compilation)) {
    options.settled_from = facts_reach(page->input.text, &discover, seen);
    if (!options.settled_from) return false;
    if (page->has_ignores) options.settled_from = 0;
  }
  page->tree = html_parse(&worker->scratch, page->input.text, &options);
  report_limit(file, page, diags);
  report_parse_errors(file, &errors, &page->input, diags);
  facts_from_html(&page->fragment.facts, page->tree, &page->input, &discover, &worker->scratch, diags);
  suggest(compilation, worker, page);
  return true;
}

// A view's places are found by the lines of its file, which it shares with other pages.
static void locate(const ProjectFile *file, PageFacts *facts, Str bytes, Arena *scratch) {
  if (file->view)
    facts_locate_in(facts, &file->view_source->lines, scratch);
  else
    facts_locate(facts, bytes, scratch);
}

void page_parse(const Compilation *compilation, PageWorker *worker, const ProjectFile *file, Str bytes,
                Buf *dump, PageParse *page) {
  Arena *scratch = &worker->scratch;
  FactsOptions discover = discovery(compilation);
  Fragment *fragment = &page->fragment;
  *page = (PageParse){0};
  fragment->bytes = bytes.len;
  fragment->diags.arena = scratch;
  fragment->facts = (PageFacts){.source = file->source, .path = page_label(file), .name = file->name};
  FactsSeen seen = {0};
  if (!file->view && !wants_tree(compilation) && facts_absent(scratch, bytes, &discover, &seen)) return;
  page->input = file->view ? view_input(file->view) : html_decode_bytes(scratch, bytes);
  report_encoding(file, &page->input, &fragment->diags);
  page->has_ignores = ignore_any(page->input.text);
  bool same = page->input.text.data == bytes.data;
  if (!read_facts(compilation, worker, file, dump, same ? &seen : NULL, page)) return;
  if (!file->view && page->has_ignores)
    ignore_read_page(scratch, file->source, page->tree, &page->input, &fragment->diags, &fragment->ignores);
  locate(file, &fragment->facts, bytes, scratch);
  fragment->has_needs = page_emits(compilation);
  if (fragment->has_needs) fragment->needs = csp_of_markup(page->tree, scratch);
  dump_page(compilation->request->emit, file, page->tree, scratch, dump);
}

/* The component */

void page_emit(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
               const PageNames *names, const PageParse *page, DiagBag *diags) {
  const ViewSource *view = file->view_source;
  PageMap map = {names->map_source, view ? &view->text : NULL, view ? &view->index : NULL, &worker->map};
  buf_clear(&worker->text);
  buf_clear(&worker->map);
  emit_page(&compilation->ir, &compilation->templates, &page->fragment.facts, page->tree, &page->input, diags,
            &worker->scratch, &map, &worker->text);
}

/* Keeping */

CspNeeds page_keep_needs(CspNeeds needs, Arena *arena) {
  CspNeeds kept = needs;
  vec_room(arena, &kept.sources, needs.sources.len);
  for (size_t i = 0; i < needs.sources.len; i++) {
    CspSource one = needs.sources.data[i];
    kept.sources.data[i] = (CspSource){one.directive, str_copy(arena, one.source)};
  }
  return kept;
}

Fragment page_keep(Arena *arena, const Fragment *fragment) {
  Fragment kept = *fragment;
  kept.facts = facts_copy(arena, &fragment->facts);
  kept.diags = (DiagBag){.arena = arena};
  kept.needs = page_keep_needs(fragment->needs, arena);
  kept.ignores = (Ignores){0};
  for (size_t i = 0; i < fragment->ignores.len; i++)
    vec_push(arena, &kept.ignores, fragment->ignores.data[i]);
  vec_room(arena, &kept.matched, fragment->matched.len);
  for (size_t i = 0; i < fragment->matched.len; i++) kept.matched.data[i] = fragment->matched.data[i];
  return kept;
}
