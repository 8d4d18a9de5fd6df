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
  bool spread;        // threads begin elsewhere, and may go anywhere then:
  cpu_set_t allowed;  // the processors of this process
} Pool;

typedef struct Worker {
  Pool *pool;
  size_t number;
  atomic_bool done;  // nothing of the pool is touched any more
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
  const Pool *pool = worker->pool;
  if (worker->number && pool->spread)
    pthread_setaffinity_np(pthread_self(), sizeof pool->allowed, &pool->allowed);
  if (!mem_guard(take_jobs, worker)) atomic_store(&worker->pool->failed, true);
  atomic_store(&worker->done, true);
  return NULL;
}

enum { MOST_THREADS = 256, SPINS = 2000 };

static inline void pause_a_moment(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// Threads end at nearly the same time. To be woken when one has ended, and to see it go, takes longer than to
// look a few times whether its work is done.
static void wait_for(pthread_t handle, const Worker *worker) {
  for (int i = 0; i < SPINS && !atomic_load(&worker->done); i++) pause_a_moment();
  if (atomic_load(&worker->done))
    pthread_detach(handle);
  else
    pthread_join(handle, NULL);
}

// A new thread often waits behind the one that made it, a millisecond and more, while another processor is
// idle: so it begins on any but ours.
static pthread_attr_t *begin_elsewhere(Pool *pool, pthread_attr_t *attributes) {
  int here = sched_getcpu();
  if (here < 0 || sched_getaffinity(0, sizeof pool->allowed, &pool->allowed)) return NULL;
  cpu_set_t others = pool->allowed;
  CPU_CLR((size_t)here, &others);
  if (!CPU_COUNT(&others) || pthread_attr_init(attributes)) return NULL;
  pool->spread = !pthread_attr_setaffinity_np(attributes, sizeof others, &others);
  return attributes;
}

bool pool_run(size_t threads, size_t count, PoolJob *job, void *context) {
  Pool pool = {.job = job, .context = context, .count = count};
  if (threads > count) threads = count;
  if (threads > MOST_THREADS) threads = MOST_THREADS;
  pthread_t handles[MOST_THREADS];
  Worker workers[MOST_THREADS];
  pthread_attr_t space, *attributes = threads > 1 ? begin_elsewhere(&pool, &space) : NULL;
  size_t started = 1;
  for (; started < threads; started++) {
    workers[started] = (Worker){.pool = &pool, .number = started};
    if (pthread_create(&handles[started], attributes, work, &workers[started])) break;  // fewer will do
  }
  if (attributes) pthread_attr_destroy(attributes);
  workers[0] = (Worker){.pool = &pool};
  work(&workers[0]);
  for (size_t i = 1; i < started; i++) wait_for(handles[i], &workers[i]);
  return !pool.failed;
}

size_t pool_processors(void) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed)) return 1;
  int count = CPU_COUNT(&allowed);
  return count > 0 ? (size_t)count : 1;
}
