/* One work queue over a few threads. */
#ifndef FXC_BASE_POOL_H
#define FXC_BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>

/// Does piece `index` of the work; `worker` is 0 … threads - 1 and picks per-thread state.
typedef void PoolJob(void *context, size_t index, size_t worker);

/// Runs job(context, i, worker) for all i < count on up to `threads` threads (the caller is one of
/// them) and returns when all are done. Pieces are taken in order of their index. False when memory
/// ran out in a job; the other jobs have ended then, not all of them done.
bool pool_run(size_t threads, size_t count, PoolJob *job, void *context);

/// The processors this process may use.
size_t pool_processors(void);

#endif
