/* The views of a project become pages among its concept pages, and concept pages on disk. */
#ifndef FXC_WORKSPACE_VIEWS_H
#define FXC_WORKSPACE_VIEWS_H

#include "workspace/compilation.h"

/// Reads every view, adds its pages to the project's, and takes out concept pages that were made from them.
/// A file with one view is named like the view, where it has a name, else like the file; the pages of an
/// application stand below the name of their file. Reports FX1401, FX1402, FX1203, FX5004, FX5005.
void views_read(Compilation *compilation);

/// What was found out about pages of views says its helps and fixes in HTML: makes them those of the views.
void views_mend(Compilation *compilation);

#endif
