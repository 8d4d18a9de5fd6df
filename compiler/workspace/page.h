/* One page: from bytes to a tree and a fragment, and from these to its component. Nothing here knows of other
 * pages, or of what earlier runs have kept. */
#ifndef FXC_WORKSPACE_PAGE_H
#define FXC_WORKSPACE_PAGE_H

#include "store/fragment.h"
#include "workspace/compilation.h"

/// What one thread has for all its pages.
typedef struct PageWorker {
  Arena scratch;      // reset behind every page
  Arena keep;         // until all pages are joined
  Buf text, map;      // of the component that was made last
  FileFolder folder;  // of the page that was read last
  SuggestWorker suggest;
  double scan_ms, generation_ms;
  double since_ms;  // when the page began that it is at
} PageWorker;

/// A page that was read.
typedef struct PageParse {
  HtmlInput input;
  HtmlTree *tree;     // NULL: no part of it was needed
  bool has_ignores;   // the word stands in it with which comments that silence begin
  Fragment fragment;  // what reading came to, on the worker's scratch or in the tree's text
} PageParse;

/// What a page's outputs are called, and the page as its map sees it.
typedef struct PageNames {
  Str output, map, map_source;
} PageNames;

/// Frees what it has; the worker itself is the caller's.
void page_worker_free(PageWorker *worker);

/// What outputs call the page.
Str page_label(const ProjectFile *file);
/// The names of its outputs, on the arena.
PageNames page_names(const Compilation *compilation, const ProjectFile *file, Arena *arena);

/// Whether components are made, and so whole trees are needed.
bool page_emits(const Compilation *compilation);
/// How many slots of the outputs belong to pages: a component and its map of each, before all other outputs.
size_t page_slots(const Compilation *compilation);

/// Reads a page from its bytes: the project's settings are looked at, its integrations are not. Forms that
/// --emit asks for are appended to `dump`. Everything lies on worker->scratch.
void page_parse(const Compilation *compilation, PageWorker *worker, const ProjectFile *file, Str bytes,
                Buf *dump, PageParse *page);

/// The component and its map, in worker->text and worker->map. What was found out meanwhile is added to
/// `diags`. For pages with a tree, behind the passes that check integrations.
void page_emit(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
               const PageNames *names, const PageParse *page, DiagBag *diags);

/// A copy on `arena` that outlives the page, but for its diagnostics, which are left out.
Fragment page_keep(Arena *arena, const Fragment *fragment);
/// The same of the needs of a page's markup.
CspNeeds page_keep_needs(CspNeeds needs, Arena *arena);

#endif
