#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "base/mem.h"

typedef struct Pool {
  PoolJob *job;
  void *context;
  size_t count;
  atomic_size_t next;
  atomic_bool failed;
} Pool;

typedef struct Worker {
  Pool *pool;
  size_t number;
} Worker;

static void take_jobs(void *arg) {
  Worker *worker = arg;
  Pool *pool = worker->pool;
  while (!atomic_load(&pool->failed)) {
    size_t index = atomic_fetch_add(&pool->next, 1);
    if (index >= pool->count) return;
    pool->job(pool->context, index, worker->number);
  }
}

static void *work(void *arg) {
  Worker *worker = arg;
  if (!mem_guard(take_jobs, worker)) atomic_store(&worker->pool->failed, true);
  return NULL;
}

enum { MOST_THREADS = 256 };

bool pool_run(size_t threads, size_t count, PoolJob *job, void *context) {
  Pool pool = {.job = job, .context = context, .count = count};
  if (threads > count) threads = count;
  if (threads > MOST_THREADS) threads = MOST_THREADS;
  pthread_t handles[MOST_THREADS];
  Worker workers[MOST_THREADS];
  size_t started = 1;
  for (; started < threads; started++) {
    workers[started] = (Worker){&pool, started};
    if (pthread_create(&handles[started], NULL, work, &workers[started])) break;  // fewer will do
  }
  workers[0] = (Worker){&pool, 0};
  work(&workers[0]);
  for (size_t i = 1; i < started; i++) pthread_join(handles[i], NULL);
  return !pool.failed;
}

size_t pool_processors(void) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed)) return 1;
  int count = CPU_COUNT(&allowed);
  return count > 0 ? (size_t)count : 1;
}
