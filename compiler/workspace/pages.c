/* The parallel part of a run. A page's tree lives on its worker's scratch arena and is forgotten with the
 * page; what stays (facts, diagnostics) is copied to the worker's own keep. Rows are made afterwards, in
 * page order, so that the result never depends on which thread was faster. */
#include "workspace/pages.h"

#include <errno.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/pool.h"
#include "ir/lower_page.h"
#include "passes/passes.h"
#include "workspace/cache/cache_pages.h"
#include "workspace/object/link.h"
#include "workspace/progress.h"

enum { LARGEST_FILE = 64 * 1024 * 1024 };

typedef struct PageResult {
  CachedPage cached;  // its fragment is the page's, wherever it came from
  DiagBag diags;      // all that was found out about the page
  Buf dump;           // of --emit
  PageNames names;
  int write_error;       // an errno value
  uint32_t failed_part;  // of the page's outputs, where there is one
} PageResult;

typedef struct PagesJob {
  Compilation *compilation;
  PageResult **results;  // NULL: nothing but how many bytes it has came of the page
  uint64_t *silent;      // by worker: the bytes of such pages
  PageWorker *workers;
  Progress *progress;
} PagesJob;

// One page on its way.
typedef struct PageTask {
  Compilation *compilation;
  const ProjectFile *file;
  size_t index;
  PageWorker *worker;
  PageResult *result;
  DiagBag diags;  // on the worker's scratch
  Str bytes;      // data NULL: not read
  bool unreadable;
} PageTask;

/* Reading */

static bool read_page(PageTask *task) {
  const ProjectFile *file = task->file;
  if (file->view) {
    task->bytes = file->view->text;
    return true;
  }
  if (task->bytes.data || task->unreadable) return !task->unreadable;
  int error = inputs_look(task->compilation->inputs, file->path, &task->worker->scratch, LARGEST_FILE,
                          &task->bytes, &task->result->cached.input);
  if (!error) return true;
  task->unreadable = true;
  if (error == EFBIG) {
    Diag *diag = diag_add(&task->diags, FX8006, span_file(file->source), "the page is larger than 64 MiB");
    diag_help(diag, "split it, or leave it out with 'exclude' in the project file");
  } else {
    diag_add(&task->diags, FX8001, span_file(file->source), "cannot read the page: %s", strerror(error));
  }
  return false;
}

// By its stamp, else by its bytes.
static bool is_known(PageTask *task) {
  CachedPage *cached = &task->result->cached;
  if (cached_by_stamp(task->compilation, task->worker, task->file, cached)) return true;
  return task->compilation->cache.on && read_page(task) &&
         cached_by_digest(task->compilation, task->worker, task->file, cached);
}

/* Components */

// What the last run has written there, if it is known to be there still.
static const OutputKnown *known_output(const PageTask *task, uint32_t part, OutputKnown *known) {
  const Cache *cache = &task->compilation->cache;
  CachedPage *cached = &task->result->cached;
  const IndexPage *old = cached->old;
  if (!cache->outputs_known || !old || old->outputs == INDEX_NONE) return NULL;
  const IndexOutput *row = &cache->index.outputs[old->outputs + part];
  cached->same[part] = cache_output_holds(task->compilation, row, &cached->outputs[part]);
  *known = (OutputKnown){row->digest, cached->same[part]};
  return known->holds ? known : NULL;
}

static void put_output(PageTask *task, uint32_t part, Str path, const Buf *content) {
  OutputKnown known;
  int error = outputs_put(task->compilation->outputs, 2 * task->index + part, path, buf_str(content),
                          known_output(task, part, &known));
  if (!error) return;
  task->result->write_error = error;
  task->result->failed_part = part;
}

// The page's component and its map, compared with those on disk or staged.
static void write_page(PageTask *task, const PageParse *page, DiagBag *emission) {
  Compilation *compilation = task->compilation;
  PageWorker *worker = task->worker;
  PageNames *names = &task->result->names;
  double start = clock_ms();
  page_emit(compilation, worker, task->file, names, page, emission);
  if (compilation->outputs) {
    put_output(task, 0, names->output, &worker->text);
    put_output(task, 1, names->map, &worker->map);
  }
  if (compilation->request->emit & EMIT_REACT) buf_put(&task->result->dump, buf_str(&worker->text));
  worker->generation_ms += clock_ms() - start;
}

static void hold_page(PageTask *task) {
  Compilation *compilation = task->compilation;
  if (!compilation->outputs) return;
  outputs_hold(compilation->outputs, 2 * task->index, task->result->names.output);
  outputs_hold(compilation->outputs, 2 * task->index + 1, task->result->names.map);
}

/* A page */

static void check(PageTask *task, const PageFacts *facts) {
  if (task->compilation->request->goal > GOAL_DISCOVER)
    pass_check_page(&task->compilation->ir, facts, &task->diags);
}

// Nothing of the page is needed but what is known of it.
static void take_known(PageTask *task) {
  CachedPage *cached = &task->result->cached;
  if (page_emits(task->compilation)) hold_page(task);
  diag_join(&task->diags, &cached->fragment.diags);
  check(task, &cached->fragment.facts);
}

static void compile_text(PageTask *task) {
  Compilation *compilation = task->compilation;
  CachedPage *cached = &task->result->cached;
  PageParse page;
  DiagBag emission = {.arena = &task->worker->scratch};
  bool emits = page_emits(compilation);
  cached_by_digest(compilation, task->worker, task->file,
                   cached);  // it may have changed since it was stat'ed
  page_parse(compilation, task->worker, task->file, task->bytes, &task->result->dump, &page);
  const Fragment *fragment = &page.fragment;
  diag_join(&task->diags, &fragment->diags);
  if (page.tree) check(task, &fragment->facts);
  cached_output_key(compilation, task->file, &task->result->names, &fragment->facts, cached);
  if (emits) write_page(task, &page, &emission);
  diag_join(&task->diags, &emission);
  cached_remember(compilation, task->worker, task->file, fragment, emits ? &emission : NULL, cached);
  task->result->cached.fragment = page_keep(&task->worker->keep, fragment);
}

// What an object says of the page, in the place of the page.
static void link_page(PageTask *task) {
  Compilation *compilation = task->compilation;
  const PageNames *names = &task->result->names;
  ObjectLinked linked;
  if (!object_link_page(compilation, task->index, names->map_source, &task->worker->scratch, &task->diags,
                        &linked))
    return;
  const Buf code = {(char *)linked.code.data, linked.code.len, 0};
  diag_join(&task->diags, &linked.fragment.diags);
  check(task, &linked.fragment.facts);
  diag_join(&task->diags, &linked.emission);
  if (compilation->outputs) {
    put_output(task, 0, names->output, &code);
    put_output(task, 1, names->map, &linked.map);
  }
  if (compilation->request->emit & EMIT_REACT) buf_put(&task->result->dump, linked.code);
  task->result->cached.fragment = page_keep(&task->worker->keep, &linked.fragment);
  buf_free(&linked.map);
}

static bool is_enough(PageTask *task) {
  if (!is_known(task)) return false;
  return !page_emits(task->compilation) || cached_is_held(task->compilation, task->file, &task->result->names,
                                                          &task->result->cached, &task->diags);
}

// A page of which nothing is known.
static void say_nothing(PageTask *task) {
  const ProjectFile *file = task->file;
  task->result->cached.fragment =
      (Fragment){.facts = {.source = file->source, .path = page_label(file), .name = file->name}};
}

// Many pages use nothing, and a result is larger than what is read of them.
static bool is_silent(const PageResult *result) {
  const Fragment *fragment = &result->cached.fragment;
  return !fragment->facts.elements.len && !fragment->facts.title.len && !fragment->ignores.len &&
         !fragment->matched.len && !result->diags.list.len && !result->dump.len && !result->write_error;
}

static void keep_result(PagesJob *job, size_t index, size_t number, const PageResult *result) {
  if (is_silent(result)) {
    job->silent[number] += result->cached.fragment.bytes;
    return;
  }
  job->results[index] = arena_alloc(&job->workers[number].keep, sizeof *result);
  *job->results[index] = *result;
}

static void compile_page(void *context, size_t index, size_t number) {
  PagesJob *job = context;
  PageWorker *worker = &job->workers[number];
  PageResult alone = {0}, *result = job->results[index] ? job->results[index] : &alone;
  const ProjectFile *file = &job->compilation->project.pages.data[index];
  PageTask task = {.compilation = job->compilation,
                   .file = file,
                   .index = index,
                   .worker = worker,
                   .result = result,
                   .diags = {.arena = &worker->scratch}};
  const atomic_bool *stop = job->compilation->request->stop;
  double start = clock_ms(), generated = worker->generation_ms;
  say_nothing(&task);
  if (stop && atomic_load(stop)) return;
  if (job->compilation->objects)
    link_page(&task);
  else if (is_enough(&task))
    take_known(&task);
  else if (read_page(&task))
    compile_text(&task);
  else
    say_nothing(&task);
  result->diags.arena = &worker->keep;
  diag_join(&result->diags, &task.diags);
  if (result == &alone) keep_result(job, index, number, &alone);
  arena_reset(&worker->scratch);
  worker->scan_ms += clock_ms() - start - (worker->generation_ms - generated);
  progress_step(job->progress);
}

/* All pages */

static void tell_unwritten(Compilation *compilation, size_t index, const PageResult *result) {
  Str path = outputs_path(compilation->outputs, 2 * index + result->failed_part);
  Str whole = path_join(&compilation->arena, compilation->project.output, path);
  compilation_write_failed(compilation, whole, result->write_error);
}

static void join_page(Compilation *compilation, size_t index, PageResult *result) {
  CompileMetrics *metrics = &compilation->metrics;
  const Fragment *fragment = &result->cached.fragment;
  diag_join(&compilation->diags, &result->diags);
  ir_lower_page(&compilation->ir, &fragment->facts);
  if (page_emits(compilation))
    compilation->markup_needs[index] = page_keep_needs(fragment->needs, &compilation->arena);
  for (size_t k = 0; k < fragment->ignores.len; k++)
    vec_push(&compilation->arena, &compilation->ignores, fragment->ignores.data[k]);
  for (size_t k = 0; k < fragment->matched.len; k++)
    if (fragment->matched.data[k] < compilation->suggest.count)
      compilation->pattern_found[fragment->matched.data[k]] = true;
  metrics->bytes_scanned += fragment->bytes;
  if (result->cached.input.path.data) inputs_note(compilation->inputs, result->cached.input);
  metrics->pages_known += result->cached.known;
  metrics->pages_held += result->cached.held;
  if (fragment->facts.elements.len) metrics->pages_with_uses++;
  if (result->write_error) tell_unwritten(compilation, index, result);
  buf_put(&compilation->emitted, buf_str(&result->dump));
  buf_free(&result->dump);
}

static void join_silent(Compilation *compilation, const ProjectFile *file) {
  PageFacts facts = {.source = file->source, .path = page_label(file), .name = file->name};
  ir_lower_page(&compilation->ir, &facts);
  if (compilation->request->depfile.data && !file->view)
    inputs_note(compilation->inputs, (Input){.path = file->path, .kind = INDEX_READ});
}

static void join_results(Compilation *compilation, PageResult **results) {
  size_t count = compilation->project.pages.len;
  CachedPage **cached = arena_array(&compilation->arena, CachedPage *, count);
  if (page_emits(compilation)) compilation->markup_needs = arena_array(&compilation->arena, CspNeeds, count);
  for (size_t i = 0; i < count; i++) {
    if (results[i])
      join_page(compilation, i, results[i]);
    else
      join_silent(compilation, &compilation->project.pages.data[i]);
    cached[i] = results[i] ? &results[i]->cached : NULL;
  }
  cached_join(compilation, cached, count);
  compilation->cached_pages = cached;
  compilation->metrics.files_scanned = count;
  compilation->metrics.uses_found = compilation->ir.uses.len;
}

// What is asked for behind the pages: names of outputs, what the cache keeps of each, and the depfile names.
static void make_results(PagesJob *job, size_t count) {
  Compilation *compilation = job->compilation;
  Arena *arena = &compilation->arena;
  job->results = arena_array(arena, PageResult *, count);
  if (!page_emits(compilation) && !compilation->cache.on && !compilation->request->depfile.data) return;
  PageResult *results = arena_array(arena, PageResult, count);
  for (size_t i = 0; i < count; i++) {
    job->results[i] = &results[i];
    if (page_emits(compilation))
      results[i].names = page_names(compilation, &compilation->project.pages.data[i], arena);
  }
}

static void end_worker(Compilation *compilation, PageWorker *worker, size_t threads) {
  compilation->metrics.scan_ms += worker->scan_ms / (double)threads;
  compilation->metrics.generation_ms += worker->generation_ms / (double)threads;
  page_worker_free(worker);
}

void pages_compile(Compilation *compilation) {
  size_t count = compilation->project.pages.len;
  size_t threads = compilation->request->jobs ? compilation->request->jobs : pool_processors();
  Arena *arena = &compilation->arena;
  PagesJob job = {.compilation = compilation};
  make_results(&job, count);
  job.workers = arena_array(arena, PageWorker, threads);
  job.silent = arena_array(arena, uint64_t, threads);
  job.progress = progress_start(arena, compilation->request, count);
  bool finished = pool_run(threads, count, compile_page, &job);
  progress_end(job.progress);
  if (finished) join_results(compilation, job.results);
  for (size_t i = 0; i < threads; i++) {
    compilation->metrics.bytes_scanned += job.silent[i];
    end_worker(compilation, &job.workers[i], threads);
  }
  if (!finished) mem_exhausted();
}
