/* In: facts. Out: the proof of the solver as sentences, in the order and with the line numbers that pub gives
 * them: https://github.com/dart-lang/pub/blob/master/doc/solver.md, "Error Reporting"; the cases below are
 * those of the text. What surprises: the proof is sought over the facts, not over the rules, since several
 * rules that are one fact would take a step each. */
#include "passes/derivation.h"

#include "passes/phrase.h"

enum { MOST_STEPS = 48 };  // also the depth of the recursion below

typedef struct Writer {
  const Facts *facts;
  const SolveProof *proof;
  uint32_t *cited;   // how many later steps rest on a step
  uint32_t *number;  // of the line that concludes it; 0: none
  uint32_t *lines;   // about how many lines a step takes
  bool *written;
  uint32_t last_number;
  Derivation *out;
} Writer;

static bool is_fact(const Writer *w, uint32_t step) { return w->proof->steps.data[step].rule != SOLVE_NONE; }

static Str text_of(const Writer *w, uint32_t index) {
  const SolveStep *step = &w->proof->steps.data[index];
  if (is_fact(w, index)) return facts_text(w->facts, &w->facts->list.data[step->rule]);
  Str text = phrase_clause(w->facts, step->terms.data, step->terms.len);
  if (!w->number[index]) return text;
  return str_printf(w->facts->arena, "%.*s (%u)", STR_ARG(text), w->number[index]);
}

// The line "HOW, C": C gets a number where later lines will cite it.
static void put_line(Writer *w, uint32_t step, bool numbered, Str how) {
  if ((numbered || w->cited[step] > 1) && !w->number[step]) w->number[step] = ++w->last_number;
  Str line = str_printf(w->facts->arena, "%.*s%.*s", STR_ARG(how), STR_ARG(text_of(w, step)));
  w->written[step] = true;
  vec_push(w->facts->arena, &w->out->lines, line);
}

static void because(Writer *w, uint32_t step, bool numbered, uint32_t a, uint32_t b) {
  put_line(
      w, step, numbered,
      str_printf(w->facts->arena, "because %.*s and %.*s, ", STR_ARG(text_of(w, a)), STR_ARG(text_of(w, b))));
}

static void and_because(Writer *w, uint32_t step, bool numbered, uint32_t a) {
  put_line(w, step, numbered, str_printf(w->facts->arena, "and because %.*s, ", STR_ARG(text_of(w, a))));
}

static bool rests_on_facts(const Writer *w, uint32_t step) {
  const SolveStep *s = &w->proof->steps.data[step];
  return is_fact(w, s->left) && is_fact(w, s->right);
}

static void write_step(Writer *w, uint32_t step, bool numbered);

// Two conclusions, neither of them written yet.
static void write_from_two(Writer *w, uint32_t step, bool numbered, uint32_t a, uint32_t b) {
  if (rests_on_facts(w, a) || rests_on_facts(w, b)) {  // the simple one last, so that it needs no number
    uint32_t simple = rests_on_facts(w, b) ? b : a, other = simple == a ? b : a;
    write_step(w, other, false);
    bool again = w->number[simple] != 0;
    if (!again) write_step(w, simple, false);
    if (again)
      and_because(w, step, numbered, simple);
    else
      put_line(w, step, numbered, STR("so "));
    return;
  }
  if (w->lines[b] < w->lines[a]) {
    uint32_t swap = a;
    a = b, b = swap;
  }
  write_step(w, a, true);
  if (!w->written[b]) write_step(w, b, false);
  and_because(w, step, numbered, a);
}

static void write_from_derived(Writer *w, uint32_t step, bool numbered, uint32_t a, uint32_t b) {
  if (w->number[a] && w->number[b]) {
    because(w, step, numbered, a, b);
  } else if (w->number[a] || w->number[b]) {
    uint32_t known = w->number[a] ? a : b;
    write_step(w, known == a ? b : a, false);
    and_because(w, step, numbered, known);
  } else {
    write_from_two(w, step, numbered, a, b);
  }
}

// A conclusion and a fact. A conclusion that itself is one more fact on an earlier one is skipped over.
static void write_from_one(Writer *w, uint32_t step, bool numbered, uint32_t derived, uint32_t fact) {
  const SolveStep *s = &w->proof->steps.data[derived];
  uint32_t inner = is_fact(w, s->left) ? s->right : s->left, outer = inner == s->left ? s->right : s->left;
  bool folds = !is_fact(w, inner) && is_fact(w, outer) && !w->number[inner] && w->cited[derived] == 1;
  if (w->number[derived]) {
    because(w, step, numbered, fact, derived);
  } else if (folds && w->cited[inner] == 1) {
    write_step(w, inner, false);
    put_line(w, step, numbered,
             str_printf(w->facts->arena, "and because %.*s and %.*s, ", STR_ARG(text_of(w, outer)),
                        STR_ARG(text_of(w, fact))));
  } else {
    write_step(w, derived, false);
    and_because(w, step, numbered, fact);
  }
}

static void write_step(Writer *w, uint32_t step, bool numbered) {
  const SolveStep *s = &w->proof->steps.data[step];
  bool left = is_fact(w, s->left), right = is_fact(w, s->right);
  if (left && right)
    because(w, step, numbered, s->left, s->right);
  else if (left || right)
    write_from_one(w, step, numbered, left ? s->right : s->left, left ? s->left : s->right);
  else
    write_from_derived(w, step, numbered, s->left, s->right);
}

/* The proof */

static SolveProof prove(const Facts *facts, size_t *steps) {
  const SolveProblem *whole = &facts->constraints->problem;
  SolveProblem problem = {.packages = whole->packages, .candidates = whole->candidates, .steps = *steps};
  for (size_t i = 0; i < facts->list.len; i++)
    vec_push(facts->arena, &problem.rules, facts->list.data[i].rule);
  SolveProof proof = solve_prove(facts->arena, &problem);
  *steps = problem.steps;
  return proof;
}

static size_t derived_steps(const SolveProof *proof) {
  size_t count = 0;
  for (size_t i = 0; i < proof->steps.len; i++) count += proof->steps.data[i].rule == SOLVE_NONE;
  return count;
}

static void count_steps(Writer *w) {
  for (size_t i = 0; i < w->proof->steps.len; i++) {
    const SolveStep *s = &w->proof->steps.data[i];
    if (s->rule != SOLVE_NONE) continue;
    w->cited[s->left]++;
    w->cited[s->right]++;
    uint32_t below = w->lines[s->left] + w->lines[s->right];
    w->lines[i] = below < UINT32_MAX / 4 ? below + 1 : below;
  }
}

Derivation derivation_of(const Facts *facts, size_t *steps) {
  Derivation derivation = {0};
  SolveProof proof = prove(facts, steps);
  size_t count = proof.steps.len, derived = derived_steps(&proof);
  if (derived < 2) return derivation;
  derivation.left_out = derived > MOST_STEPS ? derived : 0;
  if (derivation.left_out) return derivation;
  Writer writer = {.facts = facts,
                   .proof = &proof,
                   .cited = arena_array(facts->arena, uint32_t, count),
                   .number = arena_array(facts->arena, uint32_t, count),
                   .lines = arena_array(facts->arena, uint32_t, count),
                   .written = arena_array(facts->arena, bool, count),
                   .out = &derivation};
  count_steps(&writer);
  write_step(&writer, (uint32_t)count - 1, false);
  return derivation;
}
