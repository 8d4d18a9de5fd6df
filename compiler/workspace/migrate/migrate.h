/* migrate: the rules of a manifest's `migrate FROM -> TO` applied to pages, views, manifests and the project
 * file.
 *
 * Each migration on the way from FROM to TO is a round: a run says what the sources are, the rules say what
 * changes, the edits are spliced into the texts in memory (workspace/edit_files.h). A migration is done whole
 * or not at all: what stands in its way is FX4008, and so is every error that the new texts would have and
 * the old ones had not. What is done is in workspace/README.md. */
#ifndef FXC_WORKSPACE_MIGRATE_MIGRATE_H
#define FXC_WORKSPACE_MIGRATE_MIGRATE_H

#include "ir/version.h"
#include "workspace/edit_files.h"

typedef struct MigrateRule {
  IrMigrationKind kind;
  Str subject, renamed;  // names; the new one of a RENAME
  Str old_text, text;    // of a VALUE: texts as attributes have them
  Str raw;               // of a VALUE: the new one as the manifest writes it, quotes included
} MigrateRule;

/// One migration of the manifest.
typedef struct MigrateHop {
  Str from, to;  // labels
  VEC(MigrateRule) rules;
} MigrateHop;

/// What changed at a place, for people.
typedef struct MigrateLine {
  Str path;
  uint32_t at;   // byte
  size_t order;  // among those of one place
  Str text;
} MigrateLine;

typedef struct Migrate {
  const Request *request;  // names: the integration, FROM, TO
  Arena arena;
  Request look;  // how runs look at the project
  Compilation *base;
  EditFiles files;
  Str name, from, to;
  VEC(MigrateHop) hops;
  VEC(MigrateLine) done;  // what changed; by place when all is done
  VEC(Str) kept;          // lines: what stays on purpose
  StrMap held;            // uses and other places that a round concerns, to what they held: MIGRATE_ bits
  VEC(Span) uses;         // start tags of elements whose use has been migrated; of the last run
  StrMap errors;          // that were there before, to how many
  VEC(Span) unreadable;   // one for each file that cannot be read
  bool widen;             // FROM can still become live: ranges that are moved hold both
  bool breaks_live;       // FX4007 has come up
  bool activate;          // TO becomes the active release
  bool moved;             // some range was moved to TO
  bool refused;
} Migrate;

/// What a place let in before the first round.
enum { MIGRATE_FROM = 1, MIGRATE_TO = 2 };

/// Plans a migration, in memory. `migrate` and `base` are zeroed but for migrate->request; the diagnostics
/// are left in `base`, neither sorted nor counted when they are the migration's own. The caller frees both.
void migrate_plan(Migrate *migrate, Compilation *base);
/// Frees all but the compilation.
void migrate_free(Migrate *migrate);

#endif
