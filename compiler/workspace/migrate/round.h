/* Inside migrate: one round. */
#ifndef FXC_WORKSPACE_MIGRATE_ROUND_H
#define FXC_WORKSPACE_MIGRATE_ROUND_H

#include "workspace/migrate/migrate.h"

typedef struct Round {
  Migrate *migrate;
  const MigrateHop *hop;
  bool first;              // of the migrations on the way
  const Compilation *run;  // the sources as they are now
  IntegrationId id;
  ReleaseId from, to;  // of this hop
  ReleaseId target;    // of the whole migration
  Version from_version, to_version, target_version;
  bool in_overrides;     // what is changed stands in the runtime overrides, which are JSON
  const StrMap *before;  // looking again: what Migrate.held was before
} Round;

/// Finds the integration, its releases and the migrations on the way, from a run. False when that cannot be:
/// reported in migrate->base.
bool migrate_find(Migrate *migrate);

/// What changes in pages and views; in ranges, pins, the active release and environments; in configurations.
void migrate_pages(Round *round);
void migrate_manifests(Round *round);
void migrate_configs(Round *round);
/// What changes in the runtime overrides.
void migrate_overrides(Round *round);
/// Applies the rules to the configuration of one block (Config rows).
void migrate_config_block(Round *round, IrRange rows);

/// FX4008 for files that cannot be read and may name the integration: what they say would be left behind.
void migrate_check_readable(Migrate *migrate);
/// Notes errors of runs, or reports those that have come up since (FX4008), in every phase and environment.
void migrate_note_errors(Migrate *migrate);
void migrate_check_errors(Migrate *migrate);

/// Replaces bytes of a file, and says so in a line, unless `line` is NULL. What cannot be edited is FX4008.
void migrate_edit(Round *round, Span span, Str text, const char *line, ...)
    __attribute__((format(printf, 4, 5)));
/// Says in a line what edits without one do.
void migrate_say(Round *round, Span span, const char *line, ...) __attribute__((format(printf, 3, 4)));
/// As migrate_edit() for a scalar of YAML, JSON or .fx whose text is `old`: its quotes stay.
void migrate_edit_scalar(Round *round, Span span, Str old, Str text);
/// The bytes that edits of this round see at a place.
Str migrate_bytes(Round *round, SourceId source);
/// FX4008 at a place of the run.
Diag *migrate_refuse(Migrate *migrate, const Compilation *run, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/// A place of a run, in the sources that are on the disk.
Span migrate_origin(const Migrate *migrate, const Compilation *run, Span span);

/// Whether a place that says this range (data NULL: any version) is concerned by the migration. `key` tells
/// it from others, in every round. The answer has MIGRATE_ bits, 0 when it is not.
uint32_t migrate_holds(Round *round, Str key, Str range);
/// Whether a range that was concerned has to be moved in this round; *text is then the new one.
bool migrate_moves(Round *round, uint32_t held, Str range, Str *text);

#endif
