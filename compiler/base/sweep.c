// In: a folder in which files were written by a temporary neighbour and a rename. Out: none of those that
// nobody will rename any more. What may surprise: a process is asked for by its number, so a number that was
// given anew keeps a neighbour until its new owner ends.
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

// ".fxc-17-2.tmp" of a process 17 that is gone.
static bool is_abandoned(const char *name) {
  static const char before[] = ".fxc-";
  if (strncmp(name, before, sizeof before - 1) != 0) return false;
  char *end;
  errno = 0;
  long process = strtol(name + sizeof before - 1, &end, 10);
  if (process <= 0 || errno || *end != '-' || !str_ends(str_from(end), STR(".tmp"))) return false;
  return process != (long)getpid() && kill((pid_t)process, 0) && errno == ESRCH;
}

void file_sweep(Str folder) {
  Arena scratch = {0};
  DIR *stream = opendir(str_cstr(&scratch, folder));
  for (struct dirent *entry; stream && (entry = readdir(stream));)
    if (is_abandoned(entry->d_name)) unlinkat(dirfd(stream), entry->d_name, 0);
  if (stream) closedir(stream);
  arena_free(&scratch);
}
