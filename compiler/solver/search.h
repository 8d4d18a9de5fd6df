/* What the pieces of the solver share: the state of a search. Only for files of this folder.
 *
 * Every package has a domain: the candidates that it may still be, and absence. An incompatibility is kept as
 * the clause that says the same: at least one of its literals "package in set" is true. A literal is false
 * once its set and the domain have nothing in common, true once the domain lies within its set. */
#ifndef FXC_SOLVER_SEARCH_H
#define FXC_SOLVER_SEARCH_H

#include "solver/set.h"
#include "solver/solver.h"

#define NO_CLAUSE UINT32_MAX
#define NO_ENTRY UINT32_MAX

typedef struct Lit {
  uint32_t package, spare;
  uint64_t set;  // the set itself; in a wide search: the word of the clause at which it begins
} Lit;

typedef struct Clause {
  uint32_t words;   // of all this
  uint32_t count;   // of literals, the first two of which are watched
  uint32_t id;      // a rule, or behind the rules one that was learned
  uint32_t levels;  // that its literals became false at when it was learned; 0: a rule
  uint32_t used;    // by the conflict of this number last
  uint32_t kept;    // while clauses are forgotten: this one is not
  Lit lits[];
} Clause;

// Beside each package: the clauses that watch it. What is needed most is here, so that most visits do not
// touch the clause.
typedef struct Watch {
  uint64_t mine;      // a word of the literal's set, the one with this index
  uint64_t blocking;  // the set of another literal (narrow searches only)
  uint32_t word, other;
  uint32_t clause;
  bool binary;
} Watch;

typedef struct Entry {
  uint32_t package;
  uint32_t reason;    // clause that narrowed the domain; NO_CLAUSE: a decision, or a fact of level 0
  uint32_t previous;  // entry of the same package
  uint32_t level;
  uint64_t before;  // the domain; in a wide search: where it lies in `saved`
} Entry;

typedef VEC(Watch) Watches;

// A clause of one literal that was asserted above level 0: by this entry, or without need when this was the
// last.
typedef struct Fact {
  uint32_t entry, clause;
} Fact;

// A clause learned: resolved from `first` with steps [from, to) of the trace.
typedef struct Derivation {
  uint32_t first;
  uint32_t from, to;
} Derivation;

typedef struct Resolution {
  uint32_t package, clause;  // resolved on, with
} Resolution;

typedef struct NeedsMark {
  uint32_t at, length;
} NeedsMark;

// Packages in the order in which they become needed: those up to `at` are decided.
typedef struct Needs {
  const SolveProblem *problem;
  uint32_t *first, *rules;  // that need something, of package p: rules[first[p]] … rules[first[p + 1] - 1]
  uint32_t *queue, length, at;
  bool *queued;
  NeedsMark *marks;  // by level: where things stood when it was opened
} Needs;

typedef struct Search {
  Arena *arena;
  SolveProblem *problem;
  uint32_t packages;
  bool wide;     // some package has more than 63 candidates
  bool traced;   // every rule is a clause of its own, and it is written down what follows from what
  bool refuted;  // no choice satisfies the rules

  uint64_t *domain, *sets;    // by package: what it may be; what the clause being learned says of it
  uint64_t *decision;         // room for a set of each package
  const uint64_t **lit_sets;  // room for the sets of a clause
  uint32_t *base;             // in a wide search: where a package's words begin
  VEC(Entry) trail;
  VEC(uint64_t) saved;
  VEC(uint32_t) starts;  // of each level above 0 in the trail
  uint32_t *last;        // by package: its last entry
  VEC(Fact) facts;       // in the order of the trail
  VEC(uint32_t) undone;  // clauses of facts whose entries are gone
  uint32_t *queue, queue_first, queue_end;
  bool *queued;

  VEC(uint64_t) clauses;  // one behind the other
  uint32_t learned_from;  // where those that were learned begin
  uint32_t learned, learned_ever;
  Watches *watches;

  uint32_t *heap, heap_len, *heap_at;  // packages that may have to be decided, the most active first
  double *activity, bump;
  uint32_t *phase;  // by package: the candidate to try first

  uint32_t assumed;  // package that is taken to be one of a set, SOLVE_NONE: none
  const uint64_t *assumption;

  Needs *needs;            // decides in this order, the first candidate; NULL: in the order of activity
  uint32_t conflicts_end;  // gives up then

  VEC(uint32_t) found;  // analysis: packages of the clause being learned (some may have dropped out)
  bool *listed;         // by package: it is one of these
  uint32_t *false_at;   // by package of these: the entry that made the literal false
  uint32_t *seen_level, stamp;

  size_t work;  // towards the next step
  uint32_t conflicts, restart_at, restarts, forgets;
  VEC(Derivation) derivations;
  VEC(Resolution) trace;
  Derivation refutation;
} Search;

static inline Clause *clause_at(const Search *s, uint32_t clause) {
  return (Clause *)(void *)(s->clauses.data + clause);
}

static inline uint32_t search_words(const Search *s, uint32_t package) {
  return s->wide ? s->base[package + 1] - s->base[package] : 1;
}

static inline uint32_t search_at(const Search *s, uint32_t package) {
  return s->wide ? s->base[package] : package;
}

static inline uint64_t *domain_of(const Search *s, uint32_t package) {
  return s->domain + search_at(s, package);
}

/// What the clause that is being learned says of a package.
static inline uint64_t *learned_set(const Search *s, uint32_t package) {
  return s->sets + search_at(s, package);
}

static inline const uint64_t *lit_set(const Search *s, const Clause *clause, const Lit *lit) {
  return s->wide ? (const uint64_t *)(const void *)clause + lit->set : &lit->set;
}

static inline const uint64_t *entry_before(const Search *s, const Entry *entry) {
  return s->wide ? s->saved.data + entry->before : &entry->before;
}

static inline bool lit_is_false(const Search *s, const Clause *clause, const Lit *lit) {
  if (!s->wide) return (s->domain[lit->package] & lit->set) == 0;
  return !set_meets(domain_of(s, lit->package), lit_set(s, clause, lit), search_words(s, lit->package));
}

static inline bool lit_is_true(const Search *s, const Clause *clause, const Lit *lit) {
  if (!s->wide) return (s->domain[lit->package] & ~lit->set) == 0;
  return set_within(domain_of(s, lit->package), lit_set(s, clause, lit), search_words(s, lit->package));
}

static inline uint32_t search_level(const Search *s) { return (uint32_t)s->starts.len; }

/// Work that was done: rules read, domains narrowed, clauses resolved, each 64 watches or words looked at.
/// Eight make a step, so that a second has about a million.
static inline void search_spend(Search *s, size_t work) {
  s->work += work;
  size_t steps = s->work / 8;
  s->work %= 8;
  s->problem->steps = s->problem->steps > steps ? s->problem->steps - steps : 0;
}

/* build.c */

/// The rules that are on, ready to be searched. Everything on `arena`. `traced` keeps rules apart.
void search_make(Search *s, Arena *arena, SolveProblem *problem, bool traced);

/// A rule's two literals as sets that have room for absence: that the source is none of `when` (or absent),
/// that the target is what the rule allows. A rule of one package for itself has only the second.
void rule_source(const SolveProblem *problem, const SolveRule *rule, uint64_t *set);
void rule_target(const SolveProblem *problem, const SolveRule *rule, uint64_t *set);

/* clauses.c */

/// Copies a clause of `count` packages with the sets `sets[i]` to the end of the store; answers where it is.
uint32_t clause_add(Search *s, const uint32_t *packages, const uint64_t *const *sets, uint32_t count);
/// From now on the clause is looked at when the domains of its first two packages shrink.
void clause_attach(Search *s, uint32_t clause);
/// Adds one watch: of the literal `own`, beside which stands the literal `other`.
void clause_watch(Search *s, uint32_t where, uint32_t own, uint32_t other);
/// At level 0: forgets half of what was learned, the least useful half, and what is true anyway.
void clauses_forget(Search *s);

/* trail.c */

/// The package may only be what is in the set too; something is left, and something goes.
void search_narrow(Search *s, uint32_t package, const uint64_t *set, uint32_t reason);
void search_open_level(Search *s);
/// Back to the end of a level.
void search_undo(Search *s, uint32_t level);
/// At level 0 with nothing left to follow up: what is known stays, how it came about is forgotten.
void search_settle(Search *s);
/// The package must be present, and may still be several candidates.
bool search_is_open(const Search *s, uint32_t package);

/* order.c */

/// An open package that is not in the order yet; one that took part in a conflict; after each conflict, so
/// that the recent ones count most.
void order_insert(Search *s, uint32_t package);
void order_bump(Search *s, uint32_t package);
void order_decay(Search *s);
/// The most active package that is open; SOLVE_NONE: none.
uint32_t order_pop(Search *s);

/* needs.c */

/// What is needed always is in the queue. Everything on `arena`.
void needs_make(Needs *needs, Arena *arena, const SolveProblem *problem);
/// The package to decide next; SOLVE_NONE: none.
uint32_t needs_next(Needs *needs);
/// That package is this candidate.
void needs_decided(Needs *needs, uint32_t candidate);
/// Level 0 is opened once, before the others.
void needs_open_level(Needs *needs, uint32_t level);
/// Back to where things stood when the level was opened.
void needs_undo(Needs *needs, uint32_t level);

/* propagate.c */

/// Follows up on all narrowings. A clause all of whose literals are false, or NO_CLAUSE.
uint32_t search_propagate(Search *s);

/* analyze.c */

/// Learns from a clause that is false at a level above 0, goes back, and narrows by what was learned.
void search_learn(Search *s, uint32_t conflict);
/// A traced search: how the empty clause follows from one that is false at level 0.
void search_refute(Search *s, uint32_t conflict);

/* part.c */

/// The rules that are on, and the packages that they name, as a problem of its own.
typedef struct Part {
  SolveProblem problem;
  uint32_t *rules, *packages;  // what the numbers of the part are in the whole
} Part;

/// Everything on `arena`.
Part part_make(Arena *arena, const SolveProblem *problem);

/// Of a traced and refuted search: marks what the refutation rests on, rules and then what was learned.
bool *trace_used(const Search *s, Arena *arena);

/* search.c */

/// Goes on until every package that must be present is decided (the domains are the answer), until there is
/// no choice (with the assumption; without any when `refuted` is set), or until steps or conflicts run out.
SolveVerdict search_run(Search *s);
/// Before the first run: the search takes another way, the same for the same number; 0: the usual one.
void search_vary(Search *s, uint32_t way);
/// At level 0: from now on the package is one of the set. False when that contradicts what is known.
bool search_fix(Search *s, uint32_t package, const uint64_t *set);

#endif
