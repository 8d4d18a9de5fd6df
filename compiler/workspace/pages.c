/* The parallel part of a run. A page's tree lives on its worker's scratch arena and is forgotten with the
 * page; what stays (facts, diagnostics) is copied to the worker's own keep. Rows are made in page order, so
 * that the result never depends on which thread was faster: afterwards, or, where no worker reads any row,
 * by whoever has the page whose turn it is, straight from what was read. */
#include "workspace/pages.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/pool.h"
#include "ir/lower_page.h"
#include "passes/passes.h"
#include "workspace/cache/cache_pages.h"
#include "workspace/object/link.h"
#include "workspace/progress.h"

enum { LARGEST_FILE = 64 * 1024 * 1024, JOINED_AT_ONCE = 32, MOST_AT_ONCE = 8, LEAST_SHARES = 64 };

typedef struct PageResult {
  CachedPage cached;  // its fragment is the page's, wherever it came from
  DiagBag diags;      // all that was found out about the page
  Buf dump;           // of --emit
  PageNames names;
  int write_error;       // an errno value
  uint32_t failed_part;  // of the page's outputs, where there is one
} PageResult;

// What a worker has read of pages whose turn it was not yet.
typedef struct Waiting {
  Arena arena;
  atomic_size_t count;    // how many wait still
  bool begun, own_files;  // see have_own_files()
  char apart[64];         // a line of the processor's cache from what the next worker writes
} Waiting;

typedef struct WaitingPage {
  PageResult result;
  Waiting *among;
} WaitingPage;

// Where rows are made while pages are read, a few at once, so that tables do not go from one processor to the
// other at each page. Nobody waits for the lock: who has it makes the rows of all whose turn it is.
typedef struct PagesInTurn {
  pthread_mutex_t lock;       // of the compilation
  size_t next;                // the page whose turn it is
  atomic_uintptr_t *waiting;  // by page: a WaitingPage, or what silent() answers; 0: it is not read yet
  Waiting *workers;           // by worker
  bool alone;                 // there is one worker
} PagesInTurn;

typedef struct PagesJob {
  Compilation *compilation;
  PageResult **results;  // NULL: rows are made at once
  PagesInTurn turns;
  PageWorker *workers;
  Progress *progress;
  size_t at_once;  // pages that a worker takes
} PagesJob;

// One page on its way.
typedef struct PageTask {
  Compilation *compilation;
  const ProjectFile *file;
  size_t index;
  PageWorker *worker;
  PageResult *result;
  Arena *keep;    // NULL: what is found out need not outlive the page
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
  int error = inputs_look(task->compilation->inputs, &task->worker->folder, file->path,
                          &task->worker->scratch, LARGEST_FILE, &task->bytes, &task->result->cached.input);
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

// What the last run has written there, if it is known to be there still. Under another pattern the same page
// may have had another name.
static const OutputKnown *known_output(const PageTask *task, uint32_t part, Str path, OutputKnown *known) {
  const Cache *cache = &task->compilation->cache;
  CachedPage *cached = &task->result->cached;
  const IndexPage *old = cached->old;
  if (!cache->outputs_known || !old || old->outputs == INDEX_NONE) return NULL;
  const IndexOutput *row = &cache->index.outputs[old->outputs + part];
  if (!str_eq(index_text(&cache->index, row->path), path)) return NULL;
  cached->same[part] = cache_output_holds(task->compilation, row, &cached->outputs[part]);
  *known = (OutputKnown){row->digest, cached->same[part]};
  return known->holds ? known : NULL;
}

static void put_output(PageTask *task, uint32_t part, Str path, const Buf *content) {
  OutputKnown known;
  int error = outputs_put(task->compilation->outputs, 2 * task->index + part, path, buf_str(content),
                          known_output(task, part, path, &known));
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
  cached->fragment = task->keep ? page_keep(task->keep, fragment) : *fragment;
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

/* Rows of pages */

// A page of which nothing is known.
static void say_nothing(const ProjectFile *file, PageResult *result) {
  result->cached.fragment =
      (Fragment){.facts = {.source = file->source, .path = page_label(file), .name = file->name}};
}

static void tell_unwritten(Compilation *compilation, size_t index, const PageResult *result) {
  Str path = outputs_path(compilation->outputs, 2 * index + result->failed_part);
  Str whole = path_join(&compilation->arena, compilation->project.output, path);
  compilation_write_failed(compilation, whole, result->write_error);
}

static bool keeps_inputs(const Compilation *compilation) {
  return compilation->cache.on || compilation->request->depfile.data;
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
  if (result->cached.input.path.data && keeps_inputs(compilation))
    inputs_note(compilation->inputs, result->cached.input);
  metrics->pages_known += result->cached.known;
  metrics->pages_held += result->cached.held;
  if (fragment->facts.elements.len) metrics->pages_with_uses++;
  if (result->write_error) tell_unwritten(compilation, index, result);
  buf_put(&compilation->emitted, buf_str(&result->dump));
  buf_free(&result->dump);
}

/* In turn */

// Nothing behind the pages asks for them again, and no worker looks at rows that others make.
static bool takes_turns(const Compilation *compilation) {
  return compilation->request->goal == GOAL_DISCOVER && !keeps_inputs(compilation) && !compilation->objects;
}

// Many pages use nothing, and of these only their length is left: an odd number, which no address is.
static bool is_silent(const PageResult *result) {
  const Fragment *fragment = &result->cached.fragment;
  return !fragment->facts.elements.len && !fragment->facts.title.len && !fragment->ignores.len &&
         !fragment->matched.len && !result->diags.list.len && !result->dump.len;
}

static uintptr_t silent(const PageResult *result) {
  return (uintptr_t)result->cached.fragment.bytes << 1 | 1;
}

static void join_silent(Compilation *compilation, size_t index, uintptr_t left) {
  PageResult result = {0};
  say_nothing(&compilation->project.pages.data[index], &result);
  result.cached.fragment.bytes = left >> 1;
  join_page(compilation, index, &result);
}

static void join_waiting(void *arg) {
  PagesJob *job = arg;
  PagesInTurn *turns = &job->turns;
  size_t count = job->compilation->project.pages.len;
  for (uintptr_t left; turns->next < count && (left = atomic_load(&turns->waiting[turns->next]));
       turns->next++) {
    WaitingPage *page = left & 1 ? NULL : (WaitingPage *)left;
    if (page)
      join_page(job->compilation, turns->next, &page->result);
    else
      join_silent(job->compilation, turns->next, left);
    if (page) atomic_fetch_sub(&page->among->count, 1);
  }
}

// Unless somebody is at it.
static void try_to_join(PagesJob *job) {
  if (pthread_mutex_trylock(&job->turns.lock)) return;
  bool finished = mem_guard(join_waiting, job);
  pthread_mutex_unlock(&job->turns.lock);
  if (!finished) mem_exhausted();
}

// A copy that is taken from here. Where none waits any more, all of them are forgotten.
static WaitingPage *to_wait(Waiting *own, const PageResult *result) {
  if (!atomic_load(&own->count)) arena_reset(&own->arena);
  WaitingPage *page = arena_new(&own->arena, WaitingPage);
  *page = (WaitingPage){*result, own};
  page->result.cached.fragment = page_keep(&own->arena, &result->cached.fragment);
  page->result.diags = (DiagBag){.arena = &own->arena};
  diag_join(&page->result.diags, &result->diags);
  atomic_fetch_add(&own->count, 1);
  return page;
}

// `result` lies on the worker's scratch. What is left behind the last few is done at the end.
static void hand_over(PagesJob *job, size_t index, size_t number, PageResult *result) {
  PagesInTurn *turns = &job->turns;
  if (turns->alone) {
    join_page(job->compilation, index, result);
    return;
  }
  uintptr_t left = is_silent(result) ? silent(result) : (uintptr_t)to_wait(&turns->workers[number], result);
  atomic_store(&turns->waiting[index], left);
  if (index % JOINED_AT_ONCE == 0) try_to_join(job);
}

/* A page at a time */

static void find_out(PageTask *task) {
  if (task->compilation->objects)
    link_page(task);
  else if (is_enough(task))
    take_known(task);
  else if (read_page(task))
    compile_text(task);
  else
    say_nothing(task->file, task->result);
}

// Keeps what was found out, or passes it on.
static void deliver(PagesJob *job, size_t number, PageTask *task) {
  PageResult *result = task->result;
  if (job->results) {
    result->diags.arena = &task->worker->keep;
    diag_join(&result->diags, &task->diags);
  } else {
    result->diags = task->diags;
    hand_over(job, task->index, number, result);
  }
}

// A thread that does nothing but read pages needs no file of the others; with a table of its own it does not
// wait for theirs whenever one is opened or closed. What it leaves open is closed when it ends.
static void have_own_files(PagesInTurn *turns, size_t number) {
  Waiting *own = &turns->workers[number];
  if (own->begun || number == 0) return;
  own->begun = true;
#ifndef __SANITIZE_THREAD__                    // which believes that a number is the same file in all threads
  own->own_files = unshare(CLONE_FILES) == 0;  // where that is not allowed, it is only slower
#endif
}

static void compile_page(PagesJob *job, size_t index, size_t number) {
  PageWorker *worker = &job->workers[number];
  PageResult passed_on = {0};
  PageTask task = {.compilation = job->compilation,
                   .file = &job->compilation->project.pages.data[index],
                   .index = index,
                   .worker = worker,
                   .result = job->results ? job->results[index] : &passed_on,
                   .keep = job->results ? &worker->keep : NULL,
                   .diags = {.arena = &worker->scratch}};
  const atomic_bool *stop = job->compilation->request->stop;
  double generated = worker->generation_ms;
  say_nothing(task.file, task.result);
  if (stop && atomic_load(stop)) return;
  if (!job->results) have_own_files(&job->turns, number);
  find_out(&task);
  deliver(job, number, &task);
  arena_reset(&worker->scratch);
  double now = clock_ms();
  worker->scan_ms += now - worker->since_ms - (worker->generation_ms - generated);
  worker->since_ms = now;
  progress_step(job->progress);
}

// Neighbours, since what is noted of them lies together.
static void compile_some(void *context, size_t index, size_t number) {
  PagesJob *job = context;
  size_t end = (index + 1) * job->at_once, count = job->compilation->project.pages.len;
  for (size_t i = index * job->at_once; i < end && i < count; i++) compile_page(job, i, number);
}

/* All pages */

static void join_results(Compilation *compilation, PageResult **results) {
  size_t count = compilation->project.pages.len;
  CachedPage **cached = arena_array(&compilation->arena, CachedPage *, count);
  if (page_emits(compilation)) compilation->markup_needs = arena_array(&compilation->arena, CspNeeds, count);
  for (size_t i = 0; i < count; i++) {
    join_page(compilation, i, results[i]);
    cached[i] = &results[i]->cached;
  }
  cached_join(compilation, cached, count);
  compilation->cached_pages = cached;
}

// What is asked for behind the pages: names of outputs, what the cache keeps of each, and the depfile names.
static void make_results(PagesJob *job, size_t count) {
  Compilation *compilation = job->compilation;
  Arena *arena = &compilation->arena;
  PageResult *results = arena_array(arena, PageResult, count);
  job->results = arena_array(arena, PageResult *, count);
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

static bool compile_all(PagesJob *job, size_t threads, size_t count) {
  Compilation *compilation = job->compilation;
  job->progress = progress_start(&compilation->arena, compilation->request, count);
  for (size_t i = 0; i < threads; i++) job->workers[i].since_ms = clock_ms();
  job->at_once = count < threads * LEAST_SHARES * MOST_AT_ONCE ? 1 : MOST_AT_ONCE;
  bool finished = pool_run(threads, (count + job->at_once - 1) / job->at_once, compile_some, job);
  progress_end(job->progress);
  if (finished && job->results) join_results(compilation, job->results);
  if (finished && !job->results && !job->turns.alone) try_to_join(job);
  compilation->metrics.files_scanned = count;
  compilation->metrics.uses_found = compilation->ir.uses.len;
  return finished;
}

void pages_compile(Compilation *compilation) {
  size_t count = compilation->project.pages.len;
  size_t threads = compilation->request->jobs ? compilation->request->jobs : pool_processors();
  Arena *arena = &compilation->arena;
  PagesJob job = {.compilation = compilation, .turns.lock = PTHREAD_MUTEX_INITIALIZER};
  job.workers = arena_array(arena, PageWorker, threads);
  intern_room(&compilation->ir.strings, 2 * count);  // the path and the name of each
  if (!compilation->ir.pages.len) vec_room(arena, &compilation->ir.pages, count);
  if (takes_turns(compilation)) {
    job.turns.waiting = arena_array(arena, atomic_uintptr_t, count);
    job.turns.alone = threads == 1;
    job.turns.workers = arena_array(arena, Waiting, threads);
  } else {
    make_results(&job, count);
  }
  bool finished = compile_all(&job, threads, count);
  for (size_t i = 0; i < threads; i++) {
    if (!job.results && job.turns.workers[i].own_files) job.workers[i].folder = (FileFolder){0};
    if (!job.results) arena_free(&job.turns.workers[i].arena);
    end_worker(compilation, &job.workers[i], threads);
  }
  pthread_mutex_destroy(&job.turns.lock);
  if (!finished) mem_exhausted();
}
