/* Semver versions: reading (the pattern is in grammar/range.re), precedence, and labels as versions. */
#include "ir/version.h"

#include <stdio.h>

#include "ir/range_build.h"

static bool number_at(const char *p, uint64_t *number) {
  *number = 0;
  for (; *p >= '0' && *p <= '9'; p++) {
    *number = *number * 10 + (uint64_t)(*p - '0');
    if (*number > VERSION_LARGEST) return false;
  }
  return true;
}

static bool fail(VersionFault *fault, size_t offset, size_t length, const char *message) {
  *fault = (VersionFault){(uint32_t)offset, length ? 1 : 0, message};
  return false;
}

static const char *stop_message(Str text, size_t at) {
  bool zero =
      at > 0 && text.data[at - 1] == '0' && at < text.len && text.data[at] >= '0' && text.data[at] <= '9';
  if (zero) return "a number has no leading zeros";
  return at < text.len ? "this does not belong in a version such as 1.2.3"
                       : "a version needs three numbers, as in 1.2.3";
}

bool version_parse(Str text, Version *version, VersionFault *fault) {
  char copy[VERSION_LONGEST + 1];
  size_t lead = 0;
  while (lead < text.len && strchr(" \t\n\r\f\v", text.data[lead]) && text.data[lead]) lead++;
  Str body = str_trim(text);
  if (body.len > VERSION_LONGEST)
    return fail(fault, VERSION_LONGEST, 1, "a version has 256 characters at most");
  if (body.len) memcpy(copy, body.data, body.len);
  copy[body.len] = 0;
  VersionMarks marks;
  const char *stopped = copy, *end = version_scan(copy, &marks, &stopped);
  size_t at = (size_t)((end ? end : stopped) - copy);
  if (!end || at != body.len) return fail(fault, lead + at, at < body.len, stop_message(body, at));
  *version = (Version){.pre = STR_NONE};
  const char *starts[] = {marks.major, marks.minor, marks.patch};
  uint64_t *numbers[] = {&version->major, &version->minor, &version->patch};
  for (int i = 0; i < 3; i++) {
    if (!number_at(starts[i], numbers[i]))
      return fail(fault, lead + (size_t)(starts[i] - copy), 1, "this number is too large for a version");
  }
  if (marks.pre)
    version->pre = str_span(body.data + (marks.pre + 1 - copy), body.data + (marks.pre_end - copy));
  return true;
}

// Where the number of a label begins: "v2", "stripe-v3", "3".
static size_t label_number(Str label) {
  for (size_t i = label.len; i-- > 0;) {
    bool digit = label.data[i] >= '0' && label.data[i] <= '9';
    if (!digit) continue;
    bool marked = i > 0 && (label.data[i - 1] == 'v' || label.data[i - 1] == 'V');
    bool begins = i == 0 || (marked && (i == 1 || strchr("-_", label.data[i - 2])));
    if (begins) return i;
  }
  return label.len;
}

bool version_from_label(Str label, Version *version) {
  size_t at = label_number(label);
  uint64_t numbers[3] = {0, 0, 0};
  if (at == label.len || label.len > VERSION_LONGEST) return false;
  for (int i = 0; i < 3 && at < label.len; i++) {
    if (label.data[at] < '0' || label.data[at] > '9') return false;
    for (; at < label.len && label.data[at] >= '0' && label.data[at] <= '9'; at++) {
      numbers[i] = numbers[i] * 10 + (uint64_t)(label.data[at] - '0');
      if (numbers[i] > VERSION_LARGEST) return false;
    }
    if (at < label.len && (label.data[at] == '.' || label.data[at] == '_'))
      at++;
    else
      break;
  }
  // What follows must be a prerelease: read the whole as the version it stands for.
  char text[VERSION_LONGEST * 2];
  Str rest = str_skip(label, at);
  int length = snprintf(text, sizeof text, "%llu.%llu.%llu%.*s", (unsigned long long)numbers[0],
                        (unsigned long long)numbers[1], (unsigned long long)numbers[2], STR_ARG(rest));
  VersionFault fault;
  if (length <= 0 || !version_parse((Str){text, (size_t)length}, version, &fault)) return false;
  if (version->pre.len) version->pre = str_take(str_skip(rest, 1), version->pre.len);
  return true;
}

static bool numeric(Str id) {
  for (size_t i = 0; i < id.len; i++)
    if (id.data[i] < '0' || id.data[i] > '9') return false;
  return id.len > 0;
}

// Numbers by value (no leading zeros, so by length first), numbers before words, words by byte.
static int identifier_cmp(Str a, Str b) {
  bool a_number = numeric(a), b_number = numeric(b);
  if (a_number != b_number) return a_number ? -1 : 1;
  if (a_number && a.len != b.len) return a.len < b.len ? -1 : 1;
  return str_cmp(a, b);
}

static int pre_cmp(Str a, Str b) {
  if (!a.len || !b.len) return (a.len ? 0 : 1) - (b.len ? 0 : 1);
  Str x, y;
  for (;;) {
    bool more_a = str_split(&a, '.', &x), more_b = str_split(&b, '.', &y);
    if (!more_a || !more_b) return (more_a ? 1 : 0) - (more_b ? 1 : 0);
    int order = identifier_cmp(x, y);
    if (order) return order;
  }
}

static int number_cmp(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

int version_cmp(const Version *a, const Version *b) {
  int order = number_cmp(a->major, b->major);
  if (!order) order = number_cmp(a->minor, b->minor);
  if (!order) order = number_cmp(a->patch, b->patch);
  return order ? order : pre_cmp(a->pre, b->pre);
}

Str version_text(Arena *arena, const Version *version) {
  return str_printf(arena, "%llu.%llu.%llu%s%.*s", (unsigned long long)version->major,
                    (unsigned long long)version->minor, (unsigned long long)version->patch,
                    version->pre.len ? "-" : "", STR_ARG(version->pre));
}

Version ir_version(const Ir *ir, const IrVersion *version) {
  Str pre = ir_str(ir, version->pre);
  return (Version){version->major, version->minor, version->patch, pre};
}

IrVersion ir_version_row(Ir *ir, const Version *version, Str text, Span span) {
  return (IrVersion){.major = version->major,
                     .minor = version->minor,
                     .patch = version->patch,
                     .pre = version->pre.len ? ir_sym(ir, version->pre) : 0,
                     .text = ir_sym(ir, text),
                     .span = span,
                     .valid = true};
}
