/* In: a pattern. Out: a program of a few kinds of steps, run over all states at once (Thompson's
 * construction). Surprising: a counted repetition is written out, so that its bound on states is the bound on
 * the pattern. */
#include "base/regex.h"

#include "base/utf8.h"
#include "base/vec.h"

enum { MOST_STEPS = 20000, DEEPEST = 200, ENDLESS = -1 };

typedef enum StepKind {
  STEP_SET,
  STEP_SPLIT,
  STEP_JUMP,
  STEP_START,
  STEP_END,
  STEP_WORD,
  STEP_NO_WORD,
  STEP_DONE
} StepKind;

typedef struct Ranges {
  uint32_t *bounds;  // low, high, low, high, …
  size_t len, space;
  bool negated;
} Ranges;

typedef struct Step {
  StepKind kind;
  uint32_t to, other;  // JUMP, SPLIT
  uint32_t set;        // SET
} Step;

struct Regex {
  VEC(Step) steps;
  VEC(Ranges) sets;
};

typedef struct Parser {
  Arena *arena;
  Str text;
  size_t at;
  Regex *regex;
  RegexFault *fault;
  int depth;
} Parser;

static bool fail(Parser *parser, size_t start, const char *message, bool beyond) {
  size_t end = parser->at > start ? parser->at : start + 1;
  if (end > parser->text.len) end = parser->text.len;
  *parser->fault = (RegexFault){(uint32_t)start, (uint32_t)end, message, beyond};
  return false;
}

static char peek(const Parser *parser, size_t ahead) {
  return parser->at + ahead < parser->text.len ? parser->text.data[parser->at + ahead] : 0;
}

static uint32_t add_step(Parser *parser, Step step) {
  vec_push(parser->arena, &parser->regex->steps, step);
  return (uint32_t)parser->regex->steps.len - 1;
}

/* Sets of characters */

static void add_range(Parser *parser, Ranges *set, uint32_t low, uint32_t high) {
  VEC(uint32_t) bounds = {set->bounds, set->len, set->space};
  vec_push(parser->arena, &bounds, low);
  vec_push(parser->arena, &bounds, high);
  set->bounds = bounds.data, set->len = bounds.len, set->space = bounds.space;
}

static const uint32_t digits[] = {'0', '9'};
static const uint32_t words[] = {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'};
static const uint32_t spaces[] = {0x9,    0xD,    0x20,   0x20,   0xA0,   0xA0,   0x1680,
                                  0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F,
                                  0x205F, 0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF};

static void add_class(Parser *parser, Ranges *set, const uint32_t *bounds, size_t count, bool negated) {
  uint32_t next = 0;
  for (size_t i = 0; i < count; i += 2) {
    if (!negated) add_range(parser, set, bounds[i], bounds[i + 1]);
    if (negated && bounds[i] > next) add_range(parser, set, next, bounds[i] - 1);
    next = bounds[i + 1] + 1;
  }
  if (negated) add_range(parser, set, next, 0x10FFFF);
}

// \d \w \s and their opposites; false for any other letter.
static bool take_class(Parser *parser, Ranges *set, char letter) {
  bool negated = letter == 'D' || letter == 'W' || letter == 'S';
  switch (letter) {
    case 'd':
    case 'D':
      add_class(parser, set, digits, 2, negated);
      return true;
    case 'w':
    case 'W':
      add_class(parser, set, words, 8, negated);
      return true;
    case 's':
    case 'S':
      add_class(parser, set, spaces, sizeof spaces / sizeof *spaces, negated);
      return true;
    default:
      return false;
  }
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// \xHH and \uHHHH; where the digits are missing the letter stands for itself.
static uint32_t take_hex(Parser *parser, char letter, size_t count) {
  uint32_t point = 0;
  for (size_t i = 0; i < count; i++) {
    int digit = hex_digit(peek(parser, i));
    if (digit < 0) return (unsigned char)letter;
    point = point * 16 + (uint32_t)digit;
  }
  parser->at += count;
  return point;
}

static uint32_t take_point(Parser *parser) {
  uint32_t point;
  parser->at += utf8_decode(str_skip(parser->text, parser->at), &point);
  return point;
}

// Behind a backslash: one character.
static bool take_escape(Parser *parser, uint32_t *point, size_t start) {
  char letter = peek(parser, 0);
  if (parser->at == parser->text.len) return fail(parser, start, "a backslash stands at the end", false);
  *point = take_point(parser);
  switch (letter) {
    case 't':
      *point = '\t';
      return true;
    case 'n':
      *point = '\n';
      return true;
    case 'v':
      *point = '\v';
      return true;
    case 'f':
      *point = '\f';
      return true;
    case 'r':
      *point = '\r';
      return true;
    case '0':
      *point = 0;
      return true;
    case 'x':
      *point = take_hex(parser, letter, 2);
      return true;
    case 'u':
      *point = take_hex(parser, letter, 4);
      return true;
    case 'c':
      *point = take_point(parser) & 31;
      return true;
    default:
      break;
  }
  bool reference = (letter >= '1' && letter <= '9') || letter == 'k';
  return !reference || fail(parser, start, "back references are not supported", true);
}

// One member of [...], which may be a class.
static bool take_member(Parser *parser, Ranges *set, uint32_t *point, bool *whole_class) {
  size_t start = parser->at;
  *whole_class = false;
  if (peek(parser, 0) != '\\') {
    *point = take_point(parser);
    return true;
  }
  parser->at++;
  if (take_class(parser, set, peek(parser, 0))) {
    parser->at++;
    *whole_class = true;
    return true;
  }
  if (peek(parser, 0) != 'b') return take_escape(parser, point, start);
  parser->at++;
  *point = '\b';
  return true;
}

static bool take_set(Parser *parser, Ranges *set) {
  size_t start = parser->at++;
  set->negated = peek(parser, 0) == '^';
  parser->at += set->negated;
  while (parser->at < parser->text.len && peek(parser, 0) != ']') {
    uint32_t low, high;
    bool low_class, high_class = false;
    size_t member = parser->at;
    if (!take_member(parser, set, &low, &low_class)) return false;
    high = low;
    bool range = peek(parser, 0) == '-' && peek(parser, 1) && peek(parser, 1) != ']';
    if (range) {
      parser->at++;
      if (!take_member(parser, set, &high, &high_class)) return false;
    }
    if (range && (low_class || high_class)) add_range(parser, set, '-', '-');
    if (low_class) low = high;
    if (low_class && (high_class || !range)) continue;
    if (high_class) high = low;
    if (low > high) return fail(parser, member, "a range of characters runs backwards", false);
    add_range(parser, set, low, high);
  }
  if (parser->at == parser->text.len) return fail(parser, start, "a set of characters is not closed", false);
  parser->at++;
  return true;
}

static void put_set(Parser *parser, Ranges set) {
  vec_push(parser->arena, &parser->regex->sets, set);
  add_step(parser, (Step){.kind = STEP_SET, .set = (uint32_t)parser->regex->sets.len - 1});
}

/* Terms */

static bool take_choice(Parser *parser);

static bool take_group(Parser *parser) {
  size_t start = parser->at++;
  if (peek(parser, 0) == '?') {
    char kind = peek(parser, 1), named = peek(parser, 2);
    bool name = kind == '<' && named != '=' && named != '!';
    parser->at += 2;
    if (!name && kind != ':') return fail(parser, start, "look-around is not supported", true);
    while (name && parser->at < parser->text.len && parser->text.data[parser->at++] != '>') continue;
  }
  if (++parser->depth > DEEPEST) return fail(parser, start, "groups are nested too deeply", true);
  if (!take_choice(parser)) return false;
  parser->depth--;
  if (peek(parser, 0) != ')') return fail(parser, start, "a group is not closed", false);
  parser->at++;
  return true;
}

static bool take_backslash(Parser *parser) {
  size_t start = parser->at++;
  Ranges set = {0};
  uint32_t point;
  char letter = peek(parser, 0);
  if (letter == 'b' || letter == 'B') {
    parser->at++;
    add_step(parser, (Step){.kind = letter == 'b' ? STEP_WORD : STEP_NO_WORD});
    return true;
  }
  if (take_class(parser, &set, letter)) {
    parser->at++;
  } else {
    if (!take_escape(parser, &point, start)) return false;
    add_range(parser, &set, point, point);
  }
  put_set(parser, set);
  return true;
}

static bool take_atom(Parser *parser) {
  static const uint32_t line_ends[] = {'\n', '\n', '\r', '\r', 0x2028, 0x2029};
  size_t start = parser->at;
  Ranges set = {0};
  switch (peek(parser, 0)) {
    case '(':
      return take_group(parser);
    case '\\':
      return take_backslash(parser);
    case '*':
    case '+':
    case '?':
      parser->at++;
      return fail(parser, start, "there is nothing to repeat", false);
    case '[':
      if (!take_set(parser, &set)) return false;
      break;
    case '.':
      parser->at++;
      add_class(parser, &set, line_ends, 6, true);
      break;
    case '^':
    case '$':
      add_step(parser, (Step){.kind = peek(parser, 0) == '^' ? STEP_START : STEP_END});
      parser->at++;
      return true;
    default: {
      uint32_t point = take_point(parser);
      add_range(parser, &set, point, point);
    }
  }
  put_set(parser, set);
  return true;
}

/* Repetition */

static bool take_number(Parser *parser, int *number) {
  size_t start = parser->at;
  *number = 0;
  for (char c; (c = peek(parser, 0)) >= '0' && c <= '9'; parser->at++)
    if (*number < MOST_STEPS) *number = *number * 10 + (c - '0');
  return parser->at > start;
}

// "{2}", "{2,}", "{2,5}"; a brace that is none of these stands for itself.
static bool take_counts(Parser *parser, int *least, int *most) {
  size_t start = parser->at++;
  bool counts = take_number(parser, least);
  *most = *least;
  if (counts && peek(parser, 0) == ',') {
    parser->at++;
    if (!take_number(parser, most)) *most = ENDLESS;
  }
  if (counts && peek(parser, 0) == '}') {
    parser->at++;
    return true;
  }
  parser->at = start;
  return false;
}

static bool take_quantifier(Parser *parser, int *least, int *most) {
  char c = peek(parser, 0);
  *least = c == '+';
  *most = c == '?' ? 1 : ENDLESS;
  bool counts = c == '{' && take_counts(parser, least, most);
  if (c == '*' || c == '+' || c == '?')
    parser->at++;
  else if (!counts)
    return false;
  if (peek(parser, 0) == '?') parser->at++;  // lazy: the same texts match
  return true;
}

static bool repeat(Parser *parser, uint32_t first, size_t start, int least, int most) {
  uint32_t count = (uint32_t)parser->regex->steps.len - first;
  size_t copies = (size_t)(most == ENDLESS ? least + 1 : most);
  if (most != ENDLESS && most < least) return fail(parser, start, "the numbers run backwards", false);
  if (copies * (count + 2) + first > MOST_STEPS)
    return fail(parser, start, "the repetition is too large", true);
  VEC(Step) body = {0};
  for (uint32_t i = 0; i < count; i++) {
    Step step = parser->regex->steps.data[first + i];
    step.to -= first, step.other -= first;  // from the start of the body
    vec_push(parser->arena, &body, step);
  }
  parser->regex->steps.len = first;
  for (size_t i = 0; i < copies; i++) {  // ENDLESS: the last one is the loop
    bool optional = i >= (size_t)least;
    uint32_t split = optional ? add_step(parser, (Step){.kind = STEP_SPLIT}) : 0;
    uint32_t base = (uint32_t)parser->regex->steps.len;
    for (size_t k = 0; k < body.len; k++) {
      Step step = body.data[k];
      step.to += base, step.other += base;
      add_step(parser, step);
    }
    if (!optional) continue;
    if (most == ENDLESS) add_step(parser, (Step){.kind = STEP_JUMP, .to = split});
    parser->regex->steps.data[split].to = base;
    parser->regex->steps.data[split].other = (uint32_t)parser->regex->steps.len;
  }
  return true;
}

static bool take_sequence(Parser *parser) {
  while (parser->at < parser->text.len && peek(parser, 0) != '|' && peek(parser, 0) != ')') {
    size_t start = parser->at;
    uint32_t first = (uint32_t)parser->regex->steps.len;
    int least, most;
    if (!take_atom(parser)) return false;
    if (take_quantifier(parser, &least, &most) && !repeat(parser, first, start, least, most)) return false;
    if (parser->regex->steps.len > MOST_STEPS) return fail(parser, start, "the pattern is too large", true);
  }
  return true;
}

// a|b|c is SPLIT a JUMP, SPLIT b JUMP, c; the first step of a last branch is a jump to the next one.
static bool take_choice(Parser *parser) {
  VEC(uint32_t) jumps = {0};
  for (;;) {
    uint32_t first = add_step(parser, (Step){.kind = STEP_JUMP});
    if (!take_sequence(parser)) return false;
    Step *steps = parser->regex->steps.data;
    steps[first].to = first + 1;
    if (peek(parser, 0) != '|' || parser->at == parser->text.len) break;
    parser->at++;
    vec_push(parser->arena, &jumps, add_step(parser, (Step){.kind = STEP_JUMP}));
    steps = parser->regex->steps.data;
    steps[first] = (Step){.kind = STEP_SPLIT, .to = first + 1, .other = (uint32_t)parser->regex->steps.len};
  }
  for (size_t i = 0; i < jumps.len; i++)
    parser->regex->steps.data[jumps.data[i]].to = (uint32_t)parser->regex->steps.len;
  return true;
}

Regex *regex_compile(Arena *arena, Str pattern, RegexFault *fault) {
  Parser parser = {.arena = arena, .text = pattern, .regex = arena_new(arena, Regex), .fault = fault};
  if (!take_choice(&parser)) return NULL;
  if (parser.at < pattern.len) {
    fail(&parser, parser.at, "a ')' closes nothing", false);
    return NULL;
  }
  add_step(&parser, (Step){.kind = STEP_DONE});
  return parser.regex;
}

/* Matching */

typedef struct States {
  uint32_t *list, *seen;  // seen[step]: the round in which it was added, counted from 1
  size_t len;
} States;

typedef struct Match {
  const Regex *regex;
  Str text;
  size_t at;
  uint32_t round;
  uint32_t *stack;
  bool done;
} Match;

static bool is_word_at(Str text, size_t at) {
  char c = at < text.len ? text.data[at] : 0;
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static bool holds(const Match *match, StepKind kind) {
  bool word = (match->at > 0 && is_word_at(match->text, match->at - 1)) != is_word_at(match->text, match->at);
  switch (kind) {
    case STEP_START:
      return match->at == 0;
    case STEP_END:
      return match->at == match->text.len;
    case STEP_WORD:
      return word;
    case STEP_NO_WORD:
      return !word;
    default:
      return true;
  }
}

// Adds a step and all that follows from it without reading a character.
static void add_state(Match *match, States *states, uint32_t step) {
  size_t depth = 0;
  match->stack[depth++] = step;
  while (depth) {
    step = match->stack[--depth];
    if (states->seen[step] == match->round) continue;
    states->seen[step] = match->round;
    const Step *here = &match->regex->steps.data[step];
    if (here->kind == STEP_DONE) match->done = true;
    if (here->kind == STEP_SET) states->list[states->len++] = step;
    if (here->kind == STEP_SET || here->kind == STEP_DONE || !holds(match, here->kind)) continue;
    bool jumps = here->kind == STEP_JUMP || here->kind == STEP_SPLIT;
    match->stack[depth++] = jumps ? here->to : step + 1;
    if (here->kind == STEP_SPLIT) match->stack[depth++] = here->other;
  }
}

static bool in_set(const Ranges *set, uint32_t point) {
  bool found = false;
  for (size_t i = 0; i < set->len && !found; i += 2)
    found = point >= set->bounds[i] && point <= set->bounds[i + 1];
  return found != set->negated;
}

bool regex_matches(const Regex *regex, Str text, Arena *arena) {
  size_t count = regex->steps.len;
  Match match = {.regex = regex, .text = text};
  States now = {arena_array(arena, uint32_t, count), arena_array(arena, uint32_t, count), 0}, next = now;
  next.list = arena_array(arena, uint32_t, count);
  match.stack = arena_array(arena, uint32_t, 2 * count + 2);
  match.round = 1;
  add_state(&match, &now, 0);
  while (!match.done && match.at < text.len) {
    uint32_t point;
    match.at += utf8_decode(str_skip(text, match.at), &point);
    match.round++;
    next.len = 0;
    for (size_t i = 0; i < now.len; i++)
      if (in_set(&regex->sets.data[regex->steps.data[now.list[i]].set], point))
        add_state(&match, &next, now.list[i] + 1);
    add_state(&match, &next, 0);  // a match may begin anywhere
    States swap = now;
    now = next, next = swap;
  }
  return match.done;
}
