/* In: a page's bytes. Out: its fragment and tree, then its component. */
#include "workspace/page.h"

#include "base/file.h"
#include "emit/page.h"
#include "workspace/dump.h"

enum { MOST_PARSE_ERRORS = 1000 };

static void report_encoding(const ProjectFile *file, const HtmlInput *input, DiagBag *diags) {
  if (input->source != HTML_ENCODING_GUESSED) return;
  Diag *diag =
      diag_add(diags, FX8005, span_file(file->source),
               "the encoding is not declared and the page is not UTF-8; read as %s", input->encoding);
  diag_help(diag, "save the page as UTF-8, or declare its encoding with <meta charset>");
}

static void report_limit(const ProjectFile *file, const HtmlTree *tree, const HtmlInput *input,
                         DiagBag *diags) {
  uint32_t at;
  if (!html_tree_limit_hit(tree, &at)) return;
  uint32_t place = html_file_offset(input, at);
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

static Str label_of(const ProjectFile *file) { return file->label.len ? file->label : file->root_path; }

bool page_parse(const Compilation *compilation, PageWorker *worker, const ProjectFile *file, Str bytes,
                bool whole, Buf *dump, PageParse *parse) {
  Arena *scratch = &worker->scratch;
  FactsOptions discover = {compilation->discover_attributes,
                           compilation->project.settings.discover_attributes.len};
  (void)whole;
  (void)dump;
  *parse = (PageParse){.input = file->view ? view_input(file->view) : html_decode_bytes(scratch, bytes)};
  parse->fragment.diags.arena = scratch;
  parse->fragment.bytes = bytes.len;
  DiagBag *diags = &parse->fragment.diags;
  PageFacts *facts = &parse->fragment.facts;
  *facts = (PageFacts){.source = file->source, .path = label_of(file), .name = file->name};
  report_encoding(file, &parse->input, diags);
  HtmlErrors errors = {.arena = diag_asks_for(&compilation->policy, FX1001) ? scratch : NULL};
  HtmlOptions options = {.errors = errors.arena ? &errors : NULL};
  parse->tree = html_parse(scratch, parse->input.text, &options);
  report_limit(file, parse->tree, &parse->input, diags);
  report_parse_errors(file, &errors, &parse->input, diags);
  facts_from_html(facts, parse->tree, &parse->input, &discover, scratch, diags);
  suggest_page(&compilation->suggest, &worker->suggest, facts, parse->tree, &parse->input, scratch,
               &worker->keep, diags);
  if (!file->view && ignore_any(parse->input.text))
    ignore_read_page(scratch, file->source, parse->tree, &parse->input, diags, &parse->fragment.ignores);
  if (file->view)
    facts_locate_in(facts, &file->view_source->lines, scratch);
  else
    facts_locate(facts, bytes, scratch);
  for (uint32_t i = 0; i < compilation->suggest.count; i++)
    if (worker->suggest.matched && worker->suggest.matched[i]) vec_push(scratch, &parse->fragment.matched, i);
  parse->fragment.needs = csp_of_markup(parse->tree, scratch);
  parse->fragment.has_needs = true;
  return true;
}

void page_emit(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
               const PageParse *parse, DiagBag *diags) {
  buf_clear(&worker->text);
  buf_clear(&worker->map);
  const ViewSource *view = file->view_source;
  PageNames names = page_names(compilation, file);
  PageMap map = {names.map_source, view ? &view->text : NULL, view ? &view->index : NULL, &worker->map};
  emit_page(&compilation->ir, &compilation->templates, &parse->fragment.facts, parse->tree, &parse->input,
            diags, &worker->scratch, &map, &worker->text);
}

PageNames page_names(const Compilation *compilation, const ProjectFile *file) {
  Arena *arena = (Arena *)&compilation->arena;
  PageNames names = {.output = str_printf(arena, "pages/%.*s.tsx", STR_ARG(file->name))};
  names.map = str_concat(arena, names.output, STR(".map"));
  Str root = path_join(arena, path_relative(arena, path_directory(names.output), STR(".")),
                       compilation->project.root_from_output);
  names.map_source = path_join(arena, root, file->root_path);
  return names;
}
