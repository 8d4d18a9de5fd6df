/* In: the command line and the project file. Out: every folder and file that a build would ask about.
 * Surprising: what is not there counts too, as the name that would appear; a project file beside the one
 * that counts, or between here and the root, would make another project of it. */
#include "watch/scan.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "base/glob.h"
#include "workspace/globs.h"

enum { MOST_LINKS = 40, LONGEST_LINK = 4096, DEEPEST_PARENT = 64 };

static void add_globs(WatchRules *rules, Arena *arena, const ProjectTexts *globs) {
  for (size_t i = 0; i < globs->len; i++) vec_push(arena, &rules->globs, globs->data[i].text);
}

static void add_file(WatchRules *rules, Arena *arena, Str path) {
  if (path.data) vec_push(arena, &rules->files, path_normal(arena, path));
}

// From where the search for the project begins up to the root that it found.
static void add_project_files(WatchRules *rules, Arena *arena) {
  const Request *request = rules->request;
  Str folder = path_normal(arena, request->start.data ? request->start : STR("."));
  for (int up = 0; up < DEEPEST_PARENT; up++) {
    for (size_t i = 0; i < PROJECT_FILES; i++)
      add_file(rules, arena, path_join(arena, folder, str_from(project_files[i])));
    if (str_eq(folder, rules->project.root) || str_eq(folder, STR("/"))) return;
    folder = path_normal(arena, str_printf(arena, "%.*s/..", STR_ARG(folder)));
  }
}

static void add_given(WatchRules *rules, Arena *arena) {
  const Request *request = rules->request;
  for (size_t i = 0; i < request->files.len; i++) add_file(rules, arena, request->files.data[i]);
  add_file(rules, arena, request->map);
  add_file(rules, arena, request->from);
}

static void add_variables(WatchRules *rules, Arena *arena) {
  Str root = rules->project.root, name = rules->request->environment;
  if (!name.data) return;
  add_file(rules, arena, path_join(arena, root, STR(".env")));
  add_file(rules, arena, path_join(arena, root, str_printf(arena, ".env.%.*s", STR_ARG(name))));
}

WatchRules *watch_rules(Arena *arena, const Request *request) {
  WatchRules *rules = arena_new(arena, WatchRules);
  DiagBag ignored = {.arena = arena};
  Sources *sources = sources_new();
  rules->request = request;
  Inputs *inputs = inputs_new(request->unsaved);
  project_find(&rules->project, request, arena, inputs);
  project_open(&rules->project, request, arena, sources, inputs, &ignored);
  inputs_free(inputs);
  sources_free(sources);
  const Project *project = &rules->project;
  const ProjectSettings *settings = &project->settings;
  if (!request->files.len) {
    add_globs(rules, arena, &settings->concept);
    add_globs(rules, arena, &settings->views);
    add_globs(rules, arena, &settings->manifests);
  }
  add_globs(rules, arena, &settings->templates);
  add_project_files(rules, arena);
  add_given(rules, arena);
  add_variables(rules, arena);
  for (size_t i = 0; i < request->include.len; i++)
    vec_push(arena, &rules->libraries, request->include.data[i]);
  if (settings->use_stdlib && project->library.len) vec_push(arena, &rules->libraries, project->library);
  rules->lock = path_join(arena, project->root, STR("fx.lock"));
  if (project->output.len)
    rules->overrides = path_join(arena, project->output, STR("runtime-overrides.json"));
  return rules;
}

static bool is_excluded(const WatchRules *rules, Str path) {
  const ProjectTexts *exclude = &rules->project.settings.exclude;
  for (size_t i = 0; i < exclude->len; i++)
    if (glob_match(exclude->data[i].text, path)) return true;
  return false;
}

// "generated.fx-stage.17": where a build keeps its outputs until it is done.
static bool is_staging(const WatchRules *rules, Str path) {
  Str output = rules->project.output_from_root;
  return str_starts(path, output) && str_starts(str_skip(path, output.len), STR(".fx-"));
}

bool watch_rules_take(const WatchRules *rules, Arena *arena, Str path, bool is_folder) {
  if (is_folder && is_staging(rules, path)) return false;
  Str inside = is_folder ? str_printf(arena, "%.*s/", STR_ARG(path)) : path;
  for (size_t i = 0; i < rules->globs.len; i++) {
    Str glob = rules->globs.data[i];
    bool matches = is_folder ? glob_may_enter(glob, path) : glob_match(glob, path);
    if (matches && globs_spell_hidden(glob, inside)) return is_folder || !is_excluded(rules, path);
  }
  return false;
}

bool watch_rules_take_library(Str name, bool is_folder) {
  static const char *const suffixes[] = {".yaml", ".yml", ".json", ".fx"};
  Str base = path_base(name);
  if (is_folder) return !str_starts(base, STR(".")) && !str_eq(base, STR("node_modules"));
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
    if (str_ends(base, str_from(suffixes[i]))) return true;
  return false;
}

/* Scanning */

typedef struct Scan {
  const WatchRules *rules;
  Arena *arena;
  const WatchVisit *visit;
  Str base;  // the folder that is walked
  WatchKind kind;
} Scan;

WatchPlace watch_nearest(Arena *arena, Str path) {
  Str at = path_normal(arena, path), folder = path_directory(at);
  while (!file_is_directory(folder) && !str_eq(folder, STR(".")) && !str_eq(folder, STR("/"))) {
    at = folder;
    folder = path_directory(at);
  }
  return (WatchPlace){WATCH_NAME, folder, STR_NONE, path_base(at)};
}

static bool read_link(Arena *arena, Str path, Str *target) {
  char text[LONGEST_LINK];
  ssize_t length = readlink(str_cstr(arena, path), text, sizeof text);
  if (length <= 0 || length == sizeof text) return false;
  *target = path_join(arena, path_directory(path), str_copy(arena, (Str){text, (size_t)length}));
  return true;
}

// The name itself and, of a link, every name on the way to what it stands for.
static void meet_names(Scan *scan, Str path, bool own) {
  Str at = path, target;
  for (int i = 0; i < MOST_LINKS; i++) {
    WatchPlace place = watch_nearest(scan->arena, at);
    bool named = !str_eq(place.name, STR(".")) && !str_eq(place.name, STR(".."));
    if (named && (own || i > 0)) scan->visit->place(scan->visit->context, &place);
    if (!read_link(scan->arena, at, &target)) return;
    at = target;
  }
}

static void meet_file(Scan *scan, Str path) {
  if (scan->visit->file) scan->visit->file(scan->visit->context, path);
}

static bool takes(Scan *scan, Str path, bool is_folder) {
  if (scan->kind == WATCH_LIBRARY) return watch_rules_take_library(path, is_folder);
  return watch_rules_take(scan->rules, scan->arena, path, is_folder);
}

// The walk knows a plain file by its entry alone, without a number; what has one may be a link.
static bool visit_file(void *context, Str path, const struct stat *info) {
  Scan *scan = context;
  if (!takes(scan, path, false)) return true;
  Str full = path_join(scan->arena, scan->base, path);
  if (info->st_ino || !S_ISREG(info->st_mode)) meet_names(scan, full, false);
  meet_file(scan, full);
  return true;
}

static bool enter_folder(void *context, Str path) {
  Scan *scan = context;
  if (!takes(scan, path, true)) return false;
  WatchPlace place = {.kind = scan->kind, .inside = path};
  place.folder = path_join(scan->arena, scan->base, path);
  scan->visit->place(scan->visit->context, &place);
  return true;
}

static void scan_folder(Scan *scan, WatchKind kind, Str folder) {
  Str failed;
  scan->kind = kind;
  scan->base = folder.len ? folder : STR(".");
  meet_names(scan, scan->base, true);
  WatchPlace place = {.kind = kind, .folder = scan->base, .inside = STR(".")};
  scan->visit->place(scan->visit->context, &place);
  file_walk(scan->base, visit_file, enter_folder, scan, scan->arena, &failed);
}

void watch_scan(const WatchRules *rules, Arena *arena, const WatchVisit *visit) {
  Scan scan = {.rules = rules, .arena = arena, .visit = visit};
  for (size_t i = 0; i < rules->files.len; i++) {
    meet_names(&scan, rules->files.data[i], true);
    meet_file(&scan, rules->files.data[i]);
  }
  scan_folder(&scan, WATCH_TREE, rules->project.root);
  for (size_t i = 0; i < rules->libraries.len; i++)
    scan_folder(&scan, WATCH_LIBRARY, rules->libraries.data[i]);
}
