/* `fxc link`: objects in the place of pages. All of them are looked at before anything is made of one:
 * whether they are of these pages, settings and interfaces. Then each is read by the thread that has its
 * page. */
#ifndef FXC_WORKSPACE_OBJECT_LINK_H
#define FXC_WORKSPACE_OBJECT_LINK_H

#include "store/fragment.h"
#include "workspace/compilation.h"

/// Looks at the objects of the request and at every page, when manifests and views have been read. FX8007
/// where an object does not fit or a page has none, FX8001 where a file cannot be read; false then.
bool object_link_open(Compilation *compilation);

/// What the object of a page says.
typedef struct ObjectLinked {
  Fragment fragment;  // facts.path and facts.name are set
  Str code;           // the component
  Buf map;            // its source map, as seen from the output folder; the caller frees it
  DiagBag emission;   // what emitting it had to say
} ObjectLinked;

/// Reads the object of page number `index`, whose map lies beside an output from where the page is
/// `map_source`. Everything lies on the arena but the map. May be called by many threads. False, with FX8007
/// or FX8001 in `diags`, when the object is damaged.
bool object_link_page(const Compilation *compilation, size_t index, Str map_source, Arena *arena,
                      DiagBag *diags, ObjectLinked *linked);

#endif
