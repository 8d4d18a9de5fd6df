/* In: Prometheus' text format 0.0.4, or OpenMetrics' (`# EOF`, timestamps with fractions, exemplars). Out:
 * the counts of our own metrics, added up over releases, sides and servers. Lines of other metrics are only
 * held to the grammar. The first line that breaks it ends the reading. */
#include <math.h>
#include <stdlib.h>

#include "workspace/measures.h"

// What of a sample matters here; data NULL: no such label.
typedef struct Sample {
  Str metric, integration, result, le;
  size_t start, end;                        // of the metric's name
  size_t at_integration, at_result, at_le;  // where the values stand
  double value;
  size_t at_value, value_end;
} Sample;

typedef struct Lines {
  MeasuresReader *reader;
  Str text;
  size_t at, end, next;  // in the line, behind it, and where the next one begins
} Lines;

static char next(const Lines *in) { return in->at < in->end ? in->text.data[in->at] : '\0'; }

static void skip_blanks(Lines *in) {
  while (next(in) == ' ' || next(in) == '\t') in->at++;
}

static bool is_name_char(char c, bool first, bool colon) {
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c == ':' && colon);
  return letter || (c >= '0' && c <= '9' && !first);
}

static Str take_name(Lines *in, bool colon) {
  size_t start = in->at;
  while (in->at < in->end && is_name_char(in->text.data[in->at], in->at == start, colon)) in->at++;
  return str_span(in->text.data + start, in->text.data + in->at);
}

// The rest of a code point, so that what is underlined is whole.
static bool malformed(Lines *in, const char *expected) {
  size_t end = in->at + (in->at < in->end);
  while (end < in->end && ((unsigned char)in->text.data[end] & 0xC0) == 0x80) end++;
  Diag *diag = measures_report(in->reader, in->at, end, "expected %s", expected);
  diag_help(diag, "a line is a metric in Prometheus' text format: name{label=\"value\"} 12");
  return false;
}

/* Labels */

static Str unescaped(Arena *arena, Str raw) {
  if (str_find_char(raw, '\\') < 0) return raw;
  char *text = arena_alloc(arena, raw.len + 1);
  size_t length = 0;
  for (size_t i = 0; i < raw.len; i++) {
    char c = raw.data[i];
    if (c == '\\' && i + 1 < raw.len) c = raw.data[++i] == 'n' ? '\n' : raw.data[i];
    text[length++] = c;
  }
  return (Str){text, length};
}

static bool take_value_of_label(Lines *in, Str *value, size_t *at) {
  if (next(in) != '"') return malformed(in, "a label's value in double quotes");
  size_t start = ++in->at;
  while (in->at < in->end && in->text.data[in->at] != '"') in->at += in->text.data[in->at] == '\\' ? 2 : 1;
  if (in->at >= in->end) {
    in->at = start - 1;
    return malformed(in, "a '\"' that closes this value on its line");
  }
  *at = start;
  *value = unescaped(in->reader->arena, str_span(in->text.data + start, in->text.data + in->at));
  in->at++;
  return true;
}

static bool take_label(Lines *in, Sample *sample) {
  Str name = take_name(in, false), value;
  size_t at = 0;
  if (!name.len) return malformed(in, "the name of a label, or '}'");
  skip_blanks(in);
  if (next(in) != '=') return malformed(in, "'=' behind a label's name");
  in->at++;
  skip_blanks(in);
  if (!take_value_of_label(in, &value, &at)) return false;
  if (str_eq(name, STR("integration"))) sample->integration = value, sample->at_integration = at;
  if (str_eq(name, STR("result"))) sample->result = value, sample->at_result = at;
  if (str_eq(name, STR("le"))) sample->le = value, sample->at_le = at;
  skip_blanks(in);
  if (next(in) != ',' && next(in) != '}') return malformed(in, "',' or '}' behind a label");
  if (next(in) == ',') in->at++;
  skip_blanks(in);
  return true;
}

static bool take_labels(Lines *in, Sample *sample) {
  if (next(in) != '{') return true;
  in->at++;
  skip_blanks(in);
  while (next(in) != '}')
    if (!take_label(in, sample)) return false;
  in->at++;
  return true;
}

/* Samples */

// As Go's ParseFloat has it, but for digits parted by '_'.
static bool read_number(Arena *arena, Str text, double *value) {
  char *end;
  if (!text.len || str_find_char(text, '(') >= 0) return false;
  const char *copy = str_cstr(arena, text);
  *value = strtod(copy, &end);
  return !*end && end == copy + text.len;
}

static Str take_word(Lines *in) {
  size_t start = in->at;
  while (in->at < in->end && next(in) != ' ' && next(in) != '\t') in->at++;
  return str_span(in->text.data + start, in->text.data + in->at);
}

static bool take_number(Lines *in, double *value, const char *expected) {
  size_t start = in->at;
  if (read_number(in->reader->arena, take_word(in), value)) return true;
  in->at = start;
  return malformed(in, expected);
}

static bool take_sample(Lines *in, Sample *sample) {
  double when;
  sample->start = in->at;
  sample->metric = take_name(in, true);
  sample->end = in->at;
  if (!sample->metric.len) return malformed(in, "the name of a metric");
  skip_blanks(in);
  if (!take_labels(in, sample)) return false;
  skip_blanks(in);
  sample->at_value = in->at;
  if (!take_number(in, &sample->value, "a number")) return false;
  sample->value_end = in->at;
  skip_blanks(in);
  if (in->at < in->end && next(in) != '#' && !take_number(in, &when, "a timestamp, or the end of the line"))
    return false;
  skip_blanks(in);
  if (in->at < in->end && next(in) != '#') return malformed(in, "the end of the line");
  return true;
}

/* What they count */

static bool is_count(Lines *in, const Sample *sample) {
  const char *wrong = isnan(sample->value)                 ? "a count cannot be NaN"
                      : sample->value < 0                  ? "a count cannot be negative"
                      : sample->value > 9007199254740992.0 ? "this number is too large"
                                                           : NULL;
  if (wrong) measures_report(in->reader, sample->at_value, sample->value_end, "%s", wrong);
  return !wrong;
}

static Measured *row_of(Lines *in, const Sample *sample) {
  if (!sample->integration.data) {
    measures_report(in->reader, sample->start, sample->end, "'%.*s' has no label 'integration'",
                    STR_ARG(sample->metric));
    return NULL;
  }
  Span span = {in->reader->source, (uint32_t)sample->at_integration,
               (uint32_t)(sample->at_integration + sample->integration.len)};
  return is_count(in, sample) ? measures_row(in->reader, sample->integration, span) : NULL;
}

static void add_ask(Lines *in, const Sample *sample) {
  Measured *row = row_of(in, sample);
  bool timeout = str_eq(sample->result, STR("timeout")),
       error = timeout || str_eq(sample->result, STR("error"));
  if (!row) return;
  if (!error && !str_eq(sample->result, STR("ok"))) {
    bool there = sample->result.data != NULL;
    measures_report(in->reader, there ? sample->at_result : sample->start,
                    there ? sample->at_result + sample->result.len : sample->end,
                    there ? "a result is one of ok, error, timeout" : "this has no label 'result'");
    return;
  }
  row->total.asked += sample->value;
  if (error) row->total.errors += sample->value;
  if (timeout) row->total.timeouts += sample->value;
}

static void add_call(Lines *in, const Sample *sample) {
  Measured *row = row_of(in, sample);
  if (row) row->total.calls += sample->value;
}

static void add_fallback(Lines *in, const Sample *sample) {
  Measured *row = row_of(in, sample);
  if (row) row->total.fallbacks += sample->value;
}

static void add_time(Lines *in, const Sample *sample) {
  double seconds;
  Measured *row = row_of(in, sample);
  if (!row) return;
  bool there = sample->le.data != NULL;
  if (!there || !read_number(in->reader->arena, sample->le, &seconds) || !(seconds >= 0))
    measures_report(in->reader, there ? sample->at_le : sample->start,
                    there ? sample->at_le + sample->le.len : sample->end,
                    there ? "the end of a part is a number of seconds, or +Inf" : "this has no label 'le'");
  else
    measures_time(in->reader, row, seconds * 1000, sample->value);
}

static void add_sample(Lines *in, const Sample *sample) {
  static const struct {
    const char *metric;
    void (*add)(Lines *in, const Sample *sample);
  } ours[] = {{"fxc_asks_total", add_ask},
              {"fxc_calls_total", add_call},
              {"fxc_fallbacks_total", add_fallback},
              {"fxc_ask_duration_seconds_bucket", add_time}};
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (str_eq(sample->metric, str_from(ours[i].metric))) ours[i].add(in, sample);
}

/* Lines */

static bool next_line(Lines *in) {
  in->at = in->next;
  if (in->at >= in->text.len) return false;
  ptrdiff_t length = str_find_char(str_skip(in->text, in->at), '\n');
  in->end = length < 0 ? in->text.len : in->at + (size_t)length;
  in->next = in->end + 1;
  return true;
}

static bool is_end(Lines *in) {
  Str line = str_span(in->text.data + in->at, in->text.data + in->end);
  return str_eq(str_trim(line), STR("# EOF"));
}

void measures_read_text(MeasuresReader *reader) {
  Lines in = {.reader = reader, .text = reader->bytes};
  size_t errors = reader->bag->list.len;
  if (str_starts(in.text, STR("\xEF\xBB\xBF"))) in.next = 3;
  while (next_line(&in)) {
    if (is_end(&in)) return;
    if (in.end > in.at && in.text.data[in.end - 1] == '\r') in.end--;
    skip_blanks(&in);
    Sample sample = {0};
    if (in.at < in.end && next(&in) != '#' && take_sample(&in, &sample)) add_sample(&in, &sample);
    if (reader->bag->list.len > errors) return;
  }
}
