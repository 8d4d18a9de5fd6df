/* What the commands that compile have in common: run, print the diagnostics, end with a status. */
#ifndef FXC_COMMANDS_RUN_H
#define FXC_COMMANDS_RUN_H

#include "commands/command.h"
#include "workspace/compile.h"

/// Runs a request; what it found is in *compilation (zeroed by the caller), diagnostics are printed, metrics
/// and the depfile written. The caller answers on standard output and calls run_end().
void run_begin(Compilation *compilation, const Request *request);
/// The same for a command that works on files and compiles nothing: `work` finds the request, sources and an
/// empty bag.
void run_files(Compilation *compilation, const Request *request, void (*work)(void *compilation));
/// The same for one that compiles by itself: `work` finds a zeroed compilation but for the request, and
/// leaves in it what is to be told, neither sorted nor counted.
void run_work(Compilation *compilation, const Request *request, void (*work)(void *compilation));
/// Whether there was a project to look at. Where there was none (FX8002), nothing else is worth saying.
bool run_found_project(const Compilation *compilation);
/// Frees the compilation and gives its status, or `answer` where that is higher.
ExitStatus run_end(Compilation *compilation, ExitStatus answer);

#endif
