/* validate --map: the uses out of a discovery map instead of out of pages. */
#ifndef FXC_WORKSPACE_MAP_H
#define FXC_WORKSPACE_MAP_H

#include "workspace/compilation.h"

/// Adds the pages and uses of the map that the request names, checked against the manifests as pages are, as
/// far as a map tells (it knows no slots). Diagnostics stand at their places in the map.
void map_take_uses(Compilation *compilation);

/// What is wrong is cured in the pages and manifests: no fix edits the map. Behind the passes.
void map_drop_fixes(Compilation *compilation);

#endif
