/* A run of the compiler over a project: the one function that tells the story. */
#ifndef FXC_WORKSPACE_COMPILE_H
#define FXC_WORKSPACE_COMPILE_H

#include "workspace/compilation.h"

/// Runs the stages up to the request's goal. The compilation must be zeroed before and freed after, whatever
/// happens. The diagnostics are collected, sorted and filtered, but not printed.
void compile(Compilation *compilation, const Request *request);

#endif
