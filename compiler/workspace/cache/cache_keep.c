/* In: a run that is over. Out: its index. Surprising: a build that failed has put nothing in place, so that
 * it keeps what the last good one knew of the outputs; only what it has read is new. */
#include "base/map.h"
#include "base/mem.h"
#include "base/pool.h"
#include "store/cache_folder.h"
#include "store/saved_diags.h"
#include "workspace/cache/cache_pages.h"

enum { CHUNK = 256 };

static size_t threads_of(const Compilation *compilation) {
  return compilation->request->jobs ? compilation->request->jobs : pool_processors();
}

/* Inputs */

static void keep_inputs(Compilation *compilation) {
  IndexDraft *draft = &compilation->cache.draft;
  const Input *list;
  size_t count = inputs_list(compilation->inputs, &list);
  StrMap rows = {0};
  for (size_t i = 0; i < count; i++) {
    if (list[i].kind == INDEX_READ) *strmap_put(draft->arena, &rows, list[i].path, NULL) = (uint32_t)i;
    vec_push(draft->arena, &draft->inputs,
             (IndexInput){.path = index_keep(draft, list[i].path),
                          .kind = list[i].kind,
                          .digest = list[i].digest,
                          .stamp = list[i].stamp});
  }
  for (size_t i = 0; i < draft->pages.len; i++) {
    const uint32_t *row = strmap_find(&rows, compilation->cached_pages[i]->input.path);
    if (!row) continue;
    draft->pages.data[i].input = *row;
    draft->inputs.data[*row].use = CACHE_INPUT_PAGE;
  }
}

/* Outputs */

typedef struct Recording {
  Compilation *compilation;
  struct stat *info;
  bool *known;
  size_t count;
} Recording;

static void record_chunk(void *context, size_t chunk, size_t worker) {
  Recording *recording = context;
  IndexOutput *rows = recording->compilation->cache.draft.outputs.data;
  (void)worker;
  for (size_t i = chunk * CHUNK; i < recording->count && i < (chunk + 1) * CHUNK; i++)
    recording->known[i] =
        outputs_record(recording->compilation->outputs, i, &rows[i].digest, &recording->info[i]);
}

static int64_t changed_at(const struct stat *info) { return stamp_of(info, NULL).changed; }

static void stamp_rows(Recording *recording, const StampClock *clock) {
  IndexDraft *draft = &recording->compilation->cache.draft;
  for (size_t i = 0; i < recording->count; i++) {
    IndexOutput *row = &draft->outputs.data[i];
    if (recording->known[i])
      row->stamp = stamp_of(&recording->info[i], clock);
    else if (!row->use)
      row->digest = (Digest){0};
  }
}

// One row a slot; slots that are empty have rows without a name.
static void list_outputs(Compilation *compilation) {
  const Cache *cache = &compilation->cache;
  IndexDraft *draft = &compilation->cache.draft;
  size_t count = outputs_count(compilation->outputs), pages = page_slots(compilation);
  vec_room(draft->arena, &draft->outputs, count);
  for (size_t i = 0; i < count; i++) {
    const CachedPage *page = i < pages ? compilation->cached_pages[i / 2] : NULL;
    IndexOutput row = {.path = index_keep(draft, outputs_path(compilation->outputs, i)), .page = INDEX_NONE};
    if (page && row.path.length) row.page = (uint32_t)(i / 2);
    if (page && i % 2 == 0 && row.path.length) draft->pages.data[i / 2].outputs = (uint32_t)i;
    bool same = page && page->same[i % 2] && !outputs_is_written(compilation->outputs, i);
    if (same || (page && page->held)) {
      row.digest = cache->index.outputs[page->old->outputs + i % 2].digest;
      row.stamp = page->outputs[i % 2];
      row.use = CACHE_OUTPUT_HELD;
    }
    vec_push(draft->arena, &draft->outputs, row);
  }
}

static void keep_folder(Compilation *compilation, StrMap *seen, Str path, int64_t *latest) {
  IndexDraft *draft = &compilation->cache.draft;
  bool added;
  strmap_put(draft->arena, seen, path, &added);
  if (!added) return;
  if (!str_eq(path, STR("."))) keep_folder(compilation, seen, path_directory(path), latest);
  struct stat info;
  Str whole = path_join(draft->arena, compilation->project.output, path);
  const char *name = str_cstr(draft->arena, whole);
  if (str_eq(path, STR(".")) ? stat(name, &info) : lstat(name, &info)) return;
  if (changed_at(&info) > *latest) *latest = changed_at(&info);
  vec_push(draft->arena, &draft->folders,
           (IndexFolder){.path = index_keep(draft, path), .stamp = stamp_of(&info, NULL)});
}

static void keep_folders(Compilation *compilation, int64_t *latest) {
  StrMap seen = {0};
  size_t count = outputs_count(compilation->outputs);
  for (size_t i = 0; i < count; i++) {
    Str path = outputs_path(compilation->outputs, i);
    if (path.data) keep_folder(compilation, &seen, path_directory(path), latest);
  }
}

// The clock is asked behind everything that was written, and waited for.
static void keep_outputs(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  IndexDraft *draft = &cache->draft;
  list_outputs(compilation);
  Recording recording = {.compilation = compilation, .count = draft->outputs.len};
  recording.info = arena_array(draft->arena, struct stat, recording.count);
  recording.known = arena_array(draft->arena, bool, recording.count);
  if (!pool_run(threads_of(compilation), (recording.count + CHUNK - 1) / CHUNK, record_chunk, &recording))
    mem_exhausted();
  int64_t latest = INT64_MIN;
  for (size_t i = 0; i < recording.count; i++)
    if (recording.known[i] && changed_at(&recording.info[i]) > latest)
      latest = changed_at(&recording.info[i]);
  keep_folders(compilation, &latest);
  StampClock clock = stamp_clock_after(cache->folder, latest);
  stamp_rows(&recording, &clock);
  for (size_t i = 0; i < draft->folders.len; i++) {
    Stamp *stamp = &draft->folders.data[i].stamp;
    stamp->trusted =
        stamp->device == clock.device && stamp->changed < clock.now && stamp->modified < clock.now;
  }
}

static IndexText again(Compilation *compilation, IndexText text) {
  return index_keep(&compilation->cache.draft, index_text(&compilation->cache.index, text));
}

// The rows have the numbers that they had.
static void carry_outputs(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  IndexDraft *draft = &cache->draft;
  for (size_t i = 0; i < draft->pages.len; i++) draft->pages.data[i].output_key = (Digest){0};
  if (!cache->fine) return;
  for (uint32_t i = 0; i < cache->index.output_count; i++) {
    IndexOutput row = cache->index.outputs[i];
    row.path = again(compilation, row.path);
    row.page = INDEX_NONE;
    vec_push(draft->arena, &draft->outputs, row);
  }
  for (size_t i = 0; i < draft->pages.len; i++) {
    const IndexPage *old = compilation->cached_pages[i]->old;
    IndexPage *page = &draft->pages.data[i];
    if (!old || old->outputs == INDEX_NONE || old->outputs + 1 >= cache->index.output_count) continue;
    page->output_key = old->output_key;
    page->outputs = old->outputs;
    page->diags = again(compilation, old->diags);
    draft->outputs.data[page->outputs].page = draft->outputs.data[page->outputs + 1].page = (uint32_t)i;
  }
  for (uint32_t i = 0; i < cache->index.folder_count; i++) {
    IndexFolder row = cache->index.folders[i];
    row.path = again(compilation, row.path);
    vec_push(draft->arena, &draft->folders, row);
  }
}

/* The head */

// How long something took is no property of the project, nor what the system refused to read, or to remember.
static bool tells_of_run(const Compilation *compilation) {
  for (size_t i = 0; i < compilation->diags.list.len; i++) {
    DiagCode code = compilation->diags.list.data[i]->code;
    if (code == FX7001 || code == FX8001 || code == FX8004) return true;
  }
  return false;
}

// A project with views looks into every page for the mark of a view that it was made from.
static bool is_patchable(const Compilation *compilation) {
  bool built = compilation->committed && compilation->request->goal == GOAL_BUILD;
  for (size_t i = 0; i < compilation->project.pages.len; i++)
    if (compilation->project.pages.data[i].view) return false;
  return built && !compilation->totals.errors && !compilation->project.views.len;
}

static void keep_head(Compilation *compilation) {
  IndexDraft *draft = &compilation->cache.draft;
  IndexHead *head = &draft->head;
  const CompileMetrics *metrics = &compilation->metrics;
  head->first_day = head->last_day = compilation->request->today;
  if (tells_of_run(compilation)) head->first_day = head->last_day + 1;
  Buf text = {0};
  saved_diags_write(&compilation->diags, compilation->sources, &text);
  head->diags = index_keep(draft, buf_str(&text));
  buf_clear(&text);
  cache_extra(compilation, &text);
  head->extra = index_keep(draft, buf_str(&text));
  buf_free(&text);
  head->counters[CACHE_ERRORS] = compilation->totals.errors;
  head->counters[CACHE_WARNINGS] = compilation->totals.warnings;
  head->counters[CACHE_FILES] = metrics->files_scanned;
  head->counters[CACHE_BYTES] = metrics->bytes_scanned;
  head->counters[CACHE_FOUND] = metrics->integrations_found;
  head->counters[CACHE_USES] = metrics->uses_found;
  head->counters[CACHE_PAGES_WITH_USES] = metrics->pages_with_uses;
  head->counters[CACHE_VALID] = metrics->valid;
  head->counters[CACHE_INVALID] = metrics->invalid;
  head->counters[CACHE_COMPONENTS] = metrics->components;
  head->counters[CACHE_OUTPUTS] = compilation->written.written + compilation->written.unchanged;
  head->counters[CACHE_COMMITTED] = compilation->committed;
  head->counters[CACHE_PATCHABLE] = is_patchable(compilation);
}

void cache_keep(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  bool broken = compilation->internal_error || compilation->system_failed || compilation->wrong_usage.data;
  if (!cache->on || broken || !compilation->cached_pages) return;
  keep_inputs(compilation);
  if (compilation->committed)
    keep_outputs(compilation);
  else if (compilation->outputs)
    carry_outputs(compilation);
  keep_head(compilation);
  cache->unkept = index_write(&cache->draft, cache->path);
  if (!cache->unkept) cache_sweep(cache->folder);
}

// That is no fault of the project, and the next build will be as right as this one.
static void report_unkept(Compilation *compilation) {
  const Cache *cache = &compilation->cache;
  if (!cache->unkept || !compilation->request->verbose) return;
  SourceId source = sources_add(compilation->sources, cache->folder, STR(".fx/cache"));
  Diag *diag = diag_add(&compilation->diags, FX8004, span_file(source), "the cache cannot be kept: %s",
                        strerror(cache->unkept));
  diag->severity = DIAG_NOTE;
}

void cache_report(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  bool shown;
  report_unkept(compilation);
  if (cache->pack && pack_is_damaged(cache->pack)) cache->damaged = true;
  if (!cache->damaged) return;
  SourceId source = sources_add(compilation->sources, cache->path, STR(".fx/cache"));
  Diag *diag = diag_add(&compilation->diags, FX8004, span_file(source), "the cache is damaged and made anew");
  diag->severity = diag_effective(&compilation->policy, diag, &shown);
  if (!shown) compilation->diags.list.len--;
  compilation->totals.errors += shown && diag->severity == DIAG_ERROR;
  compilation->totals.warnings += shown && diag->severity == DIAG_WARNING;
}
