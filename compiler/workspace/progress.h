/* A progress line on a terminal, for work that takes longer than half a second; never in a pipe. */
#ifndef FXC_WORKSPACE_PROGRESS_H
#define FXC_WORKSPACE_PROGRESS_H

#include "workspace/request.h"

typedef struct Progress Progress;

/// Begins to count `count` pieces of work.
Progress *progress_start(Arena *arena, const Request *request, size_t count);
/// One piece is done; from any thread.
void progress_step(Progress *progress);
/// Takes the line away.
void progress_end(Progress *progress);

#endif
