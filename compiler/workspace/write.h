/* The outputs of a project beside its pages: maps, reports, configuration, components. */
#ifndef FXC_WORKSPACE_WRITE_H
#define FXC_WORKSPACE_WRITE_H

#include "workspace/compilation.h"

/// Opens the output directory for as many files as there can be. A failure is FX8003.
void write_open(Compilation *compilation);
/// Makes every output that the goal asks for, behind the passes: stages it, or prints it for --emit.
void write_project(Compilation *compilation);

#endif
