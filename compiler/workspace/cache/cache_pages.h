/* What the cache knows of one page: its fragment instead of its bytes, and whether its component need not be
 * made again. By many threads. */
#ifndef FXC_WORKSPACE_CACHE_CACHE_PAGES_H
#define FXC_WORKSPACE_CACHE_CACHE_PAGES_H

#include "workspace/page.h"

/// A page on its way through a run; zeroed at first.
typedef struct CachedPage {
  Input input;           // its file; path absent for pages that are not read by themselves
  const IndexPage *old;  // as the last run left it; NULL: it is new
  Digest key;            // of its fragment; zero: it is not kept
  Digest heard;          // fragment_heard()
  Digest output_key;     // of its component; zero: it is not kept
  bool known;            // `fragment` is from the cache
  bool held;             // and the component is there as it should be
  Fragment fragment;     // on worker->keep, or in the pack; without diagnostics when the page is done
  PackPlace place;       // of the fragment; all zero: it is new, or not kept
  Str bytes;             // of a new fragment, on worker->keep
  Str diags;             // of emission, as bytes
  bool same[2];          // the component, its map: still what the last run wrote
  Stamp outputs[2];      // where held or the same: their stamps
} CachedPage;

/// Looks the page up by the stamp of its file, without opening it.
bool cached_by_stamp(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
                     CachedPage *page);
/// By its bytes, which page->input is of.
bool cached_by_digest(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
                      CachedPage *page);
/// Works out page->output_key; `facts` are the page's.
void cached_output_key(const Compilation *compilation, const ProjectFile *file, const PageNames *names,
                       const PageFacts *facts, CachedPage *page);
/// Whether the component of a known page need not be made: what emission said of it is then added to `diags`.
bool cached_is_held(const Compilation *compilation, const ProjectFile *file, const PageNames *names,
                    CachedPage *page, DiagBag *diags);
/// Makes the bytes of a fragment that was not known, and of what emission said (NULL: nothing was emitted).
void cached_remember(const Compilation *compilation, PageWorker *worker, const ProjectFile *file,
                     const Fragment *fragment, const DiagBag *emission, CachedPage *page);

/// Keeps new fragments, and makes the rows of all pages: once, behind the job, in the order of pages.
void cached_join(Compilation *compilation, CachedPage *const *pages, size_t count);

#endif
