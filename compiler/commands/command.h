/* Commands and options, from their tables, and the exit status. */
#ifndef FXC_COMMANDS_COMMAND_H
#define FXC_COMMANDS_COMMAND_H

#include "workspace/request.h"

/// The highest that applies wins.
typedef enum ExitStatus {
  EXIT_GOOD = 0,
  EXIT_ERRORS = 1,    // an error diagnostic
  EXIT_USAGE = 2,     // the command line is wrong
  EXIT_SYSTEM = 3,    // no space, no permission to write, no memory
  EXIT_INTERNAL = 4,  // a bug of fxc (FX9001)
} ExitStatus;

typedef ExitStatus CommandRun(const Request *request);

typedef struct Command {
  const char *name, *alias;
  CommandRun *run;
  Goal goal;
  const char *arguments, *help;
} Command;

#define COMMAND(name, alias, run, goal, arguments, help) CommandRun run;
#include "commands/commands.def"
#undef COMMAND

/// The commands, ended by a row without a name; the first is the default.
const Command *command_table(void);
/// The command of that name or alias, NULL when there is none.
const Command *command_find(Str name);

/// What a command line came to.
typedef struct CommandLine {
  const Command *command;
  Request request;
  Str directory;  // -C; data NULL: stay
  bool named;     // the command was given by name
  bool version, help;
} CommandLine;

/// Reads the arguments (argv[0] left out), response files included, onto the arena. False on wrong usage;
/// *error then says what is wrong in a line.
bool command_line_read(Arena *arena, size_t count, char **arguments, CommandLine *line, Str *error);

/// The text of --help: of all, or of one command.
void command_help(Buf *out, const Command *command);

/// Says on standard error what is wrong with the command line, quoted safely.
ExitStatus command_wrong_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// Writes the answer of a command to standard output. A reader that has gone away is no error.
ExitStatus command_answer(Str text);

#endif
