/* In: pages with new bytes, in a project that is otherwise as it was. Out: their components. Surprising: no
 * manifest is read: the index has the integrations as pages see them, and the rest concerns no page. */
#include "workspace/cache/patch.h"

#include <stdatomic.h>

#include "ir/interface.h"
#include "store/cache_folder.h"
#include "workspace/cache/cache_pages.h"
#include "workspace/cache/explain.h"
#include "workspace/settings.h"
#include "workspace/templates.h"

enum { LARGEST_FILE = 64 * 1024 * 1024 };

// A page that is exchanged.
typedef struct PatchPage {
  uint32_t row, input;  // of the index
  ProjectFile file;
  PageNames names;
  CachedPage cached;
  Str component, map;
  uint64_t bytes, bytes_before;
} PatchPage;

typedef struct Patch {
  Compilation *compilation;
  const LookResult *found;
  const DiagBag *told;
  PageWorker worker;
  VEC(PatchPage) pages;
  IndexDraft draft;
} Patch;

/* What a page says */

static bool is_in(Span span, SourceId source) { return span.source == source; }

static bool touches(const Diag *diag, SourceId source) {
  bool found = is_in(diag->span, source);
  for (size_t i = 0; i < diag->labels.len; i++) found |= is_in(diag->labels.data[i].span, source);
  for (size_t i = 0; i < diag->notes.len; i++) found |= is_in(diag->notes.data[i].span, source);
  for (size_t i = 0; i < diag->fixes.len; i++)
    for (size_t k = 0; k < diag->fixes.data[i].edits.len; k++)
      found |= is_in(diag->fixes.data[i].edits.data[k].span, source);
  return found;
}

static bool was_told_of(const Patch *patch, SourceId source) {
  for (size_t i = 0; i < patch->told->list.len; i++)
    if (touches(patch->told->list.data[i], source)) return true;
  return false;
}

static bool is_silent(const Compilation *compilation, const DiagBag *bag) {
  bool shown;
  for (size_t i = 0; i < bag->list.len; i++) {
    diag_effective(&compilation->policy, bag->list.data[i], &shown);
    if (shown) return false;
  }
  return !bag->hidden.len;
}

/* Compiling */

// The integrations that the page uses, as the last run saw them.
static bool take_interfaces(Compilation *compilation, const PageFacts *facts) {
  for (size_t i = 0; i < facts->elements.len; i++) {
    for (size_t k = 0; k < facts->elements.data[i].names.len; k++) {
      Str name = facts->elements.data[i].names.data[k].text;
      const CacheInterface *found = cache_interface(&compilation->cache, name);
      if (!found || ir_find_integration(&compilation->ir, name).n) continue;
      if (!ir_interface_read(&compilation->ir, found->name, found->bytes)) return false;
    }
  }
  return true;
}

static bool is_as_heard(const Patch *patch, const PatchPage *page, const Fragment *fragment) {
  const IndexPage *old = &patch->compilation->cache.index.pages[page->row];
  return digest_same(fragment_heard(fragment), old->heard) && !fragment->ignores.len &&
         is_silent(patch->compilation, &fragment->diags);
}

// What the page took before is not kept: its fragment says it.
static bool know_before(Patch *patch, PatchPage *page) {
  const IndexPage *old = &patch->compilation->cache.index.pages[page->row];
  FragmentPlaces places = {page->file.source, patch->compilation->project.settings_source};
  PackPlace place = old->fragment;
  Fragment fragment;
  Str bytes;
  if (!pack_get(patch->compilation->cache.pack, &place, old->fragment_key, &bytes)) return false;
  if (!fragment_read(bytes, places, &patch->worker.scratch, &fragment)) return false;
  page->bytes_before = fragment.bytes;
  return true;
}

static bool compile_bytes(Patch *patch, PatchPage *page, Str bytes) {
  Compilation *compilation = patch->compilation;
  PageWorker *worker = &patch->worker;
  PageParse parse;
  DiagBag emission = {.arena = &worker->scratch};
  page_parse(compilation, worker, &page->file, bytes, NULL, &parse);
  if (!is_as_heard(patch, page, &parse.fragment) || !know_before(patch, page)) return false;
  if (!take_interfaces(compilation, &parse.fragment.facts)) return false;
  page_emit(compilation, worker, &page->file, &page->names, &parse, &emission);
  if (!is_silent(compilation, &emission)) return false;
  cached_by_digest(compilation, worker, &page->file, &page->cached);
  cached_output_key(compilation, &page->file, &page->names, &parse.fragment.facts, &page->cached);
  cached_remember(compilation, worker, &page->file, &parse.fragment, &emission, &page->cached);
  page->component = str_copy(&worker->keep, buf_str(&worker->text));
  page->map = str_copy(&worker->keep, buf_str(&worker->map));
  page->bytes = parse.fragment.bytes;
  return !digest_none(page->cached.output_key);
}

static bool compile_page(Patch *patch, PatchPage *page) {
  Compilation *compilation = patch->compilation;
  Str bytes;
  page->names = page_names(compilation, &page->file, &compilation->arena);
  int error = inputs_look(compilation->inputs, &patch->worker.folder, page->file.path, &patch->worker.scratch,
                          LARGEST_FILE, &bytes, &page->cached.input);
  bool done = !error && compile_bytes(patch, page, bytes);
  arena_reset(&patch->worker.scratch);
  return done;
}

/* Finding */

// "pages/shop/cart.tsx" → "shop/cart"
static bool find_name(const Index *index, const IndexPage *page, Str *name) {
  if (page->outputs == INDEX_NONE || page->outputs + 1 >= index->output_count) return false;
  Str path = index_text(index, index->outputs[page->outputs].path), before = STR("pages/"),
      behind = STR(".tsx");
  if (!str_starts(path, before) || !str_ends(path, behind)) return false;
  *name = str_skip(str_take(path, path.len - behind.len), before.len);
  return true;
}

static bool find_pages(Patch *patch) {
  Compilation *compilation = patch->compilation;
  const Index *index = &compilation->cache.index;
  for (size_t i = 0; i < patch->found->changed.len; i++) {
    size_t before = patch->pages.len;
    for (uint32_t row = 0; row < index->page_count; row++) {
      const IndexPage *page = &index->pages[row];
      if (page->input != patch->found->changed.data[i]) continue;
      Str label = index_text(index, page->label), path = index_text(index, index->inputs[page->input].path);
      PatchPage one = {.row = row, .input = page->input, .file = {.path = path, .root_path = label}};
      if (!find_name(index, page, &one.file.name)) return false;
      one.file.source = sources_add(compilation->sources, path, label);
      if (was_told_of(patch, one.file.source)) return false;
      vec_push(&compilation->arena, &patch->pages, one);
    }
    if (patch->pages.len != before + 1) return false;
  }
  return true;
}

// What the project says to a page; it has said the same in the last run.
static bool open_project(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  if (!project_open_settings(&compilation->project, compilation->request, &compilation->arena,
                             compilation->sources, compilation->inputs, &compilation->diags))
    return false;
  settings_take(compilation);
  templates_read(compilation);
  cache->pack = pack_open(&compilation->arena, cache->folder);
  return cache_salt_again(compilation);
}

/* Writing */

// Nobody has written there since it was looked at: this build waited for its turn.
static bool folders_hold(const Patch *patch) {
  const Index *index = &patch->compilation->cache.index;
  Arena *arena = &patch->compilation->arena;
  for (uint32_t i = 0; i < index->folder_count; i++) {
    Stamp seen = index->folders[i].stamp;
    for (size_t k = 0; k < patch->found->fresh.len; k++) {
      const LookFresh *fresh = &patch->found->fresh.data[k];
      if (fresh->table == LOOK_FOLDER && fresh->row == i) seen = fresh->stamp;
    }
    Str path =
        path_join(arena, patch->compilation->project.output, index_text(index, index->folders[i].path));
    Stamp now = stamp_at(str_cstr(arena, path), NULL);
    if (!seen.trusted || !stamp_same(&seen, &now)) return false;
  }
  return true;
}

static int put(Patch *patch, size_t slot, Str path, Str content, uint32_t row) {
  OutputKnown known = {patch->compilation->cache.index.outputs[row].digest, true};
  return outputs_put(patch->compilation->outputs, slot, path, content, &known);
}

static void put_all(Patch *patch) {
  Compilation *compilation = patch->compilation;
  Str failed = compilation->project.output;
  int error = 0;
  for (size_t i = 0; i < patch->pages.len && !error; i++) {
    const PatchPage *page = &patch->pages.data[i];
    uint32_t row = compilation->cache.index.pages[page->row].outputs;
    error = put(patch, 2 * i, page->names.output, page->component, row);
    if (!error) error = put(patch, 2 * i + 1, page->names.map, page->map, row + 1);
    if (error) failed = path_join(&compilation->arena, failed, page->names.output);
  }
  if (!error) error = outputs_commit(compilation->outputs, false, &compilation->written, &failed);
  compilation->committed = !error;
  for (size_t i = 0; !error && i < 2 * patch->pages.len; i++)
    if (outputs_is_written(compilation->outputs, i))
      explain_changed(compilation, outputs_path(compilation->outputs, i),
                      patch->pages.data[i / 2].file.root_path);
  if (error) outputs_discard(compilation->outputs);
  if (error) compilation_write_failed(compilation, failed, error);
}

static bool open_outputs(Patch *patch) {
  Compilation *compilation = patch->compilation;
  const atomic_bool *stop = compilation->request->stop;
  int error = 0;
  Str failed;
  Outputs *outputs =
      outputs_open(&compilation->arena, compilation->project.output, 2 * patch->pages.len, &error, &failed);
  if (!error && folders_hold(patch) && !(stop && atomic_load(stop))) {
    compilation->outputs = outputs;
    return true;
  }
  outputs_close(outputs);
  return false;
}

/* The index */

static void draft_outputs(Patch *patch, int64_t *latest) {
  for (size_t i = 0; i < 2 * patch->pages.len; i++) {
    const IndexPage *page = &patch->draft.pages.data[patch->pages.data[i / 2].row];
    IndexOutput *row = &patch->draft.outputs.data[page->outputs + i % 2];
    struct stat info;
    if (outputs_record(patch->compilation->outputs, i, &row->digest, &info))
      row->stamp = stamp_of(&info, NULL);
    else if (outputs_is_written(patch->compilation->outputs, i))
      row->digest = (Digest){0};  // somebody else was there behind the commit
    if (row->stamp.changed > *latest) *latest = row->stamp.changed;
  }
}

static void draft_folders(Patch *patch, int64_t *latest) {
  Arena *arena = &patch->compilation->arena;
  for (size_t i = 0; i < patch->draft.folders.len; i++) {
    Str path = index_text(&patch->compilation->cache.index, patch->compilation->cache.index.folders[i].path);
    Stamp now = stamp_at(str_cstr(arena, path_join(arena, patch->compilation->project.output, path)), NULL);
    Stamp *row = &patch->draft.folders.data[i].stamp;
    if (stamp_same(&now, row)) continue;
    *row = now;
    if (now.changed > *latest) *latest = now.changed;
  }
}

// Trusted from now on, if the clock has gone on since.
static void trust(Stamp *stamp, const StampClock *clock) {
  if (!stamp->trusted)
    stamp->trusted =
        stamp->device == clock->device && stamp->changed < clock->now && stamp->modified < clock->now;
}

static void trust_all(Patch *patch, int64_t latest) {
  StampClock clock = stamp_clock_after(patch->compilation->cache.folder, latest);
  IndexDraft *draft = &patch->draft;
  for (size_t i = 0; i < draft->folders.len; i++) trust(&draft->folders.data[i].stamp, &clock);
  for (size_t i = 0; i < 2 * patch->pages.len; i++) {
    const IndexPage *page = &draft->pages.data[patch->pages.data[i / 2].row];
    trust(&draft->outputs.data[page->outputs + i % 2].stamp, &clock);
  }
}

static void draft_pages(Patch *patch) {
  IndexDraft *draft = &patch->draft;
  PackItem *items = arena_array(&patch->compilation->arena, PackItem, patch->pages.len);
  size_t kept = 0;
  for (size_t i = 0; i < patch->pages.len; i++)
    if (patch->pages.data[i].cached.bytes.data)
      items[kept++] =
          (PackItem){.key = patch->pages.data[i].cached.key, .content = patch->pages.data[i].cached.bytes};
  bool appended = kept && !pack_append(patch->compilation->cache.folder, items, kept);
  kept = 0;
  for (size_t i = 0; i < patch->pages.len; i++) {
    const PatchPage *page = &patch->pages.data[i];
    const CachedPage *cached = &page->cached;
    IndexPage *row = &draft->pages.data[page->row];
    row->fragment = cached->bytes.data && appended ? items[kept].place : cached->place;
    kept += cached->bytes.data != NULL;
    row->fragment_key = cached->key;
    row->output_key = cached->output_key;
    row->diags = cached->diags.len ? index_keep(draft, cached->diags) : (IndexText){0};
    draft->inputs.data[page->input].digest = cached->input.digest;
    draft->inputs.data[page->input].stamp = cached->input.stamp;
    draft->head.counters[CACHE_BYTES] += page->bytes - page->bytes_before;
  }
}

static void draft_fresh(Patch *patch) {
  for (size_t i = 0; i < patch->found->fresh.len; i++) {
    const LookFresh *fresh = &patch->found->fresh.data[i];
    if (fresh->table == LOOK_INPUT) patch->draft.inputs.data[fresh->row].stamp = fresh->stamp;
    if (fresh->table == LOOK_OUTPUT) patch->draft.outputs.data[fresh->row].stamp = fresh->stamp;
    if (fresh->table == LOOK_FOLDER) patch->draft.folders.data[fresh->row].stamp = fresh->stamp;
  }
}

static void keep(Patch *patch) {
  Cache *cache = &patch->compilation->cache;
  int64_t latest = INT64_MIN;
  index_draft_from(&patch->draft, &patch->compilation->arena, &cache->index);
  draft_fresh(patch);
  draft_pages(patch);
  draft_outputs(patch, &latest);
  draft_folders(patch, &latest);
  trust_all(patch, latest);
  if (!index_write(&patch->draft, cache->path)) cache_sweep(cache->folder);
  index_draft_free(&patch->draft);
}

/* All of it */

static bool compile_all(Patch *patch) {
  if (!open_project(patch->compilation) || !find_pages(patch)) return false;
  for (size_t i = 0; i < patch->pages.len; i++)
    if (!compile_page(patch, &patch->pages.data[i])) return false;
  return open_outputs(patch);
}

bool patch(Compilation *compilation, const LookResult *found, const DiagBag *told) {
  Patch run = {.compilation = compilation, .found = found, .told = told};
  bool done = compile_all(&run);
  if (done) put_all(&run);
  if (done && compilation->committed) keep(&run);
  page_worker_free(&run.worker);
  return done;
}
