/* grammar/manifest.def as data: shapes, clauses, and for each shape a tree of the keys that lead to its
 * clauses. Made once, on first use; constant from then on and shared by all threads. */
#ifndef FXC_CLAUSE_CLAUSE_H
#define FXC_CLAUSE_CLAUSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef enum ShapeId {
  SHAPE_none,
#define SHAPE(id, short_form, sentence) SHAPE_##id,
#define CLAUSE(...)
#define METRIC(...)
#include "manifest.def"
#undef SHAPE
#undef CLAUSE
  SHAPE_COUNT,
} ShapeId;

typedef enum ClauseId {
  CLAUSE_none,
#define SHAPE(...)
#define CLAUSE(shape, id, ...) CLAUSE_##shape##_##id,
#include "manifest.def"
#undef SHAPE
#undef CLAUSE
#undef METRIC
  CLAUSE_COUNT,
} ClauseId;

typedef enum ClauseKind {
  KIND_TEXT,
  KIND_NAME,
  KIND_LABEL,
  KIND_IDENT,
  KIND_CHOICE,
  KIND_SWITCH,
  KIND_INT,
  KIND_DATE,
  KIND_DURATION,
  KIND_SHARE,
  KIND_PERCENT,
  KIND_RATE,
  KIND_SIZE,
  KIND_VERSION,
  KIND_RANGE,
  KIND_PATTERN,
  KIND_TYPE,
  KIND_ELEMENT,
  KIND_THRESHOLD,
  KIND_LITERAL,
  KIND_VALUE,
  KIND_BLOCK,
  KIND_IGNORED,
  KIND_COUNT,
} ClauseKind;

typedef enum ClauseForm { FORM_ONE, FORM_MANY, FORM_KEYED, FORM_NAMES } ClauseForm;
typedef enum ClauseNeed { NEED_OPTIONAL, NEED_REQUIRED, NEED_HOLE } ClauseNeed;

typedef struct ClauseInfo {
  ShapeId shape;
  const char *id, *yaml, *fx;
  ClauseKind kind;
  const char *detail;
  ClauseForm form;
  ClauseNeed need;
  const char *initial, *ir, *sentence;
} ClauseInfo;

typedef struct ShapeInfo {
  const char *id, *short_form, *sentence;
} ShapeInfo;

/// A key of a map: leads to a clause, to more keys, or to both; `open` is the clause of all other keys.
typedef struct ClauseWay {
  Str key;
  ClauseId clause, open;
  uint16_t first, next;  // ways; 0: none
} ClauseWay;

/// The facts of grammar/manifest.def about a clause, and about a shape.
const ClauseInfo *clause_info(ClauseId clause);
const ShapeInfo *shape_info(ShapeId shape);
/// The shape of a BLOCK's clauses, and the way where they start.
ShapeId clause_block(ClauseId clause, uint16_t *way);
/// The clause that a plain value of the shape stands for, CLAUSE_none when there is none.
ClauseId shape_short(ShapeId shape);
/// A clause's bit in a set; unique among the clauses of one shape, of which there are at most 64.
static inline uint64_t clause_bit(ClauseId clause) { return (uint64_t)1 << (clause % 64); }
/// The clauses that the shape cannot do without.
uint64_t shape_required(ShapeId shape);
uint16_t shape_root(ShapeId shape);
const ClauseWay *clause_way(uint16_t way);
/// The way behind `key` (with '-' or '_'), 0 when it leads nowhere.
uint16_t clause_find(uint16_t way, Str key);
/// The first key that leads to the clause: what a person should write. "label" for concept.label.
Str clause_key(ClauseId clause);
/// The clauses of a shape whose .fx keyword is `word`, one call each: the first one behind `after`.
ClauseId clause_by_word(ShapeId shape, Str word, ClauseId after);
/// The first clause of a shape; those of one shape follow each other.
ClauseId shape_first(ShapeId shape);
/// The first way that leads to the clause through the keys of `prefix` ("" for none), without them
/// and without "*" at its end. False when none does.
bool clause_path(ClauseId clause, Str prefix, Str *path);
/// What a person calls the clause in .fx: its keyword, or its name where it has none.
Str clause_word(ClauseId clause);
/// The words of a CHOICE: takes the next one off the front; false at the end.
bool clause_next_word(Str *rest, Str *word);

#endif
