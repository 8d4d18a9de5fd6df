/* What every harness shares: the input as file_read() would give it, and one arena a run. A harness defines
 * fuzz_one(); it may leave by mem_guard(), and whatever the sanitizers object to ends the run. */
#ifndef FXC_TESTS_FUZZ_H
#define FXC_TESTS_FUZZ_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

static void fuzz_one(Arena *arena, Str input);

typedef struct FuzzRun {
  Arena arena;
  Str input;
} FuzzRun;

static void fuzz_body(void *arg) {
  FuzzRun *run = arg;
  fuzz_one(&run->arena, run->input);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *copy = calloc(1, size + FILE_PADDING);
  if (!copy) return 0;
  if (size) memcpy(copy, data, size);
  FuzzRun run = {.input = {copy, size}};
  mem_guard(fuzz_body, &run);
  arena_free(&run.arena);
  free(copy);
  return 0;
}

#endif
