#include "commands/command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

const Command *command_table(void) {
  static const Command table[] = {
#define COMMAND(name, alias, run, goal, arguments, help) {name, alias, run, goal, arguments, help},
#include "commands/commands.def"
#undef COMMAND
      {0},
  };
  return table;
}

const Command *command_find(Str name) {
  for (const Command *command = command_table(); command->name; command++)
    if (str_eq(name, str_from(command->name)) || (command->alias && str_eq(name, str_from(command->alias))))
      return command;
  return NULL;
}

static void help_commands(Buf *out) {
  buf_put(out, STR("Usage: fxc [options] [command] [arguments]\n\nCommands:\n"));
  for (const Command *command = command_table(); command->name; command++)
    buf_printf(out, "  %-10s %s\n", command->name, command->help);
  buf_put(
      out,
      STR("\nWithout a command: build. Given files instead of a directory, it compiles exactly these.\n"));
}

static void help_option(Buf *out, const char *name, char letter, const char *argument, const char *help) {
  Buf left = {0};
  if (letter)
    buf_printf(&left, "-%c%s%s", letter, argument ? (letter == 'W' || letter == 'f' ? "" : " ") : "",
               argument ? argument : "");
  if (name && letter) buf_put(&left, STR(", "));
  bool optional = argument && *argument == '[';  // --release[=LABEL]
  if (name)
    buf_printf(&left, "--%s%s%s%s", name, optional ? "[" : "", argument ? "=" : "",
               argument ? argument + optional : "");
  buf_printf(out, "  %-38.*s %s\n", (int)left.len, left.data, help);
  buf_free(&left);
}

void command_help(Buf *out, const Command *command) {
  if (command)
    buf_printf(out, "Usage: fxc [options] %s %s\n\n%s\n", command->name, command->arguments, command->help);
  else
    help_commands(out);
  buf_put(out, STR("\nOptions:\n"));
#define OPTION(constant, name, letter, argument, help) help_option(out, name, letter, argument, help);
#include "commands/options.def"
#undef OPTION
}

ExitStatus command_wrong_usage(const char *format, ...) {
  Buf error = {0}, text = {0};
  va_list arguments;
  va_start(arguments, format);
  buf_vprintf(&error, format, arguments);
  va_end(arguments);
  diag_put_safe(&text, buf_str(&error), 0);  // it quotes what was typed
  fprintf(stderr, "fxc: %.*s\n", (int)text.len, text.data);
  buf_free(&error);
  buf_free(&text);
  return EXIT_USAGE;
}

// A reader that has gone away wants no more.
static ExitStatus answer_failed(int error) {
  if (error == EPIPE) return EXIT_GOOD;
  fprintf(stderr, "fxc: error: cannot write to standard output: %s [FX8003]\n", strerror(error));
  return EXIT_SYSTEM;
}

ExitStatus command_answer(Str text) {
  while (text.len) {
    ssize_t written = write(STDOUT_FILENO, text.data, text.len);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return answer_failed(errno);
    text = str_skip(text, (size_t)written);
  }
  return EXIT_GOOD;
}
