/* One page, from bytes to what is said of it and to its component. */
#ifndef FXC_WORKSPACE_PAGE_H
#define FXC_WORKSPACE_PAGE_H

#include "store/fragment.h"
#include "workspace/compilation.h"

/// What one thread works with: `scratch` is forgotten with the page, `keep` with the run.
typedef struct PageWorker {
  Arena scratch, keep;
  Buf text, map;
  SuggestWorker suggest;
  double scan_ms, generation_ms;
} PageWorker;

typedef struct PageParse {
  HtmlInput input;
  HtmlTree *tree;
  Fragment fragment;
} PageParse;

typedef struct PageNames {
  Str output, map, map_source;
} PageNames;

/// Reads the page: its tree and fragment, on the worker's scratch. No integration is looked at.
bool page_parse(const Compilation *compilation, PageWorker *worker, const ProjectFile *file, Str bytes,
                bool whole, Buf *dump, PageParse *parse);
/// Emits it against the compilation's integrations into the worker's `text` and `map`.
void page_emit(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
               const PageParse *parse, DiagBag *diags);
/// Where the page's component and map go, below the output folder, and where the page is as the map sees it.
PageNames page_names(const Compilation *compilation, const ProjectFile *file);

#endif
