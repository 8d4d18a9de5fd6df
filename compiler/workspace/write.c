#include "workspace/write.h"

#include "base/file.h"
#include "emit/alert_rules.h"
#include "emit/bindings.h"
#include "emit/csp.h"
#include "emit/graph_text.h"
#include "emit/integration.h"
#include "emit/project_files.h"
#include "emit/releases.h"
#include "emit/reports.h"
#include "emit/schemas.h"
#include "emit/server.h"
#include "workspace/lock.h"
#include "workspace/page.h"
#include "workspace/stages.h"

enum { FIXED_OUTPUTS = 32 };

typedef struct Writing {
  Compilation *compilation;
  UsedIntegrations used;
  ReportInput report;
  Arena scratch;
  Buf text;
  size_t slot;          // of the next output; the pages and their maps come first
  OutputStream stream;  // of an output that is too long to be kept in `text`
} Writing;

/* One line an output that a project has once: its path, from which goal on, the form of --emit that prints
 * it, and who makes it. */
typedef struct ProjectOutput {
  const char *path;
  Goal from;
  uint32_t emit;
  void (*make)(Writing *writing);
} ProjectOutput;

static const Ir *ir_of(const Writing *writing) { return &writing->compilation->ir; }

static void make_config(Writing *w) {
  emit_integration_config(ir_of(w), w->used, &w->compilation->project.settings, &w->compilation->templates,
                          &w->scratch, &w->text);
}
static void make_runtime_config(Writing *w) { emit_runtime_config(ir_of(w), w->used, &w->scratch, &w->text); }
static void make_providers(Writing *w) {
  emit_providers(ir_of(w), w->used, &w->compilation->templates, &w->scratch, &w->text);
}
static void make_index(Writing *w) {
  emit_index(ir_of(w), w->used, &w->compilation->templates, &w->scratch, &w->text);
}

static const char policy_path[] = "content-security-policy.json";

static void pass_on(void *context, Buf *text) {
  Writing *w = context;
  Outputs *outputs = w->compilation->outputs;
  if (outputs && !w->stream.outputs) w->stream = outputs_begin(outputs, w->slot, str_from(policy_path));
  if (outputs) outputs_add(&w->stream, buf_str(text));
  buf_clear(text);
}

static void make_policy(Writing *w) {
  emit_content_security_policy(ir_of(w), w->compilation->markup_needs, &w->scratch, &w->text, pass_on, w);
}

static void make_map(Writing *w) { emit_discovery_map(&w->report, &w->text); }
static void make_discovery(Writing *w) { emit_discovery_report(&w->report, &w->text); }
static void make_discovery_text(Writing *w) { emit_discovery_report_text(&w->report, &w->text); }
static void make_validation(Writing *w) { emit_validation_report(&w->report, &w->text); }
static void make_validation_text(Writing *w) { emit_validation_report_text(&w->report, &w->text); }
static void make_result(Writing *w) { emit_validation_result(&w->report, &w->text); }
static void make_graph(Writing *w) { emit_dependency_graph(&w->report, &w->text); }
static void make_dot(Writing *w) { emit_graph(ir_of(w), w->report.diags, GRAPH_DOT, &w->text); }

static void make_alerts(Writing *w) {
  emit_alert_rules(ir_of(w), w->used, &w->compilation->project.settings, &w->scratch, &w->text);
}

static void make_html_data(Writing *w) {
  const Compilation *compilation = w->compilation;
  emit_html_data(ir_of(w), compilation->discover_attributes,
                 compilation->project.settings.discover_attributes.len, &w->scratch, &w->text);
}
static void make_manifest_schema(Writing *w) { emit_manifest_schema(&w->text); }
static void make_project_schema(Writing *w) { emit_project_schema(&w->text); }

static const ProjectOutput outputs[] = {
    {"discovery-map.json", GOAL_DISCOVER, EMIT_MAP, make_map},
    {"discovery-report.json", GOAL_DISCOVER, 0, make_discovery},
    {"discovery-report.md", GOAL_DISCOVER, 0, make_discovery_text},
    {"validation-report.json", GOAL_VALIDATE, EMIT_REPORT, make_validation},
    {"validation-report.md", GOAL_VALIDATE, 0, make_validation_text},
    {"validation-result.json", GOAL_VALIDATE, 0, make_result},
    {"dependency-graph.json", GOAL_VALIDATE, EMIT_GRAPH, make_graph},
    {"dependency-graph.dot", GOAL_VALIDATE, 0, make_dot},
    {"integration-config.ts", GOAL_CHECK, EMIT_CONFIG, make_config},
    {"runtime-config.json", GOAL_CHECK, EMIT_CONFIG, make_runtime_config},
    {"providers.tsx", GOAL_CHECK, EMIT_REACT, make_providers},
    {"index.ts", GOAL_CHECK, EMIT_REACT, make_index},
    {policy_path, GOAL_CHECK, 0, make_policy},
    {"alerts.rules.yml", GOAL_CHECK, 0, make_alerts},
    {"html-data.json", GOAL_CHECK, 0, make_html_data},
    {"schema/manifest.json", GOAL_CHECK, 0, make_manifest_schema},
    {"schema/project.json", GOAL_CHECK, 0, make_project_schema},
};

void write_open(Compilation *compilation) {
  int error = 0;
  Str failed = STR_NONE;
  size_t count = page_slots(compilation) + 3 * compilation->ir.integrations.len +
                 compilation->ir.releases.len + FIXED_OUTPUTS;
  compilation->outputs =
      outputs_open(&compilation->arena, compilation->project.output, count, &error, &failed);
  if (!error) return;
  compilation_write_failed(compilation, failed, error);
  outputs_close(compilation->outputs);
  compilation->outputs = NULL;
}

static int put(Writing *w, Str path) {
  if (!w->stream.outputs) return outputs_put(w->compilation->outputs, w->slot, path, buf_str(&w->text), NULL);
  outputs_add(&w->stream, buf_str(&w->text));
  return outputs_end(&w->stream);
}

// Hands over what was made: to --emit, to the outputs, to nobody.
static void deliver(Writing *w, Str path, uint32_t emit) {
  Compilation *compilation = w->compilation;
  if (compilation->request->emit & emit) buf_put(&compilation->emitted, buf_str(&w->text));
  if (compilation->outputs) {
    int error = put(w, path);
    if (error)
      compilation_write_failed(compilation, path_join(&w->scratch, compilation->project.output, path), error);
  }
  w->slot++;
  buf_clear(&w->text);
  arena_reset(&w->scratch);
}

static void write_schema(Writing *w, Str name) {
  Str schema = emit_interface_schema(name);
  if (!schema.len) return;
  buf_put(&w->text, schema);
  deliver(w, str_printf(&w->compilation->arena, "schema/%.*s.json", STR_ARG(name)), 0);
}

// The schemas of the JSON files among the outputs, of what people put beside them, and of what comes back
// from where they run.
static void write_interface_schemas(Writing *w) {
  write_schema(w, STR("runtime-overrides"));
  write_schema(w, STR("runtime-snapshot"));
  for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
    Str path = str_from(outputs[i].path);
    if (str_ends(path, STR(".json"))) write_schema(w, str_take(path, path.len - 5));
  }
}

static void write_integrations(Writing *w) {
  for (size_t i = 0; i < w->used.count; i++) {
    const Integration *row = ir_integration(ir_of(w), w->used.list[i]);
    emit_integration(ir_of(w), w->used.list[i], &w->compilation->templates, &w->scratch, &w->text);
    Str path =
        str_printf(&w->compilation->arena, "integrations/%.*s.tsx", STR_ARG(ir_str(ir_of(w), row->name)));
    deliver(w, path, EMIT_REACT);
  }
}

// The releases that can run, each once.
static void write_bindings(Writing *w) {
  const Ir *ir = ir_of(w);
  Arena kept = {0};
  for (size_t i = 0; i < w->used.count; i++) {
    ReleaseChain chain = release_chain(ir, &kept, w->used.list[i]);
    for (size_t k = 0; k < chain.releases.len; k++) {
      const Release *release = ir_release(ir, chain.releases.data[k]);
      if (!emits_bindings(ir, &kept, chain.releases.data[k])) continue;
      emit_bindings(ir, chain.releases.data[k], &w->scratch, &w->text);
      Str path = str_printf(&w->compilation->arena, "bindings/%.*s/%.*s.ts",
                            STR_ARG(ir_str(ir, ir_integration(ir, w->used.list[i])->name)),
                            STR_ARG(ir_str(ir, release->label.sym)));
      deliver(w, path, EMIT_REACT);
    }
  }
  arena_free(&kept);
}

// The half that holds the secrets.
static void write_server(Writing *w) {
  const Ir *ir = ir_of(w);
  for (size_t i = 0; i < w->used.count; i++) {
    if (!emits_server(ir, &w->scratch, w->used.list[i])) continue;
    emit_server_operations(ir, w->used.list[i], &w->scratch, &w->text);
    Str name = ir_integration_name(ir, w->used.list[i]);
    deliver(w, str_printf(&w->compilation->arena, "server/operations/%.*s.ts", STR_ARG(name)), EMIT_REACT);
  }
  if (!w->used.count) return;
  emit_server_handler(ir, w->used, &w->scratch, &w->text);
  deliver(w, STR("server/handler.ts"), EMIT_REACT);
}

// What an earlier run handed over is not written again.
static Goal first_stage(const Request *request) {
  return request->from.data ? GOAL_CHECK : request->map.data ? GOAL_VALIDATE : GOAL_DISCOVER;
}

void write_project(Compilation *compilation) {
  size_t before = compilation->diags.list.len;
  Writing writing = {.compilation = compilation, .slot = page_slots(compilation)};
  writing.used = emit_used_integrations(&compilation->ir, &compilation->arena);
  writing.report = (ReportInput){&compilation->ir, &compilation->usage, &compilation->diags, &writing.scratch,
                                 &compilation->templates};
  if (compilation->request->emit & EMIT_IR) ir_print(&compilation->ir, true, &compilation->emitted);
  if (compilation->request->emit & EMIT_LOCK) lock_text(compilation, &compilation->emitted);
  for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
    if (compilation->request->goal < outputs[i].from) continue;
    if (outputs[i].from < first_stage(compilation->request) && !compilation->request->emit) {
      if (compilation->outputs) outputs_keep(compilation->outputs, writing.slot++, str_from(outputs[i].path));
      continue;
    }
    outputs[i].make(&writing);
    if (!writing.text.len) continue;  // there is nothing to say
    deliver(&writing, str_from(outputs[i].path), outputs[i].emit);
    stages_end(compilation, "output", str_from(outputs[i].path));
  }
  if (compilation->request->goal >= GOAL_CHECK) write_interface_schemas(&writing);
  if (compilation->request->goal >= GOAL_CHECK) write_integrations(&writing);
  if (compilation->request->goal >= GOAL_CHECK) write_bindings(&writing);
  if (compilation->request->goal >= GOAL_CHECK) write_server(&writing);
  if (compilation->request->goal >= GOAL_CHECK) compilation->metrics.components = writing.used.count;
  compilation_count_late(compilation, before);
  arena_free(&writing.scratch);
  buf_free(&writing.text);
}
