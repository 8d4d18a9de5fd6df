/* Command line in, exit status out. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "commands/command.h"

#define FXC_VERSION "0.1.0"

typedef struct Program {
  int count;
  char **arguments;
  ExitStatus status;
} Program;

static ExitStatus print_help(const Command *command) {
  Buf text = {0};
  command_help(&text, command);
  ExitStatus status = command_answer(buf_str(&text));
  buf_free(&text);
  return status;
}

// A directory for an argument is the project in it.
static void take_directory(CommandLine *line) {
  Request *request = &line->request;
  bool files = strstr(line->command->arguments, "FILE") != NULL;
  if (!files || request->files.len != 1 || !file_is_directory(request->files.data[0])) return;
  request->start = request->files.data[0];
  request->files.len = 0;
}

static ExitStatus run_command(Arena *arena, CommandLine *line) {
  if (line->directory.data && chdir(str_cstr(arena, line->directory)))
    return command_wrong_usage("cannot go to '%.*s': %s", STR_ARG(line->directory), strerror(errno));
  take_directory(line);
  const char *verify = getenv("FXC_VERIFY");
  line->request.verify = verify && *verify;
  return line->command->run(&line->request);
}

static void run(void *arg) {
  Program *program = arg;
  Arena arena = {0};
  CommandLine line;
  Str error;
  if (!command_line_read(&arena, (size_t)program->count, program->arguments, &line, &error))
    program->status = command_wrong_usage("%.*s", STR_ARG(error));
  else if (line.version)
    program->status = command_answer(STR("fxc " FXC_VERSION "\n"));
  else if (line.help)
    program->status = print_help(line.named ? line.command : NULL);
  else
    program->status = run_command(&arena, &line);
  arena_free(&arena);
}

int main(int argc, char **argv) {
  Program program = {.count = argc > 0 ? argc - 1 : 0, .arguments = argv + 1};
  signal(SIGPIPE, SIG_IGN);  // a reader that goes away is no reason to die
  if (!mem_guard(run, &program)) {
    fputs("fxc: error: out of memory [FX8003]\n", stderr);
    program.status = EXIT_SYSTEM;
  }
  return (int)program.status;
}
