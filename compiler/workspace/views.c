/* In: files of views. Out: pages of the project that are already text, with their places in the view.
 * Surprising: all of them stay in memory until the end, since one file may hold many pages; a project has few
 * views beside its concept pages. */
#include "workspace/views.h"

#include <errno.h>

#include "ast/ast.h"
#include "base/file.h"
#include "workspace/concept.h"

enum { LARGEST_FILE = 64 * 1024 * 1024 };

static bool read_bytes(Compilation *compilation, const ProjectFile *file, Str *bytes) {
  int error = inputs_read(compilation->inputs, file->path, &compilation->arena, LARGEST_FILE, bytes);
  if (!error) return true;
  if (error == EFBIG)
    diag_add(&compilation->diags, FX8006, span_file(file->source), "the view is larger than 64 MiB");
  else
    diag_add(&compilation->diags, FX8001, span_file(file->source), "cannot read the view: %s",
             strerror(error));
  return false;
}

// "shop/cart" beside or below "shop/views".
static Str page_name(Arena *arena, Str file, const ViewPage *page) {
  if (!page->id.len) return file;
  return path_join(arena, page->below ? file : path_directory(file), page->id);
}

static void add_pages(Compilation *compilation, const ProjectFile *file, Str bytes, ViewPages pages) {
  Arena *arena = &compilation->arena;
  if (!pages.len) return;
  ViewSource *source = arena_new(arena, ViewSource);
  uint32_t bom = str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
  source->bytes = bytes;
  source->lines = lines_find(arena, bytes);
  source->text = (HtmlInput){.text = str_skip(bytes, bom), .bom = bom};
  source->index = utf16_index(arena, source->text.text);
  for (size_t i = 0; i < pages.len; i++) {
    ProjectFile page = *file;
    page.name = page_name(arena, file->name, &pages.data[i]);
    page.view = &pages.data[i];
    if (pages.len > 1)
      page.label = str_printf(arena, "%.*s#%.*s", STR_ARG(file->root_path), STR_ARG(pages.data[i].id));
    page.view_source = source;
    vec_push(arena, &compilation->project.pages, page);
  }
}

static void read_view(Compilation *compilation, const ProjectFile *file) {
  Arena *arena = &compilation->arena;
  DiagBag *diags = &compilation->diags;
  ViewPages pages = {0};
  Str bytes;
  bool others = false;
  if (!read_bytes(compilation, file, &bytes)) return;
  if (ast_is_fx(file->path))
    viewfx_read(arena, file->source, bytes, diags, &pages, &others);
  else
    viewforge_read(arena, file->source, path_base(file->name), bytes, diags, &pages);
  if (others)
    vec_push(arena, &compilation->project.manifests, *file);
  else  // a manifest's comments are read with it
    ignore_read_file(arena, file->source, file->path, bytes, true, diags, &compilation->ignores);
  add_pages(compilation, file, bytes, pages);
}

// Declarations of .fx lie where their authors put them: a view may stand beside the integrations it uses.
static void read_view_among_manifests(Compilation *compilation, const ProjectFile *file) {
  ViewPages pages = {0};
  Str bytes;
  bool others;
  if (file->place != IR_PLACE_PROJECT || !ast_is_fx(file->path)) return;
  if (inputs_read(compilation->inputs, file->path, &compilation->arena, LARGEST_FILE, &bytes))
    return;  // said when it is read
  if (str_find(bytes, STR("view")) < 0) return;
  viewfx_read(&compilation->arena, file->source, bytes, &compilation->diags, &pages, &others);
  add_pages(compilation, file, bytes, pages);
}

/* Concept pages that come from a view */

static const ProjectFile *find_view(const Project *project, Str root_path) {
  for (size_t i = 0; i < project->views.len; i++)
    if (str_eq(project->views.data[i].root_path, root_path)) return &project->views.data[i];
  return NULL;
}

static void report_edited(Compilation *compilation, const ProjectFile *page, const ProjectFile *view) {
  Diag *diag =
      diag_add(&compilation->diags, FX5005, span_file(page->source),
               "this page was made from '%.*s' and edited since; the view counts", STR_ARG(view->root_path));
  diag->severity = DIAG_WARNING;
  diag_help(diag, "take the edits into the view, or remove the view and the first line of the page");
}

// Whether the page is a copy of what a view of the project says.
static bool is_made(Compilation *compilation, const ProjectFile *page) {
  Arena scratch = {0};
  ConceptMark mark;
  Str bytes;
  bool made = false;
  if (!inputs_read(compilation->inputs, page->path, &scratch, LARGEST_FILE, &bytes) &&
      concept_mark_read(&scratch, bytes, &mark)) {
    const ProjectFile *view = find_view(&compilation->project, mark.view);
    made = view != NULL;
    if (made && mark.edited) report_edited(compilation, page, view);
  }
  arena_free(&scratch);
  return made;
}

static void drop_made(Compilation *compilation) {
  Project *project = &compilation->project;
  size_t kept = 0;
  for (size_t i = 0; i < project->pages.len; i++)
    if (!is_made(compilation, &project->pages.data[i])) project->pages.data[kept++] = project->pages.data[i];
  project->pages.len = kept;
}

void views_read(Compilation *compilation) {
  Project *project = &compilation->project;
  bool concept = compilation->request->goal == GOAL_CONCEPT;
  if (concept)
    project->pages.len = 0;
  else if (project->views.len)
    drop_made(compilation);
  size_t manifests = project->manifests.len;
  for (size_t i = 0; i < project->views.len; i++) read_view(compilation, &project->views.data[i]);
  for (size_t i = 0; i < manifests; i++) read_view_among_manifests(compilation, &project->manifests.data[i]);
  if (concept || compilation->request->goal >= GOAL_CHECK)
    project_check_outputs(project, &compilation->diags);
}

void views_mend(Compilation *compilation) {
  const Project *project = &compilation->project;
  size_t count = sources_count(compilation->sources) + 1;
  const ProjectFile **page_of = NULL;  // by source
  for (size_t i = 0; i < project->pages.len; i++) {
    const ProjectFile *page = &project->pages.data[i];
    if (!page->view) continue;
    if (!page_of) page_of = arena_array(&compilation->arena, const ProjectFile *, count);
    page_of[page->source] = page;
  }
  for (size_t i = 0; page_of && i < compilation->diags.list.len; i++) {
    Diag *diag = compilation->diags.list.data[i];
    const ProjectFile *page = page_of[diag->span.source];
    if (page) view_mend(&compilation->diags, diag, page->view_source->bytes, ast_is_fx(page->path));
  }
}
