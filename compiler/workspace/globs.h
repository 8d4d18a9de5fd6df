/* The globs of the project file: they stay inside the project, and they match something. */
#ifndef FXC_WORKSPACE_GLOBS_H
#define FXC_WORKSPACE_GLOBS_H

#include "ast/project.h"

/// Reports globs that could leave the project (FX1202) and takes them out; "./" in front of one is dropped.
void globs_check(ProjectSettings *settings, DiagBag *diags);

/// FX1201 for every written glob that is not marked as found; `found` lies beside the globs.
void globs_report_unmatched(const ProjectTexts *globs, const bool *found, DiagBag *diags);

/// Hidden files and folders, and node_modules, count only for patterns that spell them out (an editor's lock
/// beside the file is no page); `path` is a file's, or a folder's with a '/' behind it.
bool globs_spell_hidden(Str pattern, Str path);

#endif
