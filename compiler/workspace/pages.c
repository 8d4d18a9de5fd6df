/* The parallel part of a run. A page's tree lives on its worker's scratch arena and is forgotten with the
 * page; what stays (facts, diagnostics) is copied to the worker's own keep. Rows are made afterwards, in
 * page order, so that the result never depends on which thread was faster. */
#include "workspace/pages.h"

#include <errno.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/pool.h"
#include "emit/csp.h"
#include "emit/page.h"
#include "html/encoding.h"
#include "html/tree.h"
#include "ir/facts_copy.h"
#include "ir/lower_page.h"
#include "passes/passes.h"
#include "workspace/dump.h"
#include "workspace/progress.h"

enum { LARGEST_FILE = 64 * 1024 * 1024, MOST_PARSE_ERRORS = 1000 };

typedef struct PageResult {
  PageFacts facts;
  DiagBag diags;
  Ignores ignores;
  Buf dump;  // of --emit
  CspNeeds needs;
  size_t bytes;
  Str output, map;  // paths of the component and its source map, on the compilation's arena
  Str map_source;   // the page as seen from the map
  int write_error;  // an errno value
} PageResult;

typedef struct PageWorker {
  Arena scratch, keep;
  Buf text, map;
  SuggestWorker suggest;
  double scan_ms, generation_ms;
} PageWorker;

typedef struct PagesJob {
  Compilation *compilation;
  PageResult *results;
  PageWorker *workers;
  Progress *progress;
} PagesJob;

static bool read_page(const Unsaved *unsaved, const ProjectFile *file, PageWorker *worker, DiagBag *diags,
                      Str *bytes) {
  if (file->view) {
    *bytes = file->view->text;
    return true;
  }
  int error = unsaved_read(unsaved, file->path, &worker->scratch, LARGEST_FILE, bytes);
  if (!error) return true;
  if (error == EFBIG) {
    Diag *diag = diag_add(diags, FX8006, span_file(file->source), "the page is larger than 64 MiB");
    diag_help(diag, "split it, or leave it out with 'exclude' in the project file");
  } else {
    diag_add(diags, FX8001, span_file(file->source), "cannot read the page: %s", strerror(error));
  }
  return false;
}

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

static bool emits(const Compilation *compilation) { return compilation->request->goal >= GOAL_CHECK; }

static void put_output(PagesJob *job, size_t index, size_t slot, Str path, const Buf *content) {
  int error = outputs_put(job->compilation->outputs, slot, path, buf_str(content), NULL);
  if (error) job->results[index].write_error = error;
}

static CspNeeds keep_needs(CspNeeds needs, Arena *arena) {
  CspNeeds kept = needs;
  vec_room(arena, &kept.sources, needs.sources.len);
  for (size_t i = 0; i < needs.sources.len; i++) {
    CspSource one = needs.sources.data[i];
    kept.sources.data[i] = (CspSource){one.directive, str_copy(arena, one.source)};
  }
  return kept;
}

// The page's component and its map, compared with those on disk or staged.
static void write_page(PagesJob *job, size_t index, PageWorker *worker, const PageFacts *facts,
                       const HtmlTree *tree, const HtmlInput *input, DiagBag *diags) {
  Compilation *compilation = job->compilation;
  PageResult *result = &job->results[index];
  double start = clock_ms();
  buf_clear(&worker->text);
  buf_clear(&worker->map);
  const ViewSource *view = compilation->project.pages.data[index].view_source;
  PageMap map = {result->map_source, view ? &view->text : NULL, view ? &view->index : NULL, &worker->map};
  emit_page(&compilation->ir, &compilation->templates, facts, tree, input, diags, &worker->scratch, &map,
            &worker->text);
  if (compilation->outputs) {
    put_output(job, index, 2 * index, result->output, &worker->text);
    put_output(job, index, 2 * index + 1, result->map, &worker->map);
  }
  result->needs = keep_needs(csp_of_markup(tree, &worker->scratch), &worker->keep);
  if (compilation->request->emit & EMIT_REACT) buf_put(&result->dump, buf_str(&worker->text));
  worker->generation_ms += clock_ms() - start;
}

// Whether the tree itself is asked for, or only the facts that come from it.
static bool wants_tree(const Compilation *compilation) {
  return emits(compilation) || compilation->request->emit || compilation->suggest.count ||
         diag_asks_for(&compilation->policy, FX1001);
}

static FactsOptions discovery(const Compilation *compilation) {
  return (FactsOptions){compilation->discover_attributes,
                        compilation->project.settings.discover_attributes.len};
}

/// Parses as much of the page as is needed and takes the facts from it. NULL: no part of it was needed.
static HtmlTree *read_facts(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
                            const HtmlInput *input, PageFacts *facts, DiagBag *diags, Buf *dump) {
  TokenDump tokens = {input, dump};
  FactsOptions discover = discovery(compilation);
  HtmlErrors errors = {.arena = diag_asks_for(&compilation->policy, FX1001) ? &worker->scratch : NULL};
  HtmlOptions options = {.errors = errors.arena ? &errors : NULL};
  if (compilation->request->emit & EMIT_TOKENS) {
    buf_printf(dump, "# %.*s\n", STR_ARG(file->root_path));
    options.seen = dump_token;
    options.seen_context = &tokens;
  }
  if (!wants_tree(compilation)) {
    options.settled_from = facts_reach(input->text, &discover);
    if (!options.settled_from) return NULL;
    if (ignore_any(input->text)) options.settled_from = 0;
  }
  HtmlTree *tree = html_parse(&worker->scratch, input->text, &options);
  report_limit(file, tree, input, diags);
  report_parse_errors(file, &errors, input, diags);
  facts_from_html(facts, tree, input, &discover, &worker->scratch, diags);
  suggest_page(&compilation->suggest, &worker->suggest, facts, tree, input, &worker->scratch, &worker->keep,
               diags);
  return tree;
}

static Str label_of(const ProjectFile *file) { return file->label.len ? file->label : file->root_path; }

// A view's places are found by the lines of its file, which it shares with other pages.
static void locate(const ProjectFile *file, PageFacts *facts, Str bytes, Arena *scratch) {
  if (file->view)
    facts_locate_in(facts, &file->view_source->lines, scratch);
  else
    facts_locate(facts, bytes, scratch);
}

static void compile_text(PagesJob *job, size_t index, PageWorker *worker, Str bytes, DiagBag *diags) {
  Compilation *compilation = job->compilation;
  const ProjectFile *file = &compilation->project.pages.data[index];
  FactsOptions discover = discovery(compilation);
  if (!file->view && !wants_tree(compilation) && facts_absent(&worker->scratch, bytes, &discover)) return;
  HtmlInput input = file->view ? view_input(file->view) : html_decode_bytes(&worker->scratch, bytes);
  PageFacts facts = {.source = file->source, .path = label_of(file), .name = file->name};
  report_encoding(file, &input, diags);
  HtmlTree *tree = read_facts(compilation, worker, file, &input, &facts, diags, &job->results[index].dump);
  if (!tree) return;
  if (!file->view && ignore_any(input.text))
    ignore_read_page(&worker->keep, file->source, tree, &input, diags, &job->results[index].ignores);
  locate(file, &facts, bytes, &worker->scratch);
  dump_page(compilation->request->emit, file, tree, &worker->scratch, &job->results[index].dump);
  if (compilation->request->goal > GOAL_DISCOVER) pass_check_page(&compilation->ir, &facts, diags);
  job->results[index].facts = facts_copy(&worker->keep, &facts);
  if (emits(compilation)) write_page(job, index, worker, &facts, tree, &input, diags);
}

static void compile_page(void *context, size_t index, size_t number) {
  PagesJob *job = context;
  PageWorker *worker = &job->workers[number];
  PageResult *result = &job->results[index];
  const ProjectFile *file = &job->compilation->project.pages.data[index];
  DiagBag diags = {.arena = &worker->scratch};
  double start = clock_ms(), generated = worker->generation_ms;
  Str bytes;
  result->facts = (PageFacts){.source = file->source, .path = label_of(file), .name = file->name};
  if (read_page(job->compilation->request->unsaved, file, worker, &diags, &bytes)) {
    result->bytes = bytes.len;
    compile_text(job, index, worker, bytes, &diags);
  }
  result->diags.arena = &worker->keep;
  diag_join(&result->diags, &diags);
  arena_reset(&worker->scratch);
  worker->scan_ms += clock_ms() - start - (worker->generation_ms - generated);
  progress_step(job->progress);
}

static void join_results(Compilation *compilation, PageResult *results) {
  CompileMetrics *metrics = &compilation->metrics;
  compilation->markup_needs = arena_array(&compilation->arena, CspNeeds, compilation->project.pages.len);
  for (size_t i = 0; i < compilation->project.pages.len; i++) {
    diag_join(&compilation->diags, &results[i].diags);
    ir_lower_page(&compilation->ir, &results[i].facts);
    if (emits(compilation)) compilation->markup_needs[i] = keep_needs(results[i].needs, &compilation->arena);
    for (size_t k = 0; k < results[i].ignores.len; k++)
      vec_push(&compilation->arena, &compilation->ignores, results[i].ignores.data[k]);
    metrics->bytes_scanned += results[i].bytes;
    if (results[i].facts.elements.len) metrics->pages_with_uses++;
    if (results[i].write_error) compilation_write_failed(compilation, STR_NONE, results[i].write_error);
    buf_put(&compilation->emitted, buf_str(&results[i].dump));
    buf_free(&results[i].dump);
  }
  metrics->files_scanned = compilation->project.pages.len;
  metrics->uses_found = compilation->ir.uses.len;
}

static void name_outputs(Compilation *compilation, size_t index, PageResult *result) {
  Arena *arena = &compilation->arena;
  const ProjectFile *file = &compilation->project.pages.data[index];
  result->output = str_printf(arena, "pages/%.*s.tsx", STR_ARG(file->name));
  result->map = str_concat(arena, result->output, STR(".map"));
  Str root = path_join(arena, path_relative(arena, path_directory(result->output), STR(".")),
                       compilation->project.root_from_output);
  result->map_source = path_join(arena, root, file->root_path);
}

void pages_compile(Compilation *compilation) {
  size_t count = compilation->project.pages.len;
  size_t threads = compilation->request->jobs ? compilation->request->jobs : pool_processors();
  PagesJob job = {.compilation = compilation};
  job.results = arena_array(&compilation->arena, PageResult, count);
  for (size_t i = 0; emits(compilation) && i < count; i++) name_outputs(compilation, i, &job.results[i]);
  job.workers = arena_array(&compilation->arena, PageWorker, threads);
  job.progress = progress_start(&compilation->arena, compilation->request, count);
  bool finished = pool_run(threads, count, compile_page, &job);
  progress_end(job.progress);
  if (finished) join_results(compilation, job.results);
  for (size_t i = 0; i < threads; i++) {
    xpath_engine_free(job.workers[i].suggest.engine);
    if (finished && job.workers[i].suggest.matched)
      for (size_t k = 0; k < compilation->suggest.count; k++)
        compilation->pattern_found[k] |= job.workers[i].suggest.matched[k];
    compilation->metrics.scan_ms += job.workers[i].scan_ms / (double)threads;
    compilation->metrics.generation_ms += job.workers[i].generation_ms / (double)threads;
    arena_free(&job.workers[i].scratch);
    arena_free(&job.workers[i].keep);
    buf_free(&job.workers[i].text);
    buf_free(&job.workers[i].map);
  }
  if (!finished) mem_exhausted();
}
