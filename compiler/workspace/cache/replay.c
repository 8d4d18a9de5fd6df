/* In: the index of the last run. Out: what that run told, if everything it depends on is as it was.
 * Surprising: nothing is compiled and no source is opened, unless a stamp casts doubt on it. */
#include "workspace/cache/replay.h"

#include <stdlib.h>

#include "store/saved_diags.h"
#include "workspace/cache/patch.h"
#include "workspace/stages.h"

// A step that was interrupted is finished by a whole run (store/stage.h).
static bool is_unfinished(const Compilation *compilation) {
  Arena scratch = {0};
  char *real = realpath(str_cstr(&scratch, compilation->project.output), NULL);
  Str output = str_copy(&scratch, real ? str_from(real) : compilation->project.output);
  free(real);
  bool is = file_exists(str_concat(&scratch, output, STR(".fx-commit"))) ||
            file_exists(path_join(&scratch, output, STR(".fx-commit")));
  arena_free(&scratch);
  return is;
}

static bool may_hold(Compilation *compilation) {
  const Request *request = compilation->request;
  const IndexHead *head = compilation->cache.index.head;
  if (!compilation->cache.fine || !request->replays) return false;
  return head->first_day <= request->today && request->today <= head->last_day;
}

// Stamps that were in doubt are better the next time.
static void freshen(Compilation *compilation, const LookResult *found) {
  Cache *cache = &compilation->cache;
  if (!found->fresh.len) return;
  IndexDraft draft;
  index_draft_from(&draft, &compilation->arena, &cache->index);
  for (size_t i = 0; i < found->fresh.len; i++) {
    const LookFresh *fresh = &found->fresh.data[i];
    if (fresh->table == LOOK_INPUT) draft.inputs.data[fresh->row].stamp = fresh->stamp;
    if (fresh->table == LOOK_OUTPUT) draft.outputs.data[fresh->row].stamp = fresh->stamp;
    if (fresh->table == LOOK_FOLDER) draft.folders.data[fresh->row].stamp = fresh->stamp;
  }
  index_write(&draft, cache->path);  // if that fails, it is done again the next time
  index_draft_free(&draft);
}

static void take_counts(Compilation *compilation) {
  const uint64_t *counters = compilation->cache.index.head->counters;
  CompileMetrics *metrics = &compilation->metrics;
  compilation->totals = (DiagTotals){counters[CACHE_ERRORS], counters[CACHE_WARNINGS]};
  compilation->written = (OutputCounts){.unchanged = counters[CACHE_OUTPUTS]};
  metrics->files_scanned = counters[CACHE_FILES];
  metrics->bytes_scanned = counters[CACHE_BYTES];
  metrics->integrations_found = counters[CACHE_FOUND];
  metrics->uses_found = counters[CACHE_USES];
  metrics->pages_with_uses = counters[CACHE_PAGES_WITH_USES];
  metrics->valid = counters[CACHE_VALID];
  metrics->invalid = counters[CACHE_INVALID];
  metrics->components = counters[CACHE_COMPONENTS];
  metrics->pages_known = metrics->files_scanned;
  metrics->pages_held = counters[CACHE_COMMITTED] ? metrics->files_scanned : 0;
}

// For --depfile.
static void take_inputs(Compilation *compilation) {
  const Index *index = &compilation->cache.index;
  for (uint32_t i = 0; compilation->request->depfile.data && i < index->input_count; i++)
    inputs_note(compilation->inputs,
                (Input){.path = index_text(index, index->inputs[i].path), .kind = index->inputs[i].kind});
}

// A run that cannot end here begins with nothing.
static bool start_over(Compilation *compilation) {
  Cache *cache = &compilation->cache;
  if (cache->pack) pack_close(cache->pack);
  cache->pack = NULL;
  cache->salts = (CacheSalts){0};
  compilation->diags = (DiagBag){.arena = &compilation->arena};
  compilation->policy = compilation->request->policy;
  compilation->suggest = (Suggest){0};
  Sources *empty = sources_new();  // first: when memory ends here, the old ones are still whole
  sources_free(compilation->sources);
  compilation->sources = empty;
  ir_init(&compilation->ir, &compilation->arena, compilation->sources);
  compilation->project = (Project){0};
  project_find(&compilation->project, compilation->request, &compilation->arena, compilation->inputs);
  return false;
}

static bool tell_again(Compilation *compilation, const LookResult *found, const DiagBag *told) {
  size_t outputs = compilation->cache.index.head->counters[CACHE_OUTPUTS], written = 0;
  if (found->changed.len) {
    if (!compilation->cache.index.head->counters[CACHE_PATCHABLE] || !patch(compilation, found, told))
      return false;
    written = compilation->written.written;
  }
  DiagBag late = compilation->system_failed ? compilation->diags : (DiagBag){0};
  compilation->diags = *told;
  take_counts(compilation);
  compilation->written = (OutputCounts){.written = written, .unchanged = outputs - written};
  if (compilation->system_failed) {
    vec_push(&compilation->arena, &compilation->diags.list, vec_last(&late.list));
    compilation->totals.errors++;
  }
  return true;
}

bool replay(Compilation *compilation) {
  const Index *index = &compilation->cache.index;
  DiagBag told = {.arena = &compilation->arena};
  LookResult found = {0};
  Str extra, output;
  if (!may_hold(compilation)) return false;
  extra = index_text(index, index->head->extra);
  if (!cache_take_part(&extra, &output)) return start_over(compilation);
  compilation->project.output = output;
  if (!is_unfinished(compilation)) found = look_at_all(compilation, &compilation->arena);
  if (!found.holds || !saved_diags_read(index_text(index, index->head->diags), compilation->sources, &told) ||
      !tell_again(compilation, &found, &told))
    return start_over(compilation);
  take_inputs(compilation);
  if (!found.changed.len) freshen(compilation, &found);
  stages_end(compilation, NULL, found.changed.len ? STR("pages alone") : STR("nothing new"));
  return true;
}
