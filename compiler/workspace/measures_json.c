/* In: snapshots of the runtime (runtime/src/metrics/snapshot.ts) as JSON: one, a list, or one behind the
 * other (JSON lines). Out: their counts, added up by integration. Surprising: a file of many documents is cut
 * at its brackets first, since the reader of JSON takes one document; places are moved back afterwards. */
#include <math.h>
#include <stdlib.h>

#include "base/file.h"
#include "json/json.h"
#include "workspace/measures.h"

// Ends of the histogram's parts, as the runtime has them.
static const double bounds[] = {5,   10,   25,   50,   100,  200,  300,   500,
                                800, 1000, 1500, 2000, 3000, 5000, 10000, 30000};
enum { BOUNDS = sizeof bounds / sizeof *bounds };

typedef struct Snapshot {
  MeasuresReader *reader;
  DocEvents doc;
} Snapshot;

static const DocNode *node_at(const Snapshot *s, uint32_t at) { return doc_node(&s->doc, at); }

static Diag *report(const Snapshot *s, uint32_t node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static Diag *report(const Snapshot *s, uint32_t node, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Diag *diag = diag_vadd(s->reader->bag, FX7005, doc_span(&s->doc, node), format, args);
  va_end(args);
  return diag;
}

/* Members: 0 where there is none, or where it is of another kind (reported) */

static uint32_t member(const Snapshot *s, uint32_t map, const char *key) {
  uint32_t at = map + 1;
  for (uint32_t i = 0; i < node_at(s, map)->count; i++) {
    uint32_t value = node_at(s, at)->next;
    if (str_eq(node_at(s, at)->text, str_from(key))) return value;
    at = node_at(s, value)->next;
  }
  return 0;
}

static bool is(const Snapshot *s, uint32_t node, DocKind kind) {
  static const char *const kinds[] = {
      [DOC_SCALAR] = "a number", [DOC_MAP] = "an object", [DOC_LIST] = "a list"};
  if (node_at(s, node)->kind == kind) return true;
  report(s, node, "expected %s", kinds[kind]);
  return false;
}

static uint32_t needed(const Snapshot *s, uint32_t map, const char *key, DocKind kind) {
  uint32_t value = member(s, map, key);
  if (!value) {
    Span span = doc_span(&s->doc, map);
    measures_report(s->reader, span.start, span.start + 1, "'%s' is missing here", key);
  }
  return value && is(s, value, kind) ? value : 0;
}

// NAN where it is none (reported).
static double number(const Snapshot *s, uint32_t node, bool whole) {
  const DocNode *scalar = node_at(s, node);
  char *end = NULL;
  double value = NAN;
  if (scalar->kind == DOC_SCALAR && scalar->style == DOC_PLAIN && scalar->text.len) {
    const char *text = str_cstr(s->reader->arena, scalar->text);
    value = strtod(text, &end);
    if (*end || end == text) value = NAN;  // true, null
  }
  const char *wrong = isnan(value)                                            ? "expected a number"
                      : value < 0                                             ? "this cannot be negative"
                      : isinf(value) || (whole && value > 9007199254740992.0) ? "this number is too large"
                      : whole && value != (double)(long long)value            ? "expected a whole number"
                                                                              : NULL;
  if (!wrong) return value;
  report(s, node, "%s", wrong);
  return NAN;
}

static double count_of(const Snapshot *s, uint32_t map, const char *key) {
  uint32_t value = member(s, map, key);
  return value ? number(s, value, true) : (needed(s, map, key, DOC_SCALAR), NAN);
}

static double not_more(const Snapshot *s, uint32_t map, const char *part, double count, double whole) {
  if (count > whole) report(s, member(s, map, part), "there cannot be more '%s' than there are in all", part);
  return count;
}

/* What is counted */

static Counts asks_of(const Snapshot *s, uint32_t map) {
  Counts counts = {.asked = count_of(s, map, "asked")};
  counts.errors = not_more(s, map, "errors", count_of(s, map, "errors"), counts.asked);
  counts.timeouts = not_more(s, map, "timeouts", count_of(s, map, "timeouts"), counts.errors);
  return counts;
}

static void add_calls(const Snapshot *s, uint32_t map, Counts *counts) {
  counts->calls = count_of(s, map, "calls");
  counts->fallbacks = not_more(s, map, "fallbacks", count_of(s, map, "fallbacks"), counts->calls);
}

static void read_latency(const Snapshot *s, uint32_t map, Measured *row) {
  uint32_t list = needed(s, map, "counts", DOC_LIST);
  if (!list) return;
  if (node_at(s, list)->count != BOUNDS + 1) {
    report(s, list, "expected %d counts, found %u", BOUNDS + 1, node_at(s, list)->count);
    return;
  }
  double sum = 0;
  uint32_t at = list + 1;
  for (size_t i = 0; i <= BOUNDS; i++, at = node_at(s, at)->next) {
    sum += number(s, at, true);
    measures_time(s->reader, row, i < BOUNDS ? bounds[i] : INFINITY, sum);
  }
}

static void read_releases(const Snapshot *s, uint32_t map, Measured *row) {
  uint32_t at = map + 1;
  for (uint32_t i = 0; i < node_at(s, map)->count; i++) {
    uint32_t release = node_at(s, at)->next;
    at = node_at(s, release)->next;
    if (!is(s, release, DOC_MAP)) continue;
    Counts counts = asks_of(s, release);
    row->total.asked += counts.asked;
    row->total.errors += counts.errors;
    row->total.timeouts += counts.timeouts;
    uint32_t latency = needed(s, release, "latency", DOC_MAP);
    if (latency) read_latency(s, latency, row);
  }
}

static void read_quantiles(const Snapshot *s, uint32_t map, MeasuredWindow *window) {
  static const char *const names[MEASURED_QUANTILES] = {"p50", "p90", "p95", "p99"};
  for (size_t i = 0; i < MEASURED_QUANTILES; i++) {
    uint32_t value = needed(s, map, names[i], DOC_SCALAR);
    bool none =
        value && node_at(s, value)->style == DOC_PLAIN && str_eq(node_at(s, value)->text, STR("null"));
    window->quantiles[i] = value && !none ? number(s, value, false) : NAN;
  }
}

static void read_windows(const Snapshot *s, uint32_t list, Measured *row) {
  uint32_t at = list + 1;
  for (uint32_t i = 0; i < node_at(s, list)->count; i++, at = node_at(s, at)->next) {
    if (!is(s, at, DOC_MAP)) continue;
    MeasuredWindow window = {.snapshot = s->reader->snapshots, .counts = asks_of(s, at)};
    uint32_t over = needed(s, at, "over", DOC_SCALAR), latency = needed(s, at, "latency", DOC_MAP);
    window.over = over ? number(s, over, false) : NAN;
    if (window.over == 0) report(s, over, "a window cannot be 0 ms long");
    add_calls(s, at, &window.counts);
    if (latency) read_quantiles(s, latency, &window);
    if (window.over > 0) vec_push(s->reader->arena, &row->windows, window);
  }
}

static void read_integration(const Snapshot *s, uint32_t key, uint32_t map) {
  if (!is(s, map, DOC_MAP)) return;
  const DocNode *name = node_at(s, key);
  Measured *row = measures_row(s->reader, name->text, doc_inner_span(&s->doc, name, 0, name->text.len));
  Counts calls = {0};
  add_calls(s, map, &calls);
  row->total.calls += calls.calls;
  row->total.fallbacks += calls.fallbacks;
  row->snapshots++;
  uint32_t releases = needed(s, map, "releases", DOC_MAP), windows = needed(s, map, "windows", DOC_LIST);
  if (releases) read_releases(s, releases, row);
  if (windows) read_windows(s, windows, row);
}

/* Snapshots */

static bool is_snapshot(const Snapshot *s, uint32_t node) {
  uint32_t said = node_at(s, node)->kind == DOC_MAP ? member(s, node, "interface") : 0;
  if (said && str_eq(node_at(s, said)->text, STR("runtime-snapshot"))) return true;
  Span span = doc_span(&s->doc, said ? said : node);
  Diag *diag = measures_report(s->reader, span.start, said ? span.end : span.start + 1,
                               said ? "this is no snapshot of the runtime: its 'interface' is '%.*s'"
                                    : "this is no snapshot of the runtime: it has no 'interface'%.*s",
                               STR_ARG(said ? node_at(s, said)->text : STR("")));
  diag_help(diag, "give what the runtime's snapshot() returns, unchanged");
  return false;
}

static void read_snapshot(const Snapshot *s, uint32_t node) {
  if (!is_snapshot(s, node)) return;
  uint32_t map = needed(s, node, "integrations", DOC_MAP), at = map + 1;
  for (uint32_t i = 0; map && i < node_at(s, map)->count; i++) {
    uint32_t value = node_at(s, at)->next;
    read_integration(s, at, value);
    at = node_at(s, value)->next;
  }
  s->reader->snapshots++;
}

static void read_root(const Snapshot *s) {
  uint32_t at = 1;
  if (node_at(s, 0)->kind != DOC_LIST) {
    read_snapshot(s, 0);
    return;
  }
  for (uint32_t i = 0; i < node_at(s, 0)->count; i++, at = node_at(s, at)->next) read_snapshot(s, at);
}

/* Documents */

static size_t string_end(Str text, size_t at) {
  for (at++; at < text.len && text.data[at] != '"'; at++)
    if (text.data[at] == '\\') at++;
  return at < text.len ? at + 1 : text.len;
}

// Behind the bracket that closes what opens at `at`; the end of the line where nothing opens.
static size_t document_end(Str text, size_t at) {
  size_t depth = 0;
  while (at < text.len) {
    char c = text.data[at];
    if (c == '"') {
      at = string_end(text, at);
      continue;
    }
    if (c == '{' || c == '[') depth++;
    if ((c == '}' || c == ']') && depth) depth--;
    at++;
    if (!depth && (c == '}' || c == ']' || c == '\n')) break;
  }
  return at;
}

static void report_duplicate(void *context, uint32_t key, uint32_t first) {
  const Snapshot *s = context;
  Diag *diag = report(s, key, "the key '%.*s' stands twice in one object", STR_ARG(node_at(s, key)->text));
  diag_note(diag, doc_span(&s->doc, first), "it stands here already");
}

// What is no JSON is no snapshot either; an encoding or a limit stays what it is.
static void move_diags(MeasuresReader *reader, const DiagBag *found, uint32_t by) {
  for (size_t i = 0; i < found->list.len; i++) {
    const Diag *diag = found->list.data[i];
    Span span = {reader->source, diag->span.start + by, diag->span.end + by};
    Diag *moved = diag_add(reader->bag, diag->code == FX2005 ? FX7005 : diag->code, span, "%.*s",
                           STR_ARG(diag->message));
    if (diag->code == FX8005) moved->severity = DIAG_ERROR;
    for (size_t h = 0; h < diag->helps.len; h++) diag_help(moved, "%.*s", STR_ARG(diag->helps.data[h]));
  }
}

static void read_document(MeasuresReader *reader, size_t start, size_t end) {
  Snapshot snapshot = {.reader = reader};
  DiagBag found = {.arena = reader->arena};
  size_t length = end - start;
  char *copy = arena_zero(reader->arena, length + FILE_PADDING);
  memcpy(copy, reader->bytes.data + start, length);
  bool good = json_events(reader->arena, reader->source, (Str){copy, length}, &found, &snapshot.doc);
  move_diags(reader, &found, (uint32_t)start);
  if (!good) return;
  for (size_t i = 0; i < snapshot.doc.nodes.len; i++) {
    snapshot.doc.nodes.data[i].start += (uint32_t)start;
    snapshot.doc.nodes.data[i].end += (uint32_t)start;
  }
  snapshot.doc.bytes = reader->bytes;
  doc_find_duplicates(&snapshot.doc, reader->arena, report_duplicate, &snapshot);
  read_root(&snapshot);
}

void measures_read_json(MeasuresReader *reader) {
  Str text = reader->bytes;
  size_t at = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
  while (at < text.len) {
    if (str_is_space(text.data[at])) {
      at++;
      continue;
    }
    size_t end = document_end(text, at), errors = reader->bag->list.len;
    read_document(reader, at, end);
    if (reader->bag->list.len > errors) return;  // one document that is wrong is enough to know
    at = end;
  }
}
