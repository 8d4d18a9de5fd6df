/* In: a page's file and what the last run left of it. Out: a fragment, and whether its component holds.
 * Surprising: a page that was renamed or changed back is known as well, since fragments are found by what
 * they were made of. */
#include "workspace/cache/cache_pages.h"

#include "store/saved_diags.h"
#include "workspace/cache/cache_key.h"

static FragmentPlaces places_of(const Compilation *compilation, const ProjectFile *file) {
  return (FragmentPlaces){.page = file->source, .project = compilation->project.settings_source};
}

// Pages of views are made of what is in memory already.
static bool is_kept(const Compilation *compilation, const ProjectFile *file) {
  return compilation->cache.on && !file->view;
}

/* Fragments */

static Digest key_of(const Compilation *compilation, Digest bytes) {
  Buf key = {0};
  key_digest(&key, compilation->cache.salts.reading);
  key_digest(&key, bytes);
  return key_end(&key);
}

static bool take_bytes(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
                       CachedPage *page, PackPlace place) {
  Str bytes;
  if (!pack_get(compilation->cache.pack, &place, page->key, &bytes)) return false;
  page->place = place;
  if (!fragment_read(bytes, places_of(compilation, file), &worker->keep, &page->fragment)) return false;
  page->fragment.facts.path = page_label(file);
  page->fragment.facts.name = file->name;
  return true;
}

static bool take(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
                 CachedPage *page) {
  const Cache *cache = &compilation->cache;
  PackPlace place;
  page->key = key_of(compilation, page->input.digest);
  page->known = page->old && digest_same(page->old->fragment_key, page->key) &&
                take_bytes(compilation, worker, file, page, page->old->fragment);
  if (!page->known && pack_find(cache->pack, page->key, &place))
    page->known = take_bytes(compilation, worker, file, page, place);
  if (!page->known) page->place = (PackPlace){0};
  bool same = page->old && digest_same(page->old->fragment_key, page->key);
  if (page->known) page->heard = same ? page->old->heard : fragment_heard(&page->fragment);
  return page->known;
}

bool cached_by_stamp(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
                     CachedPage *page) {
  const Cache *cache = &compilation->cache;
  if (!is_kept(compilation, file) || !cache->fine) return false;
  page->old = index_find_page(&cache->index, page_label(file));
  const IndexInput *input = index_find_input(&cache->index, INDEX_READ, file->path);
  if (!input || !input->stamp.trusted || digest_none(input->digest)) return false;
  Stamp now = stamp_at(str_cstr(&worker->scratch, file->path), &cache->clock);
  if (!stamp_same(&now, &input->stamp)) return false;
  page->input = (Input){file->path, INDEX_READ, input->digest, now};
  return take(compilation, worker, file, page);
}

bool cached_by_digest(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
                      CachedPage *page) {
  bool same = page->known && digest_same(page->key, key_of(compilation, page->input.digest));
  if (same) return true;
  page->known = false;
  if (!is_kept(compilation, file) || digest_none(page->input.digest)) return false;
  return take(compilation, worker, file, page);
}

/* Components */

// A name that no manifest declares counts as well: when it is declared, the page changes.
static void key_uses(Buf *key, const Compilation *compilation, const PageFacts *facts) {
  for (size_t i = 0; i < facts->elements.len; i++) {
    const FactElement *element = &facts->elements.data[i];
    for (size_t k = 0; k < element->names.len; k++) {
      const CacheInterface *found = cache_interface(&compilation->cache, element->names.data[k].text);
      key_number(key, found != NULL);
      if (found) key_digest(key, found->digest);
    }
  }
}

void cached_output_key(const Compilation *compilation, const ProjectFile *file, const PageNames *names,
                       const PageFacts *facts, CachedPage *page) {
  Buf key = {0};
  page->output_key = (Digest){0};
  if (!page_emits(compilation) || !is_kept(compilation, file) || digest_none(page->key)) return;
  key_digest(&key, page->key);
  key_digest(&key, compilation->cache.salts.emitting);
  key_str(&key, page_label(file));
  key_str(&key, file->name);
  key_str(&key, file->root_path);
  key_str(&key, names->map_source);
  key_uses(&key, compilation, facts);
  page->output_key = key_end(&key);
}

static bool files_hold(const Compilation *compilation, CachedPage *page) {
  const Cache *cache = &compilation->cache;
  uint32_t row = page->old->outputs;
  if (!compilation->outputs) return true;
  if (!cache->outputs_known || row >= cache->index.output_count || row + 1 >= cache->index.output_count)
    return false;
  return cache_output_holds(compilation, &cache->index.outputs[row], &page->outputs[0]) &&
         cache_output_holds(compilation, &cache->index.outputs[row + 1], &page->outputs[1]);
}

bool cached_is_held(const Compilation *compilation, const ProjectFile *file, const PageNames *names,
                    CachedPage *page, DiagBag *diags) {
  cached_output_key(compilation, file, names, &page->fragment.facts, page);
  if (digest_none(page->output_key) || !page->old || !digest_same(page->old->output_key, page->output_key))
    return false;
  if (!files_hold(compilation, page)) return false;
  page->diags = index_text(&compilation->cache.index, page->old->diags);
  FragmentPlaces places = places_of(compilation, file);
  page->held = !page->diags.data || saved_diags_read_page(page->diags, places.page, places.project, diags);
  return page->held;
}

/* Keeping */

static Str keep_buf(Arena *arena, Buf *buf) {
  Str kept = str_copy(arena, buf_str(buf));
  buf_free(buf);
  return kept;
}

void cached_remember(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
                     const Fragment *fragment, const DiagBag *emission, CachedPage *page) {
  FragmentPlaces places = places_of(compilation, file);
  Buf out = {0};
  page->diags = STR_NONE;
  if (!is_kept(compilation, file) || digest_none(page->key)) return;
  if (!page->known) {
    page->heard = fragment_heard(fragment);
    if (fragment_write(fragment, places, &out))
      page->bytes = keep_buf(&worker->keep, &out);
    else
      page->key = page->output_key = (Digest){0};
  }
  if (emission && emission->list.len + emission->hidden.len) {
    if (saved_diags_write_page(emission, places.page, places.project, &out))
      page->diags = keep_buf(&worker->keep, &out);
    else
      page->output_key = (Digest){0};  // something was said in another file: it is made anew each time
  }
  if (!emission) page->output_key = (Digest){0};
  buf_free(&out);
}

// That fragments cannot be kept is no fault: pages are then read again.
static void keep_fragments(Compilation *compilation, CachedPage *const *pages, size_t count) {
  PackItem *items = arena_array(&compilation->arena, PackItem, count);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (pages[i]->bytes.data) items[kept++] = (PackItem){.key = pages[i]->key, .content = pages[i]->bytes};
  if (!kept || pack_append(compilation->cache.folder, items, kept)) return;
  kept = 0;
  for (size_t i = 0; i < count; i++)
    if (pages[i]->bytes.data) pages[i]->place = items[kept++].place;
}

void cached_join(Compilation *compilation, CachedPage *const *pages, size_t count) {
  Cache *cache = &compilation->cache;
  IndexDraft *draft = &cache->draft;
  if (!cache->on) return;
  keep_fragments(compilation, pages, count);
  vec_room(draft->arena, &draft->pages, count);
  for (size_t i = 0; i < count; i++) {
    const CachedPage *page = pages[i];
    const ProjectFile *file = &compilation->project.pages.data[i];
    vec_push(draft->arena, &draft->pages,
             (IndexPage){.label = index_keep(draft, page_label(file)),
                         .diags = page->diags.len ? index_keep(draft, page->diags) : (IndexText){0},
                         .fragment_key = page->key,
                         .fragment = page->place,
                         .heard = page->heard,
                         .output_key = page->output_key,
                         .input = INDEX_NONE,
                         .outputs = INDEX_NONE});
  }
}
