/* `fxc -c`: one page or view to an object, or manifests to interfaces. */
#ifndef FXC_WORKSPACE_OBJECT_COMPILE_H
#define FXC_WORKSPACE_OBJECT_COMPILE_H

#include "workspace/compilation.h"

/// For run_work(): the page or view request->files[0] to the object request->output, against the interfaces
/// in request->interfaces or, without these, against the project's manifests. What the page itself says wrong
/// is told; what the project file says wrong stops it, and what else there is to tell is the link's. Nothing
/// is written where there are errors, nor where the object stays the same.
void object_compile(void *compilation);

/// For run_work(): the manifests request->files, or all that the project knows where there are none, to
/// interfaces in the folder request->output (object/interface.h).
void object_compile_manifests(void *compilation);

/// The digest of what the project file, its templates and the command line say to every page: while it stays,
/// an object of the same page and interfaces is the same.
Digest object_settings(const Compilation *compilation);

#endif
