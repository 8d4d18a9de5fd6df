#include "workspace/metrics.h"

#include <cjson/cJSON.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "workspace/stages.h"

static void block(cJSON *root, const char *name, const char *const *keys, const double *values, int count) {
  cJSON *object = cJSON_AddObjectToObject(root, name);
  for (int i = 0; i < count; i++) cJSON_AddNumberToObject(object, keys[i], values[i]);
}

// Milliseconds with three digits are enough, and read better.
static double rounded(double ms) { return (double)(long long)(ms * 1000 + 0.5) / 1000; }

// In kilobytes, 0 where the system does not say. What getrusage() says would begin with the memory of who
// started this program.
static size_t peak_memory(void) {
  static const Str key = {"\nVmHWM:", 7};
  Arena scratch = {0};
  Str text, number;
  size_t peak = 0;
  if (!file_read(STR("/proc/self/status"), &scratch, 0, &text)) {
    ptrdiff_t at = str_find(text, key);
    number = at < 0 ? STR("") : str_trim(str_skip(text, (size_t)at + key.len));
    for (size_t i = 0; i < number.len && number.data[i] >= '0' && number.data[i] <= '9'; i++)
      peak = peak * 10 + (size_t)(number.data[i] - '0');
  }
  arena_free(&scratch);
  return peak;
}

void metrics_write(const Compilation *compilation, Buf *out) {
  const CompileMetrics *metrics = &compilation->metrics;
  cJSON *root = cJSON_CreateObject();
  if (!root) mem_exhausted();
  block(root, "discovery", (const char *const[]){"files_scanned", "integrations_found", "scan_duration_ms"},
        (const double[]){(double)metrics->files_scanned, (double)metrics->integrations_found,
                         rounded(metrics->scan_ms)},
        3);
  block(root, "validation", (const char *const[]){"valid_count", "invalid_count", "validation_duration_ms"},
        (const double[]){(double)metrics->valid, (double)metrics->invalid, rounded(metrics->validation_ms)},
        3);
  block(root, "generation", (const char *const[]){"components_generated", "generation_duration_ms"},
        (const double[]){(double)metrics->components, rounded(metrics->generation_ms)}, 2);
  block(root, "runtime", (const char *const[]){"active_integrations", "fallback_triggered", "api_calls_24h"},
        (const double[]){0, 0, 0}, 3);
  const OutputCounts *written = &compilation->written;
  block(root, "outputs", (const char *const[]){"written", "unchanged", "removed"},
        (const double[]){(double)written->written, (double)written->unchanged, (double)written->removed}, 3);
  block(root, "cache", (const char *const[]){"pages_known", "pages_held"},
        (const double[]){(double)metrics->pages_known, (double)metrics->pages_held}, 2);
  block(root, "process", (const char *const[]){"cpu_ms", "peak_memory_kb"},
        (const double[]){rounded(clock_cpu_ms()), (double)peak_memory()}, 2);
  char *text = cJSON_Print(root);
  cJSON_Delete(root);
  if (!text) mem_exhausted();
  buf_put(out, str_from(text));
  buf_char(out, '\n');
  cJSON_free(text);
}

void metrics_print(const Compilation *compilation, Buf *out) {
  const CompileMetrics *metrics = &compilation->metrics;
  stages_print(compilation, out);
  buf_printf(out, "discovery  %10.3f ms  %zu pages, %zu bytes; %zu known, %zu of them held\n",
             metrics->scan_ms, metrics->files_scanned, metrics->bytes_scanned, metrics->pages_known,
             metrics->pages_held);
  buf_printf(out, "validation %10.3f ms  %zu valid, %zu invalid\n", metrics->validation_ms, metrics->valid,
             metrics->invalid);
  buf_printf(out, "generation %10.3f ms  %zu components\n", metrics->generation_ms, metrics->components);
  buf_printf(out, "writing    %10.3f ms  %zu written, %zu unchanged, %zu removed\n", metrics->write_ms,
             compilation->written.written, compilation->written.unchanged, compilation->written.removed);
  buf_printf(out, "memory     %10zu KB  at most\n", peak_memory());
}
