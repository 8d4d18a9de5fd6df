/* Interfaces of integrations as files, DIR/NAME.fxi: what pages are compiled against where manifests are not
 * read for each of them. A file is sealed (store/seal.h, "fxintfc1") and holds what ir/interface.h writes; it
 * stays untouched while that stays the same, so that Ninja's `restat` sees what has really changed. */
#ifndef FXC_WORKSPACE_OBJECT_INTERFACE_H
#define FXC_WORKSPACE_OBJECT_INTERFACE_H

#include "workspace/compilation.h"
#include "workspace/object/file.h"

/// Writes the interfaces of what the compilation's manifests declare into a directory, which is made. When
/// they are `all` that the project has, those of other names go, and DIR/names lists these, a line each:
/// pages that name something else depend on it. What cannot be written is FX8003.
void object_interfaces_write(Compilation *compilation, Str directory, bool all);

/// Makes the interface of `use->name` known to the compilation's IR and fills in the use. What decided is
/// noted as an input: DIR/NAME.fxi, or where there is none DIR/names, if that exists. False, with FX8007 or
/// FX8001, when the file is not what it should be.
bool object_interface_load(Compilation *compilation, Str directory, ObjectUse *use);

#endif
