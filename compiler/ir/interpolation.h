/* Texts with holes: `https://api.example.com/lookup/{phone}`. A hole is a path in braces; `{{` and `}}` are
 * braces; every other brace is itself, so that texts which hold code stay as they are. */
#ifndef FXC_IR_INTERPOLATION_H
#define FXC_IR_INTERPOLATION_H

#include "base/str.h"
#include "base/vec.h"

typedef struct InterpolationPart {
  bool hole;
  Str text;   // of a hole: the path in it; else the text that is meant
  size_t at;  // where `text` of a hole begins in the whole
} InterpolationPart;

typedef VEC(InterpolationPart) Interpolation;

/// The parts of a text in their order, on the arena: no two stretches of text follow each other.
Interpolation interpolation_read(Arena *arena, Str text);
/// Whether it has a hole.
bool interpolation_has_holes(const Interpolation *parts);

/// Whether the text is a path: names joined by dots, each of letters, digits, `_` and `-` and not beginning
/// with a digit or `-`. *first is its first name.
bool interpolation_is_path(Str text, Str *first);

#endif
