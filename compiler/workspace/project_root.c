/* In: the current directory, the environment, where fxc itself lies. Out: the project's root and file, and
 * the standard library. Surprising: nothing is read here, so that a run can look into the root's cache first.
 */
#include <stdlib.h>
#include <unistd.h>

#include "workspace/project.h"

enum { DEEPEST_PARENT = 64 };

const char *const project_files[PROJECT_FILES] = {"project.fx", "project.yaml", "project.yml",
                                                  "project.json"};

static size_t depth_of(Arena *arena, Str directory) {
  char *path = realpath(str_cstr(arena, directory), NULL);
  size_t depth = 0;
  for (char *c = path; c && *c; c++) depth += *c == '/';
  free(path);
  return depth;
}

// The nearest directory from `start` upwards that holds a project file, as a relative path; *file is that
// file, absent when there is none.
static void find_root(Inputs *inputs, Arena *arena, Str start, Str *root, Str *file) {
  Str directory = path_normal(arena, start);
  size_t depth = depth_of(arena, start);
  for (size_t up = 0; up <= depth && up < DEEPEST_PARENT; up++) {
    for (size_t i = 0; i < PROJECT_FILES; i++) {
      *file = path_join(arena, directory, str_from(project_files[i]));
      *root = directory;
      if (inputs_exists(inputs, *file)) return;
    }
    directory = path_normal(arena, str_printf(arena, "%.*s/..", STR_ARG(directory)));
  }
  *root = path_normal(arena, start);
  *file = STR_NONE;
}

// The current directory as the root sees it, when the root lies above: "concept/shop" for "../..". Empty
// otherwise.
static Str below_root(Arena *arena, Str root) {
  size_t levels = 0;
  for (Str part; str_split(&root, '/', &part); levels++)
    if (!str_eq(part, STR(".."))) return STR("");
  char *here = getcwd(NULL, 0);
  Str path = str_copy(arena, here ? str_from(here) : STR("")), rest = path;
  free(here);
  for (; levels && rest.len; levels--) {
    ptrdiff_t slash = str_rfind_char(rest, '/');
    if (slash < 0) return STR("");
    rest = str_take(rest, (size_t)slash);
  }
  return str_skip(path, rest.len + 1);
}

/// Where the standard library lies: $FXC_STDLIB, else beside the executable; empty when there is none.
static Str find_library(Inputs *inputs, Arena *arena) {
  const char *named = inputs_env(inputs, "FXC_STDLIB");
  if (named && *named) return str_from(named);
  char self[4096];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self);
  if (length <= 0) return STR("");
  Str directory = path_directory((Str){self, (size_t)length});
  static const char *const places[] = {"../stdlib", "../share/fxc/stdlib"};
  for (size_t i = 0; i < 2; i++) {
    Str place = path_normal(arena, path_join(arena, directory, str_from(places[i])));
    char here[4096];
    if (inputs_is_directory(inputs, place))
      return getcwd(here, sizeof here) ? path_relative(arena, str_from(here), place) : place;
  }
  return STR("");
}

void project_find(Project *project, const Request *request, Arena *arena, Inputs *inputs) {
  find_root(inputs, arena, request->start.data ? request->start : STR("."), &project->root, &project->file);
  project->below = below_root(arena, project->root);
  project->library = find_library(inputs, arena);
}
