#include "passes/failures.h"

typedef struct FailureInfo {
  const char *word, *words, *sentence;
} FailureInfo;

static const FailureInfo failures[] = {
#define FAILURE(id, word, words, sentence) {word, words, sentence},
#include "passes/failures.def"
#undef FAILURE
};

const char *failure_word(Failure failure) { return failures[failure].word; }
const char *failure_sentence(Failure failure) { return failures[failure].sentence; }

static bool is_mark(char c) { return c == '-' || c == '_' || c == ' '; }

static bool same_word(Str a, Str b) {
  size_t i = 0, k = 0;
  for (;; i++, k++) {
    while (i < a.len && is_mark(a.data[i])) i++;
    while (k < b.len && is_mark(b.data[k])) k++;
    if (i == a.len || k == b.len) return i == a.len && k == b.len;
    if (str_lower_char(a.data[i]) != str_lower_char(b.data[k])) return false;
  }
}

static bool is_among(Str word, Str words) {
  Str one;
  while (str_split(&words, ' ', &one))
    if (same_word(word, one)) return true;
  return false;
}

static FailureSet named_by(Str word) {
  static const char all[] =
      "failure primary_failure secondary_failure provider_failure api_failure fail failed error errors "
      "any any_failure any_error all always";
  if (is_among(word, str_from(all))) return ALL_FAILURES;
  for (unsigned f = 0; f < FAILURE_COUNT; f++)
    if (same_word(word, str_from(failures[f].word)) || is_among(word, str_from(failures[f].words)))
      return 1u << f;
  return 0;
}

FailureSet failures_named(Str trigger, Str *unknown, size_t *offset) {
  FailureSet set = 0;
  *unknown = STR_NONE;
  *offset = 0;
  if (!trigger.len) return set;
  for (size_t at = 0, end; at <= trigger.len; at = end + 1) {
    for (end = at; end < trigger.len && trigger.data[end] != ',' && trigger.data[end] != '|'; end++) continue;
    Str word = str_trim(str_span(trigger.data + at, trigger.data + end));
    FailureSet one = named_by(word);
    set |= one;
    if (one || !word.len || unknown->data) continue;
    *unknown = word;
    *offset = (size_t)(word.data - trigger.data);
  }
  return set;
}

Str failure_near(Str word) {
  Suggestion near = suggest_start(word);
  for (unsigned f = 0; f < FAILURE_COUNT; f++) suggest_offer(&near, str_from(failures[f].word));
  suggest_offer(&near, STR("primary_failure"));
  return near.best;
}
