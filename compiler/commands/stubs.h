/* Stub manifests for integrations that have none. */
#ifndef FXC_COMMANDS_STUBS_H
#define FXC_COMMANDS_STUBS_H

#include "workspace/compilation.h"

/// Says which manifests are missing; where `directory` is given, writes a stub for each that is not there
/// yet and says that too.
void stubs_report_missing(Compilation *compilation, Str directory, Buf *out);

/// Writes the stub of one name to directory/NAME.yaml, from the standard library's manifest when it has one.
/// An existing file is never touched. Says what was done.
void stubs_write(Compilation *compilation, Str name, Str directory, Buf *out);

#endif
