#include "workspace/manifests.h"

#include <errno.h>

#include "ast/ast.h"
#include "base/file.h"
#include "base/glob.h"
#include "fx/tree.h"
#include "ir/lower_manifest.h"

enum { LARGEST_FILE = 64 * 1024 * 1024 };

static bool read_bytes(Compilation *compilation, const ProjectFile *file, Str *bytes) {
  int error = inputs_read(compilation->inputs, file->path, &compilation->arena, LARGEST_FILE, bytes);
  if (!error) return true;
  DiagBag *diags = &compilation->diags;
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
static bool is_trusted(Compilation *compilation, const ProjectFile *file) {
  const ProjectSettings *settings = &compilation->project.settings;
  if (!settings->trust.len || file->place == IR_PLACE_STDLIB) return true;
  const ProjectTrust *trust = trust_of(settings, file->root_path);
  if (trust && !trust->key.text.len) return true;
  Diag *diag = diag_add(&compilation->diags, FX2101, span_file(file->source),
                        "'%.*s' is from a source that is not trusted", STR_ARG(file->root_path));
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

static void read_manifest(Compilation *compilation, ProjectFile *file) {
  Arena *arena = &compilation->arena;
  Str bytes = STR("");
  Ast *ast = NULL;
  if (is_trusted(compilation, file) && read_bytes(compilation, file, &bytes)) {
    file->bytes = bytes;
    ignore_read_file(arena, file->source, file->path, bytes, file->place == IR_PLACE_PROJECT,
                     &compilation->diags, &compilation->ignores);
    ast = ast_read_manifest_file(arena, file->source, file->path, bytes, &compilation->diags);
  }
  print_tokens(compilation, file, bytes);
  if (!ast) {
    ast_declared_names(arena, file->path, bytes, &compilation->silenced);
    return;
  }
  if (ast->nameless) ast_declared_names(arena, file->path, bytes, &compilation->silenced);
  if (compilation->request->emit & EMIT_AST) ast_print(ast, &compilation->emitted);
  ir_lower_manifest(&compilation->ir, ast, file->place, &compilation->diags);
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
  for (size_t i = 0; i < project->manifests.len; i++) read_manifest(compilation, &project->manifests.data[i]);
  Str failed;
  if (project->library.len)
    inputs_walk(compilation->inputs, project->library, note_library_name, NULL, compilation,
                &compilation->arena, &failed);
}
