/* In: what the last run knew, and this one. Out: of each output that was written, the first thing that
 * differs. Surprising: nothing was written down while the run decided; the reasons are found by comparing
 * again. */
#include "workspace/cache/explain.h"

#include "workspace/cache/cache_pages.h"

enum { NAMED = 3 };

typedef struct Explaining {
  Compilation *compilation;
  StrMap before;  // names of interfaces in the last run: index in digests
  VEC(Digest) digests;
  Buf changed;  // inputs that are others than they were
} Explaining;

/* What differs from the last run */

static void take_interfaces(Explaining *e) {
  const Index *index = &e->compilation->cache.index;
  Arena *arena = &e->compilation->arena;
  Str extra = index_text(index, index->head->extra), name, bytes;
  cache_take_part(&extra, &name);
  while (cache_take_part(&extra, &name) && cache_take_part(&extra, &bytes)) {
    *strmap_put(arena, &e->before, name, NULL) = (uint32_t)e->digests.len;
    vec_push(arena, &e->digests, digest_str(bytes));
  }
}

static void name_input(Explaining *e, size_t *count, Str path) {
  if (++*count <= NAMED) buf_printf(&e->changed, "%s%.*s", *count > 1 ? ", " : "", STR_ARG(path));
}

// What fxc itself writes for the next run explains nothing.
static bool is_told(Str path) {
  return !str_ends(path, STR("fx.lock")) && !str_ends(path, STR("states.json"));
}

static void take_inputs(Explaining *e) {
  const Index *index = &e->compilation->cache.index;
  const Input *list;
  size_t count = inputs_list(e->compilation->inputs, &list), changed = 0;
  StrMap now = {0};
  for (size_t i = 0; i < count; i++) {
    if (list[i].kind != INDEX_READ || !is_told(list[i].path)) continue;
    strmap_put(&e->compilation->arena, &now, list[i].path, NULL);
    const IndexInput *old = index_find_input(index, INDEX_READ, list[i].path);
    if (!old || !digest_same(old->digest, list[i].digest)) name_input(e, &changed, list[i].path);
  }
  for (uint32_t i = 0; i < index->input_count; i++) {
    Str path = index_text(index, index->inputs[i].path);
    bool gone = index->inputs[i].kind == INDEX_READ && is_told(path) && !(now.len && strmap_find(&now, path));
    if (gone) name_input(e, &changed, path);
  }
  if (changed > NAMED) buf_printf(&e->changed, " and %zu more", changed - NAMED);
}

/* Reasons */

static void put(Explaining *e, Str output, const char *reason) {
  Compilation *compilation = e->compilation;
  Str path = path_join(&compilation->arena, compilation->project.output, output);
  buf_printf(&compilation->explained, "%.*s: %s\n", STR_ARG(path), reason);
}

// The first of a page's integrations that pages see otherwise than before.
static const char *interface_reason(Explaining *e, size_t page) {
  Compilation *compilation = e->compilation;
  const Ir *ir = &compilation->ir;
  IrRange uses = ir->pages.data[page].uses;
  for (uint32_t i = 0; i < uses.count; i++) {
    Str name = ir_str(ir, ir_use_at(ir, uses, i)->name);
    const CacheInterface *now = cache_interface(&compilation->cache, name);
    const uint32_t *before = e->before.len ? strmap_find(&e->before, name) : NULL;
    if (!now && !before) continue;
    const char *what = !now ? "is not declared any more" : !before ? "is declared now" : "has changed";
    if (!now || !before || !digest_same(now->digest, e->digests.data[*before]))
      return str_printf(&compilation->arena, "what pages see of '%.*s' %s", STR_ARG(name), what).data;
  }
  return "a template has changed, or the place of the page or of its outputs";
}

static const char *page_reason(Explaining *e, size_t index) {
  Compilation *compilation = e->compilation;
  const CachedPage *page = compilation->cached_pages[index];
  const ProjectFile *file = &compilation->project.pages.data[index];
  if (file->view) return str_printf(&compilation->arena, "%.*s has changed", STR_ARG(file->root_path)).data;
  if (!page->old) return str_printf(&compilation->arena, "%.*s is new", STR_ARG(file->root_path)).data;
  if (!digest_same(page->old->fragment_key, page->key)) {
    const IndexInput *input = index_find_input(&compilation->cache.index, INDEX_READ, file->path);
    bool same = input && digest_same(input->digest, page->input.digest);
    if (same) return "what the project says about discovery has changed";
    return str_printf(&compilation->arena, "%.*s has changed", STR_ARG(file->root_path)).data;
  }
  if (digest_none(page->old->output_key)) return "the last run did not make it";
  if (!digest_same(page->old->output_key, page->output_key)) return interface_reason(e, index);
  return "it was edited or removed since the last run";
}

static const char *project_reason(Explaining *e, size_t slot) {
  const Compilation *compilation = e->compilation;
  const IndexOutput *old =
      index_find_output(&compilation->cache.index, outputs_path(compilation->outputs, slot));
  Digest digest;
  struct stat info;
  if (!old) return "it is new";
  if (outputs_record(compilation->outputs, slot, &digest, &info) && digest_same(digest, old->digest))
    return "it was edited or removed since the last run";
  if (!e->changed.len) return "it says something else, although no file has changed";
  return str_printf(&e->compilation->arena, "it says something else, since these have changed: %.*s",
                    (int)e->changed.len, e->changed.data)
      .data;
}

static const char *reason(Explaining *e, size_t slot) {
  const Compilation *compilation = e->compilation;
  size_t pages = page_slots(compilation);
  if (!compilation->cache.on) return "this run does not look at earlier ones";
  if (!compilation->cache.fine) return "nothing is known of an earlier run like this one";
  return slot < pages && compilation->cached_pages ? page_reason(e, slot / 2) : project_reason(e, slot);
}

void explain_outputs(Compilation *compilation) {
  Explaining e = {.compilation = compilation};
  if (!compilation->request->explain || !compilation->committed) return;
  if (compilation->cache.fine) take_interfaces(&e);
  if (compilation->cache.fine) take_inputs(&e);
  for (size_t i = 0; i < outputs_count(compilation->outputs); i++)
    if (outputs_is_written(compilation->outputs, i))
      put(&e, outputs_path(compilation->outputs, i), reason(&e, i));
  buf_free(&e.changed);
}

void explain_changed(Compilation *compilation, Str output, Str page) {
  Explaining e = {.compilation = compilation};
  if (compilation->request->explain)
    put(&e, output, str_printf(&compilation->arena, "%.*s has changed", STR_ARG(page)).data);
}
