/* What build and watch have in common. */
#ifndef FXC_COMMANDS_BUILD_H
#define FXC_COMMANDS_BUILD_H

#include "commands/run.h"

/// The answer of a build on standard output: what --emit asks for, or how much was written. EXIT_SYSTEM when
/// it cannot be written.
ExitStatus build_answer(const Compilation *compilation);

#endif
