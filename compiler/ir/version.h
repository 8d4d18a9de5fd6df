/* Versions: semver 2.0.0 with an optional `v`, and release labels that stand for versions.
 *
 * Version keeps its prerelease as a piece of the text it was read from and allocates nothing: pages that
 * are checked in parallel use it. IrVersion is the row form, with the prerelease interned. */
#ifndef FXC_IR_VERSION_H
#define FXC_IR_VERSION_H

#include "ir/ir.h"

typedef struct Version {
  uint64_t major, minor, patch;
  Str pre;  // the dotted prerelease without its '-', empty when there is none
} Version;

/// What is wrong with a version or a range: the offset of the wrong character in its text, and a message
/// in the user's words ("expected a version such as 1.2.3 after '^'"). Offsets count bytes.
typedef struct VersionFault {
  uint32_t offset, length;  // length 0: something is missing at the offset
  const char *message;      // static, or in the arena that the caller gave
} VersionFault;

/// Numbers above this are refused, as in node-semver.
#define VERSION_LARGEST UINT64_C(9007199254740991)
enum { VERSION_LONGEST = 256 };

/// Reads a whole semver version: "1.2.3", "v1.2.3-beta.1+build". Build metadata is dropped.
bool version_parse(Str text, Version *version, VersionFault *fault);

/// The version that a release label stands for: "v2" is 2.0.0, "v3-beta" 3.0.0-beta, "stripe-v3" 3.0.0.
/// False when the label names no number ("latest").
bool version_from_label(Str label, Version *version);

/// Precedence by semver.org 2.0.0 section 11: below 0, 0, above 0.
int version_cmp(const Version *a, const Version *b);

/// "1.2.3-beta.1" on the arena.
Str version_text(Arena *arena, const Version *version);

/// A row's version as a Version (its prerelease points into the interner).
Version ir_version(const Ir *ir, const IrVersion *version);
/// Interns a version. `text` is the spelling that is shown, `valid` is set.
IrVersion ir_version_row(Ir *ir, const Version *version, Str text, Span span);

#endif
