/* In: a page, or manifests. Out: an object, or interfaces. Surprising: most diagnostics of the project are
 * left to the link, which finds them again and tells each once; a thousand compilations would tell them a
 * thousand times. */
#include "workspace/object/compile.h"

#include <errno.h>

#include "base/file.h"
#include "base/mem.h"
#include "ir/interface.h"
#include "passes/passes.h"
#include "store/saved_diags.h"
#include "workspace/manifests.h"
#include "workspace/object/interface.h"
#include "workspace/page.h"
#include "workspace/settings.h"
#include "workspace/templates.h"
#include "workspace/views.h"

enum { LARGEST_FILE = 64 * 1024 * 1024 };

typedef struct ObjectJob {
  Compilation *compilation;
  PageWorker worker;
  ObjectFile object;
  StrMap uses;  // by name: index into known + 1
  ObjectUses known;
  Arena kept;  // what the object holds
} ObjectJob;

/* What the project says */

static void put_text(Buf *out, Str text) {
  buf_printf(out, "%zu:", text.len);
  buf_put(out, text);
}

static void put_span(Buf *out, Span span) { buf_printf(out, "%u-%u;", span.start, span.end); }

// Diagnostics of patterns name places in the project file.
static void put_patterns(const Compilation *compilation, Buf *out) {
  for (size_t i = 0; i < compilation->suggest.count; i++) {
    const SuggestRule *rule = &compilation->suggest.rules[i];
    put_text(out, rule->name);
    put_text(out, rule->xpath);
    put_span(out, rule->span);
    put_span(out, rule->xpath_span);
  }
}

static void put_templates(const Compilation *compilation, Buf *out) {
  const Project *project = &compilation->project;
  Arena arena = {0};
  for (size_t i = 0; i < project->templates.len; i++) {
    Str bytes = STR("");
    file_read(project->templates.data[i].path, &arena, 0, &bytes);  // what fails was reported
    put_text(out, project->templates.data[i].name);
    put_text(out, bytes);
  }
  arena_free(&arena);
}

Digest object_settings(const Compilation *compilation) {
  const ProjectSettings *settings = &compilation->project.settings;
  Buf text = {0};
  DiagPolicy policy = compilation->policy;
  policy.no_warnings = false;  // what is not printed is looked for all the same, since the link may print it
  buf_printf(&text, "%d;", diag_asks_for(&policy, FX1001));
  for (size_t i = 0; i < settings->discover_attributes.len; i++)
    put_text(&text, settings->discover_attributes.data[i].text);
  buf_char(&text, ';');
  put_patterns(compilation, &text);
  buf_char(&text, ';');
  put_templates(compilation, &text);
  Digest digest = digest_str(buf_str(&text));
  buf_free(&text);
  return digest;
}

/* What every compilation begins with */

static bool has_errors(const DiagBag *diags) {
  for (size_t i = 0; i < diags->list.len; i++)
    if (diags->list.data[i]->severity == DIAG_ERROR) return true;
  return false;
}

static void start(Compilation *compilation) {
  compilation->sources = sources_new();
  compilation->diags.arena = &compilation->arena;
  compilation->inputs = inputs_new(NULL);
  ir_init(&compilation->ir, &compilation->arena, compilation->sources);
}

// The symbols and types of the manifests that were listed.
static void read_manifests(Compilation *compilation) {
  PassRunner runner = {.facts = FACT_INTEGRATIONS, .verify = compilation->request->verify};
  PassSettings settings = {.use_stdlib = compilation->project.settings.use_stdlib,
                           .library = &compilation->library,
                           .silenced = &compilation->silenced,
                           .includes = compilation->request->include.data,
                           .include_count = compilation->request->include.len,
                           .project_file = compilation->project.settings_source};
  manifests_read(compilation);
  if (!passes_run(&compilation->ir, &settings, &compilation->diags, &runner))
    compilation->internal_error = true;
}

static bool open_project(Compilation *compilation) {
  project_find(&compilation->project, compilation->request, &compilation->arena, compilation->inputs);
  if (!project_open(&compilation->project, compilation->request, &compilation->arena, compilation->sources,
                    compilation->inputs, &compilation->diags))
    return false;
  settings_take(compilation);
  return !has_errors(&compilation->diags);
}

/* Manifests to interfaces */

// Views may stand among declarations; pages may not.
static bool are_manifests(Compilation *compilation) {
  const Project *project = &compilation->project;
  bool pages = !project->manifests.len;
  for (size_t i = 0; i < project->pages.len; i++) pages |= !project->pages.data[i].view;
  const Request *request = compilation->request;
  if (!request->files.len || !pages) return true;
  compilation->wrong_usage =
      str_printf(&compilation->arena, "'%.*s' is no manifest, and '%.*s' not the name of an object: FILE.fxo",
                 STR_ARG(request->files.data[0]), STR_ARG(request->output));
  return false;
}

void object_compile_manifests(void *context) {
  Compilation *compilation = context;
  const Request *request = compilation->request;
  start(compilation);
  compilation->made = request->output;
  if (!open_project(compilation)) return;
  views_read(compilation);
  if (!are_manifests(compilation)) return;
  compilation->diags.list.len = 0;  // of the project file and of views: the link tells them
  read_manifests(compilation);
  ignore_apply(&compilation->ignores, &compilation->diags);
  DiagTotals totals = diag_apply(&compilation->policy, &compilation->diags);
  if (totals.errors || compilation->internal_error) return;
  object_interfaces_write(compilation, request->output, !request->files.len);
}

/* A page or a view to an object */

static bool read_source(ObjectJob *job, const ProjectFile *file, Str *bytes) {
  Compilation *compilation = job->compilation;
  int error = inputs_read(compilation->inputs, file->path, &compilation->arena, LARGEST_FILE, bytes);
  if (!error) return true;
  diag_add(&compilation->diags, error == EFBIG ? FX8006 : FX8001, span_file(file->source), "%s%s",
           error == EFBIG ? "the page is larger than 64 MiB" : "cannot read the page: ",
           error == EFBIG ? "" : strerror(error));
  return false;
}

// The interface of a name that a page uses; each is looked at once.
static const ObjectUse *use_of(ObjectJob *job, Str name) {
  Compilation *compilation = job->compilation;
  Arena *arena = &compilation->arena;
  bool added;
  ObjectUse use = {.name = str_copy(arena, name)};
  uint32_t *index = strmap_put(arena, &job->uses, use.name, &added);
  if (!added) return &job->known.data[*index];
  *index = (uint32_t)job->known.len;
  if (compilation->request->interfaces.data) {
    object_interface_load(compilation, compilation->request->interfaces, &use);
  } else {
    IntegrationId id = ir_find_integration(&compilation->ir, name);
    use.known = id.n != 0;
    if (id.n) use.interface = ir_interface_digest(&compilation->ir, id, arena);
  }
  vec_push(arena, &job->known, use);
  return &vec_last(&job->known);
}

static void take_uses(ObjectJob *job, const PageFacts *facts, ObjectPage *page) {
  StrMap seen = {0};
  for (size_t i = 0; i < facts->elements.len; i++) {
    const FactElement *element = &facts->elements.data[i];
    for (size_t n = 0; n < element->names.len; n++) {
      const ObjectUse *use = use_of(job, element->names.data[n].text);
      bool added;
      strmap_put(&job->compilation->arena, &seen, use->name, &added);
      if (added) vec_push(&job->compilation->arena, &page->uses, *use);
    }
  }
}

static Str keep(ObjectJob *job, const Buf *text) { return str_copy(&job->kept, buf_str(text)); }

static Str fragment_bytes(ObjectJob *job, const ProjectFile *file, const Fragment *fragment) {
  FragmentPlaces places = {file->source, job->compilation->project.settings_source};
  Buf bytes = {0};
  if (!fragment_write(fragment, places, &bytes)) job->compilation->internal_error = true;
  Str text = keep(job, &bytes);
  buf_free(&bytes);
  return text;
}

static Str diagnostic_bytes(ObjectJob *job, const ProjectFile *file, const DiagBag *diags) {
  Buf bytes = {0};
  // A template that fails on this page stops the link of anything that has it: its error is told here.
  if (!saved_diags_write_page(diags, file->source, job->compilation->project.settings_source, &bytes) &&
      !has_errors(diags))
    job->compilation->internal_error = true;
  Str text = keep(job, &bytes);
  buf_free(&bytes);
  return text;
}

static void compile_page(ObjectJob *job, const ProjectFile *file, Str bytes) {
  Compilation *compilation = job->compilation;
  ObjectPage page = {.label = page_label(file), .name = file->name};
  PageParse parse;
  PageNames names = page_names(compilation, file, &compilation->arena);
  DiagBag emission = {.arena = &job->worker.scratch};
  names.map_source = file->root_path;  // where the outputs go is the link's to say
  page_parse(compilation, &job->worker, file, bytes, NULL, &parse);
  take_uses(job, &parse.fragment.facts, &page);
  page_emit(compilation, &job->worker, file, &names, &parse, &emission);
  page.fragment = fragment_bytes(job, file, &parse.fragment);
  page.code = keep(job, &job->worker.text);
  page.map = keep(job, &job->worker.map);
  page.diagnostics = diagnostic_bytes(job, file, &emission);
  diag_join(&compilation->diags, &parse.fragment.diags);
  diag_join(&compilation->diags, &emission);
  for (size_t i = 0; i < parse.fragment.ignores.len; i++)
    vec_push(&compilation->arena, &compilation->ignores, parse.fragment.ignores.data[i]);
  vec_push(&compilation->arena, &job->object.pages, page);
  arena_reset(&job->worker.scratch);
}

static void write_object(ObjectJob *job) {
  Compilation *compilation = job->compilation;
  Str path = compilation->request->output, old;
  Arena scratch = {0};
  Buf bytes = {0};
  object_write(&job->object, &bytes);
  bool same = !file_read(path, &scratch, 0, &old) && str_eq(old, buf_str(&bytes));
  int error = same ? 0 : file_make_directories(path_directory(path));
  if (!same && !error) error = file_write_atomic(path, buf_str(&bytes));
  if (error) compilation_write_failed(compilation, path, error);
  buf_free(&bytes);
  arena_free(&scratch);
}

// What a comment silences, in words that fit the notation, by the policy: as a build tells it.
static void settle(Compilation *compilation) {
  ignore_apply(&compilation->ignores, &compilation->diags);
  views_mend(compilation);
  diag_mask(&compilation->diags);
  diag_keep_quotes(&compilation->diags, compilation->sources);
  compilation->totals = diag_apply(&compilation->policy, &compilation->diags);
}

static void compile_pages(ObjectJob *job) {
  Compilation *compilation = job->compilation;
  const Project *project = &compilation->project;
  const ProjectFile *first = &project->pages.data[0];
  Str bytes = STR("");
  if (first->view)
    bytes = first->view_source->bytes;
  else if (!read_source(job, first, &bytes))
    return;
  job->object = (ObjectFile){
      .path = first->root_path, .source = digest_str(bytes), .settings = object_settings(compilation)};
  for (size_t i = 0; i < project->pages.len; i++) compile_page(job, &project->pages.data[i], bytes);
}

static void release(ObjectJob *job) {
  page_worker_free(&job->worker);
  arena_free(&job->kept);
}

static bool only_from(Compilation *compilation, SourceId source) {
  DiagBag *diags = &compilation->diags;
  size_t kept = 0;
  for (size_t i = 0; i < diags->list.len; i++)
    if (diags->list.data[i]->span.source == source) diags->list.data[kept++] = diags->list.data[i];
  diags->list.len = kept;
  return kept > 0;
}

// The pages of the file alone: with the project's manifests come the views that lie among them.
static bool keep_pages(Compilation *compilation, Str path) {
  Project *project = &compilation->project;
  size_t kept = 0;
  for (size_t i = 0; i < project->pages.len; i++)
    if (str_eq(project->pages.data[i].path, path)) project->pages.data[kept++] = project->pages.data[i];
  project->pages.len = kept;
  return kept > 0;
}

void object_compile(void *context) {
  Compilation *compilation = context;
  const Request *request = compilation->request;
  ObjectJob job = {.compilation = compilation};
  start(compilation);
  compilation->made = request->output;
  if (!open_project(compilation)) return;
  templates_read(compilation);
  if (has_errors(&compilation->diags)) return;
  views_read(compilation);
  Str path = path_normal(&compilation->arena, request->files.data[0]);
  if (!keep_pages(compilation, path)) {
    if (!has_errors(&compilation->diags))
      compilation->wrong_usage = str_printf(&compilation->arena, "there is no page in '%.*s'", STR_ARG(path));
    return;
  }
  SourceId source = compilation->project.pages.data[0].source;
  only_from(compilation, source);
  size_t before = compilation->diags.list.len;
  if (!request->interfaces.data) read_manifests(compilation);
  compilation->diags.list.len = before;
  compilation->policy.no_warnings = false;
  compile_pages(&job);
  compilation->policy.no_warnings = request->policy.no_warnings;
  settle(compilation);
  if (!compilation->totals.errors && !compilation->internal_error) write_object(&job);
  release(&job);
}
