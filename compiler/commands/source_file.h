/* Files that a command works on without compiling them. */
#ifndef FXC_COMMANDS_SOURCE_FILE_H
#define FXC_COMMANDS_SOURCE_FILE_H

#include "commands/run.h"

/// Reads a file onto the arena and registers it; "-" is standard input. False when it cannot be read
/// (reported).
bool source_file_read(Compilation *compilation, Arena *arena, Str path, SourceId *source, Str *bytes);
/// Writes a file whole; reports what goes wrong.
bool source_file_write(Compilation *compilation, Str path, Str text);

#endif
