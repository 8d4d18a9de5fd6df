#include "workspace/project.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/glob.h"
#include "base/map.h"
#include "base/pool.h"
#include "workspace/globs.h"

typedef struct Opening {
  Project *project;
  const Request *request;
  Arena *arena;
  Sources *sources;
  DiagBag *diags;
  Inputs *inputs;
  StrMap given;      // root paths from the command line
  VEC(bool) listed;  // by source: it has been found
} Opening;

// A project has one file: a second one beside it would be ignored in silence.
static bool check_alone(Opening *opening, Str file) {
  bool alone = true;
  for (size_t i = 0; i < PROJECT_FILES; i++) {
    Str other = path_join(opening->arena, opening->project->root, str_from(project_files[i]));
    if (str_eq(other, file) || !inputs_exists(opening->inputs, other)) continue;
    SourceId first = sources_add(opening->sources, file, path_base(file));
    SourceId second = sources_add(opening->sources, other, path_base(other));
    Diag *diag = diag_add(opening->diags, FX2003, span_file(second), "the project has two project files");
    diag_note(diag, span_file(first), "the other one");
    diag_help(diag, "keep one of them");
    alone = false;
  }
  return alone;
}

static bool read_settings(Opening *opening, Str file) {
  Project *project = opening->project;
  project_defaults(opening->arena, &project->settings);
  if (!file.data) return true;
  if (!check_alone(opening, file)) return false;
  SourceId source = project->settings_source = sources_add(opening->sources, file, path_base(file));
  Str bytes;
  int error = inputs_read(opening->inputs, file, opening->arena, 0, &bytes);
  if (error) {
    diag_add(opening->diags, FX8001, span_file(source), "cannot read the project file: %s", strerror(error));
    return false;
  }
  if (!project_read(opening->arena, source, file, bytes, opening->diags, &project->settings)) return false;
  globs_check(&project->settings, opening->diags);
  return true;
}

/* Listing files */

static bool has_suffix(Str path, const char *const *suffixes) {
  for (; *suffixes; suffixes++)
    if (str_ends(path, str_from(*suffixes))) return true;
  return false;
}

static const char *const page_suffixes[] = {".html", ".htm", NULL};
static const char *const view_suffixes[] = {".json", ".fx", NULL};
static const char *const manifest_suffixes[] = {".yaml", ".yml", ".json", ".fx", NULL};

// "concept/shop/cart.html" under "concept/**/*.html" is "shop/cart".
static Str page_name(Str path, Str prefix) {
  Str name = str_starts(path, prefix) ? str_skip(path, prefix.len) : path_base(path);
  ptrdiff_t dot = str_rfind_char(name, '.');
  return dot > 0 ? str_take(name, (size_t)dot) : name;
}

// `root_path` lies where the project does; where the root is the current directory, it is the path as well.
static ProjectFile add_file(Opening *opening, Str root_path) {
  ProjectFile file = {.path = root_path, .root_path = root_path};
  if (opening->project->below.len)
    file.path = path_relative(opening->arena, opening->project->below, root_path);
  else if (!str_eq(opening->project->root, STR(".")))
    file.path = path_join(opening->arena, opening->project->root, root_path);
  file.source = sources_add(opening->sources, file.path, root_path);
  return file;
}

typedef enum Role { PAGES, VIEWS, MANIFESTS, TEMPLATES } Role;

typedef struct Listing {
  Opening *opening;
  const ProjectTexts *patterns;
  bool *found;    // beside the patterns: some file matches
  Str *prefixes;  // beside the patterns: glob_fixed_prefix()
  Role role;
} Listing;

static void add_as(Opening *opening, Role role, ProjectFile file) {
  Project *project = opening->project;
  switch (role) {
    case PAGES:
      vec_push(opening->arena, &project->pages, file);
      return;
    case VIEWS:
      vec_push(opening->arena, &project->views, file);
      return;
    case MANIFESTS:
      vec_push(opening->arena, &project->manifests, file);
      return;
    case TEMPLATES:
      if (str_ends(file.root_path, STR(".mustache"))) vec_push(opening->arena, &project->templates, file);
  }
}

static bool excluded(const Opening *opening, Str path) {
  const ProjectTexts *exclude = &opening->project->settings.exclude;
  for (size_t i = 0; i < exclude->len; i++)
    if (glob_match(exclude->data[i].text, path)) return true;
  return false;
}

// Files that two patterns match come once, under the name that the first one gives.
static bool is_new(Opening *opening, ProjectFile file) {
  size_t count = opening->listed.len;
  if (opening->given.len && strmap_find(&opening->given, file.root_path)) return false;
  for (; count <= file.source; count++) vec_push(opening->arena, &opening->listed, false);
  bool before = opening->listed.data[file.source];
  opening->listed.data[file.source] = true;
  return !before;
}

static bool list_file(void *context, Str path, const struct stat *info) {
  Listing *listing = context;
  Opening *opening = listing->opening;
  (void)info;
  for (size_t i = 0; i < listing->patterns->len; i++) {
    Str pattern = listing->patterns->data[i].text;
    if (!glob_match(pattern, path) || !globs_spell_hidden(pattern, path)) continue;
    listing->found[i] = true;
    if (excluded(opening, path)) continue;
    ProjectFile file = add_file(opening, path);
    if (!is_new(opening, file)) continue;
    file.name = page_name(file.root_path, listing->prefixes[i]);
    add_as(opening, listing->role, file);
  }
  return true;
}

static bool enter_directory(void *context, Str path) {
  Listing *listing = context;
  Str inside = str_printf(listing->opening->arena, "%.*s/", STR_ARG(path));
  for (size_t i = 0; i < listing->patterns->len; i++) {
    Str pattern = listing->patterns->data[i].text;
    if (glob_may_enter(pattern, path) && globs_spell_hidden(pattern, inside)) return true;
  }
  return false;
}

static void list(Opening *opening, const ProjectTexts *patterns, Role role) {
  Listing listing = {.opening = opening, .patterns = patterns, .role = role};
  listing.found = arena_array(opening->arena, bool, patterns->len);
  listing.prefixes = arena_array(opening->arena, Str, patterns->len);
  for (size_t i = 0; i < patterns->len; i++) listing.prefixes[i] = glob_fixed_prefix(patterns->data[i].text);
  size_t threads = opening->request->jobs ? opening->request->jobs : pool_processors();
  Str failed;
  int error = inputs_walk(opening->inputs, threads, opening->project->root, list_file, enter_directory,
                          &listing, opening->arena, &failed);
  if (error)
    diag_add(opening->diags, FX8001, SPAN_NONE, "cannot read the directory '%.*s': %s", STR_ARG(failed),
             strerror(error));
  globs_report_unmatched(patterns, listing.found, opening->diags);
}

static bool list_included(void *context, Str path, const struct stat *info) {
  Opening *opening = context;
  (void)info;
  if (!has_suffix(path, manifest_suffixes)) return true;
  ProjectFile file = {.path = path, .root_path = path};
  vec_push(opening->arena, &opening->project->manifests, file);
  return true;
}

// Manifests below a directory outside the project. Those of the library are named "stdlib/…" in outputs, so
// that these do not depend on where the library is installed.
static void include(Opening *opening, Str directory, IrPlaceKind place) {
  Project *project = opening->project;
  size_t before = project->manifests.len;
  Str failed;
  int error =
      inputs_walk(opening->inputs, 1, directory, list_included, NULL, opening, opening->arena, &failed);
  if (error)
    diag_add(opening->diags, FX8001, SPAN_NONE, "cannot read the directory '%.*s': %s",
             STR_ARG(failed.len ? failed : directory), strerror(error));
  for (size_t i = before; i < project->manifests.len; i++) {
    ProjectFile *file = &project->manifests.data[i];
    Str shown = place == IR_PLACE_STDLIB ? STR("stdlib") : directory;
    file->root_path = path_join(opening->arena, shown, file->path);
    file->path = path_join(opening->arena, directory, file->path);
    file->place = place;
    file->source = sources_add(opening->sources, file->path, file->root_path);
  }
}

/* Files given on the command line */

// The fixed prefix of the pattern that finds a file; false when none does.
static bool find_prefix(const ProjectTexts *patterns, Str root_path, Str *prefix) {
  for (size_t i = 0; i < patterns->len; i++) {
    Str pattern = patterns->data[i].text;
    if (!glob_match(pattern, root_path) || !globs_spell_hidden(pattern, root_path)) continue;
    *prefix = glob_fixed_prefix(pattern);
    return true;
  }
  return false;
}

// As a listing would call it; a file that no pattern finds is called like itself.
static Str given_name(ProjectFile file, const ProjectTexts *patterns) {
  Str prefix;
  bool found = find_prefix(patterns, file.root_path, &prefix);
  return found ? page_name(file.root_path, prefix) : page_name(path_base(file.path), STR(""));
}

// `fxc concept` reads views alone, wherever they lie.
static bool only_views(const Opening *opening, Str path) {
  return opening->request->goal == GOAL_CONCEPT && has_suffix(path, view_suffixes);
}

// A file of the project is called the same whichever way leads to it: "../shop/concept/a.html",
// "/srv/shop/…".
static Str given_root_path(const Opening *opening, Str path) {
  const Project *project = opening->project;
  Arena *arena = opening->arena;
  char *found = getcwd(NULL, 0);
  Str here = str_copy(arena, found ? str_from(found) : STR("/"));
  free(found);
  Str root = path_normal(arena, path_join(arena, here, project->root));
  Str inside = path_relative(arena, root, path_normal(arena, path_join(arena, here, path)));
  if (!str_starts(inside, STR(".."))) return inside;
  return project->below.len ? path_normal(arena, path_join(arena, project->below, path))
                            : path_relative(arena, project->root, path);
}

static void take_given(Opening *opening, Str given) {
  Project *project = opening->project;
  Str path = path_normal(opening->arena, given), prefix = STR("");
  ProjectFile file = {.path = path, .root_path = given_root_path(opening, path)};
  file.source = sources_add(opening->sources, file.path, file.root_path);
  strmap_put(opening->arena, &opening->given, file.root_path, NULL);
  if (!inputs_exists(opening->inputs, path)) {
    diag_add(opening->diags, FX8001, span_file(file.source), "cannot read the file: %s", strerror(ENOENT));
  } else if (inputs_is_directory(opening->inputs, path)) {
    Diag *diag = diag_add(opening->diags, FX8001, span_file(file.source),
                          "a directory stands for its project, and only alone");
    diag_help(diag, "give one directory, or files");
  } else if (has_suffix(path, page_suffixes)) {
    file.name = given_name(file, &project->settings.concept);
    add_as(opening, PAGES, file);
  } else if (find_prefix(&project->settings.views, file.root_path, &prefix) || only_views(opening, path)) {
    file.name = given_name(file, &project->settings.views);
    add_as(opening, VIEWS, file);
  } else if (has_suffix(path, manifest_suffixes)) {
    file.name = given_name(file, &project->settings.manifests);
    vec_push(opening->arena, &project->manifests, file);
  } else {
    Diag *diag = diag_add(opening->diags, FX8001, span_file(file.source),
                          "fxc does not know what kind of file this is");
    diag_help(diag,
              "concepts end in .html or .htm, manifests in .fx, .yaml, .yml or .json, views lie in views/");
  }
}

/* Pages that would be written to one file */

// Two suffixes, two globs, or files given from two directories may lead to one name.
void project_check_outputs(const Project *project, DiagBag *diags) {
  Arena scratch = {0};
  StrMap by_name = {0};
  for (size_t i = 0; i < project->pages.len; i++) {
    const ProjectFile *page = &project->pages.data[i];
    bool added;
    uint32_t *first = strmap_put(&scratch, &by_name, page->name, &added);
    if (added) {
      *first = (uint32_t)i;
      continue;
    }
    const ProjectFile *other = &project->pages.data[*first];
    Diag *diag = diag_add(diags, FX5004, span_file(page->source),
                          "this page and '%.*s' are both written to 'pages/%.*s.tsx'",
                          STR_ARG(other->root_path), STR_ARG(page->name));
    diag_note(diag, span_file(other->source), "the other page");
    diag_help(diag, "rename one of the two, or leave it out with 'exclude' in the project file");
  }
  arena_free(&scratch);
}

// Where outputs go, seen from the root, and back. Both may lie anywhere, so they are compared by their whole
// paths.
static void relate_output(const Opening *opening) {
  Project *project = opening->project;
  Arena *arena = opening->arena;
  char *found = getcwd(NULL, 0);
  Str here = str_copy(arena, found ? str_from(found) : STR("/"));
  free(found);
  Str root = path_normal(arena, path_join(arena, here, project->root));
  Str output = path_normal(arena, path_join(arena, here, project->output));
  Str path = path_relative(arena, root, output);
  project->output_from_root = str_starts(path, STR("..")) ? output : path;
  project->root_from_output = path_relative(arena, output, root);
}

static bool open_settings(Opening *opening) {
  Project *project = opening->project;
  const Request *request = opening->request;
  if (!read_settings(opening, project->file)) return false;
  project->output = request->output.data
                        ? request->output
                        : path_join(opening->arena, project->root, project->settings.output.text);
  relate_output(opening);
  return true;
}

static bool begin(Opening *opening, Project *project, const Request *request, Arena *arena, Sources *sources,
                  Inputs *inputs, DiagBag *diags) {
  *opening = (Opening){.project = project,
                       .request = request,
                       .arena = arena,
                       .sources = sources,
                       .inputs = inputs,
                       .diags = diags};
  return open_settings(opening);
}

bool project_open_settings(Project *project, const Request *request, Arena *arena, Sources *sources,
                           Inputs *inputs, DiagBag *diags) {
  Opening opening;
  if (!begin(&opening, project, request, arena, sources, inputs, diags)) return false;
  if (project->settings.templates.len) list(&opening, &project->settings.templates, TEMPLATES);
  return true;
}

bool project_open(Project *project, const Request *request, Arena *arena, Sources *sources, Inputs *inputs,
                  DiagBag *diags) {
  Opening opening;
  if (!begin(&opening, project, request, arena, sources, inputs, diags)) return false;
  for (size_t i = 0; i < request->files.len; i++) take_given(&opening, request->files.data[i]);
  if (!request->files.len || request->manifests_alone) {
    if (!request->map.data && !request->manifests_alone) list(&opening, &project->settings.concept, PAGES);
    if (!request->map.data) list(&opening, &project->settings.views, VIEWS);
    list(&opening, &project->settings.manifests, MANIFESTS);
  }
  if (project->settings.templates.len) list(&opening, &project->settings.templates, TEMPLATES);
  bool whole = !request->map.data && !request->files.len && !request->manifests_alone;
  if (!project->file.data && whole && !project->pages.len && !project->views.len && !project->manifests.len) {
    Diag *diag = diag_add(diags, FX8002, SPAN_NONE,
                          "there is no project here: no project.fx, and no file matches "
                          "concept/**/*.html, views/**/*.{fx,json} or integrations/**/*.{fx,yaml,yml,json}");
    diag_help(diag, "write a concept page into concept/, or go to a project with -C DIR");
    return false;
  }
  for (size_t i = 0; i < request->include.len; i++)
    include(&opening, request->include.data[i], IR_PLACE_INCLUDE);
  if (project->settings.use_stdlib && project->library.len)
    include(&opening, project->library, IR_PLACE_STDLIB);
  return true;
}
