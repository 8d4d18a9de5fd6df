/* A response file, and the command line that it comes to. What is wrong is said in one line. */
#include <sys/mman.h>
#include <unistd.h>

#include "commands/command.h"
#include "fuzz.h"

static void fuzz_one(Arena *arena, Str text) {
  static int file = -1;
  if (file < 0) file = memfd_create("response", 0);
  if (file < 0 || ftruncate(file, 0) || pwrite(file, text.data, text.len, 0) != (ssize_t)text.len) return;
  Str word = str_printf(arena, "@/proc/self/fd/%d", file), error = STR("");
  char *arguments[] = {str_cstr(arena, word), NULL};
  CommandLine line;
  if (command_line_read(arena, 1, arguments, &line, &error)) {
    if (!line.command) abort();
    return;
  }
  if (!error.len) abort();
}
