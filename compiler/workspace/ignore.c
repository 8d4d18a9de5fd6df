/* In: comments. Out: suppressions, and fewer warnings. Surprising: a suppression without a reason does not
 * silence anything, so that nobody forgets it. */
#include "workspace/ignore.h"

#include <stdlib.h>

#include "workspace/ignore_notations.h"

static const char word[] = "fxc-ignore";

enum { WORD = sizeof word - 1 };

bool ignore_any(Str text) {
  const char *at = text.data, *end = text.data + text.len;
  while (at && end - at >= WORD) {
    at = memchr(at, 'x', (size_t)(end - at) - 1);
    if (!at) return false;
    if (at > text.data && at[1] == 'c' && end - at >= WORD - 1 && !memcmp(at - 1, word, WORD)) return true;
    at++;
  }
  return false;
}

void ignore_read_file(Arena *arena, SourceId source, Str path, Str bytes, bool ours, DiagBag *bag,
                      Ignores *ignores) {
  if (!ignore_any(bytes)) return;
  if (str_ends(path, STR(".fx")))
    ignore_read_fx(arena, source, bytes, ours, bag, ignores);
  else if (str_ends(path, STR(".yaml")) || str_ends(path, STR(".yml")))
    ignore_read_yaml(arena, source, bytes, ours, bag, ignores);
}

/* What a comment says */

static Span place(const IgnoreComment *comment, size_t start, size_t end) {
  const HtmlInput *input = comment->input;
  uint32_t from = (uint32_t)start, to = (uint32_t)end;
  if (!input) return (Span){comment->source, from, to};
  return (Span){comment->source, html_file_offset(input, from), html_file_offset(input, to)};
}

// The place of a stretch of the comment's inside.
static Span place_of(const IgnoreComment *comment, Str part) {
  size_t start = (size_t)(part.data - comment->text.data);
  return place(comment, start, start + part.len);
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The comment, with the blanks before it where it ends its line, and the line where nothing else stands
// there.
static Span comment_span(const IgnoreComment *comment) {
  Str text = comment->text;
  size_t start = comment->start, end = comment->end;
  while (start > 0 && is_blank(text.data[start - 1])) start--;
  while (end < text.len && (is_blank(text.data[end]) || text.data[end] == '\r')) end++;
  if (end < text.len && text.data[end] != '\n') return place(comment, comment->start, comment->end);
  bool alone = start == 0 || text.data[start - 1] == '\n';
  return place(comment, start, alone ? end + (end < text.len) : comment->end);
}

static Diag *report(const IgnoreComment *comment, DiagBag *bag, Str part, const char *message) {
  return diag_add(bag, FX2017, place_of(comment, part), message, STR_ARG(part));
}

static void take_code(Arena *arena, const IgnoreComment *comment, Str part, Ignore ignore, DiagBag *bag,
                      Ignores *ignores) {
  Str name = str_trim(part);
  ignore.code = diag_code_find(name);
  ignore.place = place_of(comment, name);
  ignore.scope = comment->scope;
  ignore.ours = comment->ours;
  if (ignore.code == DIAG_NONE) {
    Diag *diag = report(comment, bag, name, "'%.*s' is no code of a diagnostic");
    diag_help(diag, "write the code that stands in brackets behind the warning: FX1301");
  } else if (!diag_info(ignore.code)->flag) {
    Diag *diag = report(comment, bag, name, "'%.*s' is an error, and only warnings can be suppressed");
    diag_help(diag, "'fxc explain %.*s' says how to cure it", STR_ARG(name));
  } else {
    vec_push(arena, ignores, ignore);
  }
}

// "FX2014, FX2018": a code goes with the comma and the blanks behind it, the last with the comma before it.
static Str with_comma(Str codes, Str part) {
  const char *end = part.data + part.len, *stop = codes.data + codes.len;
  bool last = end == stop;
  if (last && part.data > codes.data) return str_span(part.data - 1, end);
  while (!last && ++end < stop && strchr(" \t\r\n", *end)) continue;
  while (!last && part.len && is_blank(part.data[0])) part = str_skip(part, 1);
  return str_span(part.data, end);
}

static void take_codes(Arena *arena, const IgnoreComment *comment, Str codes, DiagBag *bag,
                       Ignores *ignores) {
  bool many = str_find_char(codes, ',') >= 0;
  Str rest = codes, part;
  while (str_split(&rest, ',', &part)) {
    Ignore ignore = {.whole = !many};
    ignore.removed = many ? place_of(comment, with_comma(codes, part)) : comment_span(comment);
    take_code(arena, comment, part, ignore, bag, ignores);
  }
}

void ignore_take(Arena *arena, const IgnoreComment *comment, DiagBag *bag, Ignores *ignores) {
  Str inner = str_take(str_skip(comment->text, comment->inner), comment->inner_end - comment->inner);
  Str said = str_trim(inner), keyword = str_take(said, WORD), codes;
  if (!str_eq(keyword, str_from(word))) return;
  Str rest = str_skip(said, WORD);
  if (rest.len && !strchr(" \t\r\n:", rest.data[0])) return;
  bool reason = str_split(&rest, ':', &codes) && str_trim(rest).len;
  codes = str_trim(codes);
  if (!codes.data || !codes.len) {
    Diag *diag = report(comment, bag, keyword, "'%.*s' names no diagnostic");
    diag_help(diag, "write it like 'fxc-ignore FX1301: why this is right here'");
  } else if (!reason) {
    Diag *diag = report(comment, bag, keyword, "'%.*s' gives no reason, so it silences nothing");
    diag_help(diag, "write it like 'fxc-ignore %.*s: why this is right here'", STR_ARG(codes));
  } else {
    take_codes(arena, comment, codes, bag, ignores);
  }
}

/* Applying */

static bool contains(Span scope, Span span) {
  return scope.source == span.source && scope.start <= span.start && span.end <= scope.end;
}

// By file, then code.
static int compare(const void *a, const void *b) {
  const Ignore *x = *(Ignore *const *)a, *y = *(Ignore *const *)b;
  if (x->scope.source != y->scope.source) return x->scope.source < y->scope.source ? -1 : 1;
  return (x->code > y->code) - (x->code < y->code);
}

static bool precedes(const Ignore *ignore, const Diag *diag) {
  if (ignore->scope.source != diag->span.source) return ignore->scope.source < diag->span.source;
  return ignore->code < diag->code;
}

static size_t first_of(Ignore *const *sorted, size_t count, const Diag *diag) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (precedes(sorted[middle], diag))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool is_silenced(Ignore *const *sorted, size_t count, const Diag *diag) {
  bool silenced = false;
  for (size_t i = first_of(sorted, count, diag); i < count; i++) {
    Ignore *ignore = sorted[i];
    if (ignore->scope.source != diag->span.source || ignore->code != diag->code) break;
    if (!contains(ignore->scope, diag->span)) continue;
    if (diag->severity == DIAG_WARNING)
      silenced = ignore->used = true;
    else
      ignore->met_error = true;
  }
  return silenced;
}

void ignore_apply(const Ignores *ignores, DiagBag *bag) {
  Arena scratch = {0};
  Ignore **sorted = arena_array(&scratch, Ignore *, ignores->len + 1);
  size_t count = 0, kept = 0;
  for (size_t i = 0; i < ignores->len; i++)
    if (span_exists(ignores->data[i].scope)) sorted[count++] = &ignores->data[i];
  if (count) qsort(sorted, count, sizeof *sorted, compare);
  for (size_t i = 0; i < bag->list.len; i++) {
    Diag *diag = bag->list.data[i];
    if (!span_exists(diag->span) || !is_silenced(sorted, count, diag)) bag->list.data[kept++] = diag;
  }
  bag->list.len = kept;
  arena_free(&scratch);
}

// Whether the warning would have come up, if there was reason for it.
static bool was_looked_for(const Ignore *ignore, const IgnoreRun *run) {
  DiagStage stage = diag_info(ignore->code)->stage;
  if (ignore->met_error) return true;
  if (run->errors) return false;
  if (ignore->code == FX2012) return run->pages;
  if (ignore->code == FX2014) return run->production;
  if (ignore->code == FX1001) return run->html;
  return stage != STAGE_RUNTIME && stage != STAGE_MONITORING && stage != STAGE_DRIVER;
}

void ignore_report_unused(const Ignores *ignores, const IgnoreRun *run, DiagBag *bag) {
  for (size_t i = 0; i < ignores->len; i++) {
    const Ignore *ignore = &ignores->data[i];
    const char *name = diag_info(ignore->code)->name;
    if (ignore->used || !ignore->ours || !was_looked_for(ignore, run)) continue;
    Diag *diag = diag_add(bag, FX2017, ignore->place, "this suppression silences nothing");
    if (ignore->met_error) diag_help(diag, "%s is an error there, and only warnings can be suppressed", name);
    diag_fix(diag, DIAG_MACHINE_APPLICABLE, ignore->removed, STR(""),
             ignore->whole ? "remove the comment" : "remove '%s'", name);
  }
}
