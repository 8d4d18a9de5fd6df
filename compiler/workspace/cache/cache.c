/* In: a request and the project's root. Out: the cache that belongs to them, open; behind the run, the index
 * for the next. Surprising: inputs are kept as they were read, so that a run that changes one itself
 * (fx.lock, .fx/states.json) is followed by one that looks at everything again. */
#include "workspace/cache/cache.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/pool.h"
#include "ir/interface.h"
#include "store/build_id.h"
#include "store/cache_folder.h"
#include "store/saved_diags.h"
#include "workspace/cache/cache_key.h"
#include "workspace/compilation.h"

/* Opening */

// Runs over single files, and those that print something else than what is kept, look at everything.
static bool may_use(const Request *request) {
  return !request->no_cache && !request->emit && !request->files.len && !request->map.data &&
         !request->from.data && !request->unsaved && !request->objects.len && request->goal != GOAL_CONCEPT;
}

static void key_policy(Buf *key, const DiagPolicy *policy) {
  key_number(key, policy->no_warnings);
  key_number(key, policy->all_as_errors);
  buf_put(key, (Str){(const char *)policy->level, sizeof policy->level});
}

static void key_names(Buf *key, const Request *request) {
  key_number(key, request->update);
  key_number(key, request->update ? request->names.len : 0);
  for (size_t i = 0; request->update && i < request->names.len; i++) key_str(key, request->names.data[i]);
}

// All that a run depends on and that is no input.
static Digest key_of(const Compilation *compilation) {
  const Request *request = compilation->request;
  const Project *project = &compilation->project;
  Buf key = {0};
  char here[4096];
  key_digest(&key, build_id());
  key_number(&key, geteuid());  // who may read what
  key_str(&key, getcwd(here, sizeof here) ? str_from(here) : STR_NONE);
  key_str(&key, project->root);
  key_str(&key, project->library);
  key_str(&key, request->output);
  key_str(&key, request->environment);
  const uint64_t said[] = {request->goal,    request->production, request->production_given, request->force,
                           request->verbose, request->only_look,  request->keeps_lock,       request->locked,
                           request->states,  request->verify,     request->include.len};
  buf_put(&key, (Str){(const char *)said, sizeof said});
  for (size_t i = 0; i < request->include.len; i++) key_str(&key, request->include.data[i]);
  key_policy(&key, &request->policy);
  key_names(&key, request);
  return key_end(&key);
}

void cache_open(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  Arena *arena = &compilation->arena;
  if (!may_use(compilation->request)) return;
  cache->on = true;
  cache->folder = cache_folder(arena, compilation->project.root);
  cache->path = cache_index_path(arena, cache->folder, key_of(compilation));
  index_draft(&cache->draft, arena);
  cache->clock = stamp_clock(cache->folder);
  if (!cache->clock.now) return;  // there is no folder yet, or it cannot be written
  inputs_keep(compilation->inputs, cache->clock);
  IndexState state = index_open(cache->path, &cache->index);
  cache->fine = state == INDEX_FINE;
  cache->damaged = state == INDEX_DAMAGED;
}

void cache_begin(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  if (!cache->on) return;
  if (!cache->clock.now) cache->unkept = cache_make(cache->folder);
  if (!cache->clock.now && !cache->unkept) {
    cache->clock = stamp_clock(cache->folder);
    if (!cache->clock.now) cache->unkept = errno;
  }
  cache->on = cache->clock.now != 0;
  if (!cache->on) return;
  inputs_keep(compilation->inputs, cache->clock);
  cache->pack = pack_open(&compilation->arena, cache->folder);
  pack_list(cache->pack);
  if (cache->fine) index_names(&cache->index, &compilation->arena);
}

void cache_close(Cache *cache) {
  if (cache->fine) index_close(&cache->index);
  if (cache->pack) pack_close(cache->pack);
  index_draft_free(&cache->draft);
}

/* What pages depend on */

static void key_span(Buf *key, Span span) {
  key_number(key, span.start);
  key_number(key, span.end);
}

static Digest reading_salt(const Compilation *compilation) {
  Buf key = {0};
  const ProjectTexts *aliases = &compilation->project.settings.discover_attributes;
  key_digest(&key, build_id());
  key_number(&key, compilation->request->goal >= GOAL_CHECK);
  key_number(&key, diag_asks_for(&compilation->policy, FX1001));
  key_number(&key, aliases->len);
  for (size_t i = 0; i < aliases->len; i++) key_str(&key, compilation->discover_attributes[i]);
  for (size_t i = 0; i < compilation->suggest.count; i++) {
    const SuggestRule *rule = &compilation->suggest.rules[i];
    key_str(&key, rule->name);
    key_str(&key, rule->xpath);
    key_span(&key, rule->span);
    key_span(&key, rule->xpath_span);
  }
  return key_end(&key);
}

static Digest emitting_salt(const Compilation *compilation) {
  Buf key = {0};
  key_digest(&key, build_id());
  key_digest(&key, compilation->templates_digest);
  return key_end(&key);
}

static void add_interface(Compilation *compilation, Str name, Str bytes) {
  CacheSalts *salts = &compilation->cache.salts;
  CacheInterface one = {name, bytes, digest_str(bytes)};
  *strmap_put(&compilation->arena, &salts->by_name, name, NULL) = (uint32_t)salts->interfaces.len;
  vec_push(&compilation->arena, &salts->interfaces, one);
}

void cache_salt(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  Ir *ir = &compilation->ir;
  if (!cache->on) return;
  cache->salts.reading = reading_salt(compilation);
  if (compilation->request->goal < GOAL_CHECK) return;
  cache->salts.emitting = emitting_salt(compilation);
  Arena scratch = {0};
  Buf bytes = {0};
  for (uint32_t n = 1; n <= ir->integrations.len; n++) {
    Str name = ir_integration_name(ir, (IntegrationId){n});
    if (ir_find_integration(ir, name).n != n) continue;  // another one counts
    ir_interface_write(ir, (IntegrationId){n}, &scratch, &bytes);
    add_interface(compilation, name, str_copy(&compilation->arena, buf_str(&bytes)));
    buf_clear(&bytes);
    arena_reset(&scratch);
  }
  buf_free(&bytes);
  arena_free(&scratch);
}

void cache_extra(const Compilation *compilation, Buf *out) {
  const CacheSalts *salts = &compilation->cache.salts;
  key_str(out, compilation->project.output);
  for (size_t i = 0; i < salts->interfaces.len; i++) {
    key_str(out, salts->interfaces.data[i].name);
    key_str(out, salts->interfaces.data[i].bytes);
  }
}

bool cache_take_part(Str *extra, Str *part) {
  uint64_t length;
  if (extra->len < sizeof length) return false;
  memcpy(&length, extra->data, sizeof length);
  *extra = str_skip(*extra, sizeof length);
  if (length > extra->len) return false;
  *part = str_take(*extra, length);
  *extra = str_skip(*extra, length);
  return true;
}

bool cache_salt_again(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  Str extra = index_text(&cache->index, cache->index.head->extra), name, bytes;
  cache->salts.reading = reading_salt(compilation);
  cache->salts.emitting = emitting_salt(compilation);
  if (!cache_take_part(&extra, &name)) return false;  // the output folder
  while (extra.len) {
    if (!cache_take_part(&extra, &name) || !cache_take_part(&extra, &bytes)) return false;
    add_interface(compilation, name, bytes);
  }
  return true;
}

const CacheInterface *cache_interface(const Cache *cache, Str name) {
  const StrMap *map = &cache->salts.by_name;
  const uint32_t *index = map->len ? strmap_find(map, name) : NULL;
  return index ? &cache->salts.interfaces.data[*index] : NULL;
}

/* Outputs of the last run */

void cache_look_at_outputs(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  cache->outputs_known = cache->fine && compilation->outputs;
  for (uint32_t i = 0; cache->outputs_known && i < cache->index.folder_count; i++) {
    Str path = index_text(&cache->index, cache->index.folders[i].path);
    Str whole = path_join(&compilation->arena, compilation->project.output, path);
    struct stat info;
    if (str_eq(path, STR("."))) continue;  // it may be a link
    bool there = !lstat(str_cstr(&compilation->arena, whole), &info);
    cache->outputs_known = !there || S_ISDIR(info.st_mode);
  }
}

bool cache_output_holds(const Compilation *compilation, const IndexOutput *output, Stamp *now) {
  const Cache *cache = &compilation->cache;
  Arena scratch = {0};
  struct stat info;
  Str path = path_join(&scratch, compilation->project.output, index_text(&cache->index, output->path)), bytes;
  bool holds = !digest_none(output->digest) && !lstat(str_cstr(&scratch, path), &info) &&
               S_ISREG(info.st_mode) && (uint64_t)info.st_size == output->stamp.size;
  if (holds) {
    *now = stamp_of(&info, &cache->clock);
    holds = (output->stamp.trusted && stamp_same(&output->stamp, now)) ||
            (!file_read(path, &scratch, 0, &bytes) && digest_same(digest_str(bytes), output->digest));
  }
  arena_free(&scratch);
  return holds;
}
