#include "workspace/compile.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "passes/passes.h"
#include "workspace/alerts.h"
#include "workspace/cache/cache.h"
#include "workspace/cache/explain.h"
#include "workspace/cache/replay.h"
#include "workspace/concept.h"
#include "workspace/environment.h"
#include "workspace/lock.h"
#include "workspace/manifests.h"
#include "workspace/map.h"
#include "workspace/object/link.h"
#include "workspace/overrides.h"
#include "workspace/pages.h"
#include "workspace/patterns.h"
#include "workspace/result.h"
#include "workspace/settings.h"
#include "workspace/stages.h"
#include "workspace/states.h"
#include "workspace/templates.h"
#include "workspace/views.h"
#include "workspace/write.h"

static PassSettings pass_settings(const Compilation *compilation) {
  return (PassSettings){
      .missing_is_warning = compilation->request->goal == GOAL_DISCOVER,
      .use_stdlib = compilation->project.settings.use_stdlib,
      .library = &compilation->library,
      .silenced = &compilation->silenced,
      .includes = compilation->request->include.data,
      .include_count = compilation->request->include.len,
      .project_file = compilation->project.settings_source,
      .fresh = compilation->request->names.data,
      .fresh_count = compilation->request->update ? compilation->request->names.len : 0,
      .note_shadowed = compilation->request->verbose,
  };
}

static void end_pass(void *context, const Pass *pass, const Ir *ir) {
  (void)ir;
  stages_end(context, "pass", str_from(pass->name));
}

// Runs the passes whose facts have come in.
static void run_passes(Compilation *compilation, PassRunner *runner, uint32_t fact) {
  PassSettings settings = pass_settings(compilation);
  runner->facts |= fact;
  if (!passes_run(&compilation->ir, &settings, &compilation->diags, runner))
    compilation->internal_error = true;
}

static bool writes(const Request *request) {
  return !request->emit && !request->only_look && request->goal != GOAL_CHECK;
}

// `discover` only looks: what is wrong with manifests blocks the later stages, not the report about it.
static void look_only(Compilation *compilation) {
  for (size_t i = 0; i < compilation->diags.list.len; i++) {
    Diag *diag = compilation->diags.list.data[i];
    DiagStage stage = diag_info(diag->code)->stage;
    bool about_manifests = stage == STAGE_VALIDATION || stage == STAGE_RESOLUTION;
    if (about_manifests && diag->severity == DIAG_ERROR) diag->severity = DIAG_WARNING;
  }
}

// The project file is read before there is anything to keep its suppressions in.
static void ignore_in_project_file(Compilation *compilation) {
  Str text;
  SourceId source = compilation->project.settings_source;
  if (source && source_load(compilation->sources, source, &compilation->arena, &text))
    ignore_read_file(&compilation->arena, source, source_path(compilation->sources, source), text, true,
                     &compilation->diags, &compilation->ignores);
}

static bool has_error_diags(const DiagBag *diags) {
  for (size_t i = 0; i < diags->list.len; i++)
    if (diags->list.data[i]->severity == DIAG_ERROR) return true;
  return false;
}

// What silences nothing is told of in runs that look at everything.
static void silence(Compilation *compilation) {
  const Request *request = compilation->request;
  ignore_in_project_file(compilation);
  ignore_apply(&compilation->ignores, &compilation->diags);
  if (request->goal < GOAL_CHECK || request->files.len || request->map.data || request->from.data) return;
  IgnoreRun run = {.pages = compilation->project.pages.len > 0,
                   .production = compilation->ir.production,
                   .html = diag_asks_for(&compilation->policy, FX1001),
                   .errors = has_error_diags(&compilation->diags)};
  ignore_report_unused(&compilation->ignores, &run, &compilation->diags);
}

// From here on the diagnostics are final, but for failures to write.
static void settle(Compilation *compilation) {
  CompileMetrics *metrics = &compilation->metrics;
  unsaved_show(compilation->request->unsaved, compilation->sources);
  silence(compilation);
  if (compilation->request->goal == GOAL_DISCOVER) look_only(compilation);
  if (compilation->request->from.data) result_demote(compilation);
  views_mend(compilation);
  diag_mask(&compilation->diags);
  diag_keep_quotes(&compilation->diags, compilation->sources);
  diag_sort(&compilation->diags, compilation->sources);
  compilation->totals = diag_apply(&compilation->policy, &compilation->diags);
  compilation->totals.errors += compilation->wrong_usage.data != NULL;
  compilation->usage = usage_collect(&compilation->ir, &compilation->diags, &compilation->arena);
  metrics->integrations_found = compilation->usage.found;
  for (size_t i = 0; i < compilation->usage.names.len; i++)
    metrics->valid += usage_is_valid(&compilation->usage.names.data[i]);
  metrics->invalid = compilation->usage.names.len - metrics->valid;
}

static bool has_errors(const Compilation *compilation) {
  return compilation->totals.errors || compilation->internal_error || compilation->system_failed;
}

// What discover and validate found out is worth having even when something is wrong; code is not.
static void commit_outputs(Compilation *compilation) {
  bool reports_only = compilation->request->goal <= GOAL_VALIDATE;
  if (!compilation->outputs) return;
  if (has_errors(compilation) && !reports_only) {
    outputs_discard(compilation->outputs);
    return;
  }
  Str failed;
  int error = outputs_commit(compilation->outputs, !reports_only, &compilation->written, &failed);
  if (error) compilation_write_failed(compilation, failed, error);
  compilation->committed = !error;
}

// The lock follows the outputs. A build that is interrupted between the two leaves the old lock beside new
// outputs; the next one starts from what this one started from, chooses the same and writes the lock then.
static void commit(Compilation *compilation) {
  commit_outputs(compilation);
  if (lock_is_kept(compilation) && !has_errors(compilation)) lock_write(compilation);
  if (!compilation->outputs) return;
  file_sweep(compilation->project.root);
  file_sweep(path_join(&compilation->arena, compilation->project.root, STR(".fx")));
}

// Somebody has asked the run to end: nothing is told, and what was staged is forgotten.
static bool gives_up(Compilation *compilation) {
  const atomic_bool *stop = compilation->request->stop;
  if (!stop || !atomic_load(stop)) return false;
  if (compilation->outputs) outputs_discard(compilation->outputs);
  compilation->diags.list.len = 0;
  return true;
}

/* The stages, each with the time that it took */

static void begin(Compilation *compilation) {
  stages_begin(compilation);
  compilation->sources = sources_new();
  compilation->diags.arena = &compilation->arena;
  compilation->inputs = inputs_new(compilation->request->unsaved);
  ir_init(&compilation->ir, &compilation->arena, compilation->sources);
  project_find(&compilation->project, compilation->request, &compilation->arena, compilation->inputs);
  cache_open(compilation);
}

// False: there is no project that could be compiled.
static bool open_project(Compilation *compilation) {
  bool found = project_open(&compilation->project, compilation->request, &compilation->arena,
                            compilation->sources, compilation->inputs, &compilation->diags);
  stages_end(compilation, NULL, STR("project"));
  if (found) {
    cache_begin(compilation);
    settings_take(compilation);
    found = environment_take(compilation);
  }
  if (found) {
    templates_read(compilation);
    views_read(compilation);
  }
  stages_end(compilation, NULL, STR("settings, templates, views"));
  return found;
}

// False: an object is no object, and without its pages a project says nothing that is worth telling.
static bool take_integrations(Compilation *compilation, PassRunner *runner) {
  double start = clock_ms();
  manifests_read(compilation);
  stages_end(compilation, NULL, STR("manifests"));
  lock_take(compilation);
  overrides_take(compilation);
  stages_end(compilation, NULL, STR("lock, overrides"));
  run_passes(compilation, runner, FACT_INTEGRATIONS);
  if (compilation->request->from.data) result_take(compilation);
  if (compilation->request->objects.len && !object_link_open(compilation)) return false;
  compilation->metrics.validation_ms += clock_ms() - start;
  return true;
}

static void take_pages(Compilation *compilation) {
  cache_salt(compilation);
  if (writes(compilation->request)) write_open(compilation);
  cache_look_at_outputs(compilation);
  stages_end(compilation, NULL, STR("output folder"));
  if (compilation->request->map.data)
    map_take_uses(compilation);
  else
    pages_compile(compilation);
  stages_end(compilation, NULL, STR("pages"));
}

static void check_project(Compilation *compilation, PassRunner *runner) {
  double start = clock_ms();
  unsaved_show(compilation->request->unsaved, compilation->sources);  // passes that propose edits read again
  run_passes(compilation, runner, FACT_PAGES);
  settings_check_pins(compilation);
  patterns_check(compilation);
  environment_check(compilation);
  overrides_check(compilation);
  lock_compare(compilation);
  alerts_check(&compilation->project.settings, &compilation->metrics, &compilation->diags);
  if (compilation->request->map.data) map_drop_fixes(compilation);
  stages_end(compilation, NULL, STR("other checks"));
  compilation->metrics.validation_ms += clock_ms() - start;
}

static void tell(Compilation *compilation, bool found) {
  if (found) states_read(compilation);
  settle(compilation);
  stages_end(compilation, NULL, STR("diagnostics"));
}

static void write_outputs(Compilation *compilation) {
  if (compilation->request->goal == GOAL_CONCEPT)
    concept_write(compilation);
  else
    write_project(compilation);
}

// What the next run finds: the outputs, and what this one has learnt.
static void leave(Compilation *compilation, bool found) {
  commit(compilation);
  stages_end(compilation, NULL, STR("commit"));
  if (found) states_update(compilation);
  stages_end(compilation, NULL, STR("states"));
  explain_outputs(compilation);
  cache_keep(compilation);
  cache_report(compilation);
  stages_end(compilation, NULL, STR("cache"));
}

/* The story of a run, a line a stage. */
static void run(void *arg) {
  Compilation *compilation = arg;
  PassRunner runner = {.verify = compilation->request->verify, .observer = end_pass, .context = compilation};
  begin(compilation);
  if (replay(compilation)) return;
  bool found = open_project(compilation);
  if (found && compilation->request->goal == GOAL_CONCEPT) {
    concept_check(compilation);
  } else if (found) {
    if (!take_integrations(compilation, &runner)) {
      settle(compilation);
      return;
    }
    take_pages(compilation);
    if (gives_up(compilation)) return;
    check_project(compilation, &runner);
  }
  tell(compilation, found);
  double start = clock_ms();
  if (found) write_outputs(compilation);
  stages_end(compilation, NULL, STR("other outputs"));
  if (gives_up(compilation)) return;
  leave(compilation, found);
  compilation->metrics.write_ms = clock_ms() - start;
}

void compile(Compilation *compilation, const Request *request) {
  compilation->request = request;
  compilation->policy = request->policy;
  if (!mem_guard(run, compilation)) {
    compilation->system_failed = compilation->out_of_memory = true;
    if (compilation->outputs) outputs_discard(compilation->outputs);
  }
}
