/* In: globs as the project file has them. Out: those that may be walked. `..` and absolute paths are looked
 * for in the text, alternatives included, so that `{a,../b}` does not slip through; a glob that goes up and
 * comes back is refused as well, since the walk meets no such name. */
#include "workspace/globs.h"

#include "base/glob.h"

// Where a name of the path may begin: at the start, behind '/', and behind '{' or ',' of alternatives.
static bool begins_name(Str glob, size_t at) { return at == 0 || strchr("/{,", glob.data[at - 1]) != NULL; }
static bool ends_name(Str glob, size_t at) { return at == glob.len || strchr("/},", glob.data[at]) != NULL; }

// The bytes that lead out of the project; *length is 0 when there are none.
static size_t way_out(Str glob, size_t *length) {
  bool first = true;  // still in the first name
  for (size_t i = 0; i < glob.len; i++) {
    bool slash = glob.data[i] == '/';
    if (slash && first && begins_name(glob, i)) {
      *length = 1;
      return i;
    }
    first = first && !slash;
    if (!begins_name(glob, i) || !str_starts(str_skip(glob, i), STR("..")) || !ends_name(glob, i + 2))
      continue;
    *length = 2;
    return i;
  }
  *length = 0;
  return 0;
}

static bool is_safe(const ProjectSettings *settings, ProjectText glob, DiagBag *diags) {
  size_t length, at = way_out(glob.text, &length);
  if (!length) return true;
  Diag *diag = diag_add(diags, FX1202, project_part(settings, glob, at, at + length),
                        length == 1 ? "the pattern is an absolute path" : "the pattern leaves the project");
  diag_help(diag,
            "patterns are relative to the folder of the project file and stay below it; manifests that lie "
            "elsewhere are found with -I DIR");
  return false;
}

static Str without_dot(Str glob) {
  while (str_starts(glob, STR("./"))) glob = str_skip(glob, 2);
  return glob;
}

static void keep_safe(const ProjectSettings *settings, ProjectTexts *globs, DiagBag *diags) {
  size_t kept = 0;
  for (size_t i = 0; i < globs->len; i++) {
    ProjectText glob = globs->data[i];
    if (!is_safe(settings, glob, diags)) continue;
    glob.text = without_dot(glob.text);
    globs->data[kept++] = glob;
  }
  globs->len = kept;
}

void globs_check(ProjectSettings *settings, DiagBag *diags) {
  keep_safe(settings, &settings->concept, diags);
  keep_safe(settings, &settings->views, diags);
  keep_safe(settings, &settings->manifests, diags);
  keep_safe(settings, &settings->exclude, diags);
}

void globs_report_unmatched(const ProjectTexts *globs, const bool *found, DiagBag *diags) {
  for (size_t i = 0; i < globs->len; i++) {
    const ProjectText *glob = &globs->data[i];
    if (found[i] || !span_exists(glob->span)) continue;
    Diag *diag = diag_add(diags, FX1201, glob->span, "the pattern matches no file");
    diag_help(diag,
              "'*' and '?' stay within one name, '**' crosses folders; links to folders are not followed");
  }
}

// Whether the pattern's last name begins with a dot, as far as it is spelled out.
static bool ends_hidden(Str pattern) {
  ptrdiff_t slash = str_rfind_char(pattern, '/');
  return str_starts(str_skip(pattern, (size_t)(slash + 1)), STR("."));
}

bool globs_spell_hidden(Str pattern, Str path) {
  const char *end = path.data + path.len, *name = path.data, *slash;
  for (; (slash = memchr(name, '/', (size_t)(end - name))) != NULL; name = slash + 1) {
    bool hidden = *name == '.' || str_eq(str_span(name, slash), STR("node_modules"));
    if (hidden && !str_starts(glob_fixed_prefix(pattern), str_span(path.data, slash + 1))) return false;
  }
  return name == end || *name != '.' || ends_hidden(pattern);
}
