/* In: the manifests of a project. Out: rows, in the order of the manifests. They are read on all threads,
 * each to its AST and its own diagnostics; lowering comes behind, one after the other, so that nothing
 * depends on which thread was faster. */
#include "workspace/manifests.h"

#include <errno.h>

#include "ast/ast.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/mem.h"
#include "base/pool.h"
#include "fx/tree.h"
#include "ir/lower_manifest.h"

enum { LARGEST_FILE = 64 * 1024 * 1024, WORTH_A_THREAD = 16 };

// What one manifest came to; everything lies on its worker's arena.
typedef struct Reading {
  Ast *ast;  // NULL: it could not be read
  Str bytes;
  bool read;
  DiagBag diags;
  Ignores ignores;
} Reading;

typedef struct ReadJob {
  Compilation *compilation;
  Reading *readings;
  Arena *arenas;  // by worker
} ReadJob;

static bool read_bytes(const Compilation *compilation, const ProjectFile *file, Reading *reading) {
  DiagBag *diags = &reading->diags;
  int error = inputs_read(compilation->inputs, file->path, diags->arena, LARGEST_FILE, &reading->bytes);
  if (!error) return true;
  if (error == EFBIG)
    diag_add(diags, FX8006, span_file(file->source), "the manifest is larger than 64 MiB");
  else
    diag_add(diags, FX8001, span_file(file->source), "cannot read the manifest: %s", strerror(error));
  return false;
}

/* Trust */

static const ProjectTrust *trust_of(const ProjectSettings *settings, Str path) {
  for (size_t i = 0; i < settings->trust.len; i++)
    if (glob_match(settings->trust.data[i].pattern.text, path)) return &settings->trust.data[i];
  return NULL;
}

// With a `trust` clause, what it does not name is not even read; neither is what it names with a key, for
// signatures are not checked yet. The standard library is always trusted.
static bool is_trusted(const Compilation *compilation, const ProjectFile *file, DiagBag *diags) {
  const ProjectSettings *settings = &compilation->project.settings;
  if (!settings->trust.len || file->place == IR_PLACE_STDLIB) return true;
  const ProjectTrust *trust = trust_of(settings, file->root_path);
  if (trust && !trust->key.text.len) return true;
  Diag *diag = diag_add(diags, FX2101, span_file(file->source), "'%.*s' is from a source that is not trusted",
                        STR_ARG(file->root_path));
  if (trust) {
    diag_note(diag, trust->key.span,
              "it is trusted with a signature only, and this version cannot check one");
  } else {
    diag_note(diag, settings->trust.data[0].pattern.span, "not among the sources that are named here");
    diag_help(diag, "look at the manifest, then add its path or folder to 'trust' in the project file");
  }
  return false;
}

// The tokens of a .fx file, whatever else is wrong with it.
static void print_tokens(Compilation *compilation, const ProjectFile *file, Str bytes) {
  if (!(compilation->request->emit & EMIT_TOKENS) || !ast_is_fx(file->path)) return;
  DiagBag forgotten = {.arena = &compilation->arena};
  buf_printf(&compilation->emitted, "# %.*s\n", STR_ARG(file->root_path));
  fx_print_tokens(fx_parse(&compilation->arena, file->source, bytes, &forgotten), &compilation->emitted);
}

static void read_manifest(void *context, size_t index, size_t worker) {
  const ReadJob *job = context;
  const ProjectFile *file = &job->compilation->project.manifests.data[index];
  Reading *reading = &job->readings[index];
  Arena *arena = &job->arenas[worker];
  reading->bytes = STR("");
  reading->diags.arena = arena;
  if (!is_trusted(job->compilation, file, &reading->diags)) return;
  reading->read = read_bytes(job->compilation, file, reading);
  if (!reading->read) return;
  ignore_read_file(arena, file->source, file->path, reading->bytes, file->place == IR_PLACE_PROJECT,
                   &reading->diags, &reading->ignores);
  reading->ast = ast_read_manifest_file(arena, file->source, file->path, reading->bytes, &reading->diags);
}

static void lower_manifest(Compilation *compilation, ProjectFile *file, const Reading *reading) {
  Arena *arena = &compilation->arena;
  const Ast *ast = reading->ast;
  diag_join(&compilation->diags, &reading->diags);
  for (size_t i = 0; i < reading->ignores.len; i++)
    vec_push(arena, &compilation->ignores, reading->ignores.data[i]);
  file->bytes = reading->bytes;
  if (reading->read) sources_lend_text(compilation->sources, file->source, reading->bytes);
  print_tokens(compilation, file, reading->bytes);
  if (!ast || ast->nameless) ast_declared_names(arena, file->path, reading->bytes, &compilation->silenced);
  if (!ast) return;
  if (compilation->request->emit & EMIT_AST) ast_print(ast, &compilation->emitted);
  ir_lower_manifest(&compilation->ir, ast, file->place, &compilation->diags);
}

static void read_all(Compilation *compilation) {
  Project *project = &compilation->project;
  size_t threads = compilation->request->jobs ? compilation->request->jobs : pool_processors();
  // A thread costs as much as some manifests.
  if (threads > project->manifests.len / WORTH_A_THREAD + 1)
    threads = project->manifests.len / WORTH_A_THREAD + 1;
  ReadJob job = {compilation, arena_array(&compilation->arena, Reading, project->manifests.len),
                 arena_array(&compilation->arena, Arena, threads)};
  bool finished = pool_run(threads, project->manifests.len, read_manifest, &job);
  for (size_t i = 0; i < threads; i++) arena_take(&compilation->arena, &job.arenas[i]);
  if (!finished) mem_exhausted();
  for (size_t i = 0; i < project->manifests.len; i++)
    lower_manifest(compilation, &project->manifests.data[i], &job.readings[i]);
}

static bool note_library_name(void *context, Str path, const struct stat *info) {
  Compilation *compilation = context;
  (void)info;
  Str base = path_base(path);
  ptrdiff_t dot = str_rfind_char(base, '.');
  if (dot > 0 && (str_ends(base, STR(".yaml")) || ast_is_fx(base)))
    strmap_put(&compilation->arena, &compilation->library,
               str_copy(&compilation->arena, str_take(base, (size_t)dot)), NULL);
  return true;
}

void manifests_read(Compilation *compilation) {
  Project *project = &compilation->project;
  read_all(compilation);
  Str failed;
  if (project->library.len)
    inputs_walk(compilation->inputs, 1, project->library, note_library_name, NULL, compilation,
                &compilation->arena, &failed);
}
