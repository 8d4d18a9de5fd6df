/* In: the running program. Out: what identifies it. Surprising: the note lies in memory, since the loader
 * maps it, so that no file is opened. */
#include "store/build_id.h"

#include <cjson/cJSON.h>
#include <link.h>
#include <pthread.h>
#include <sys/stat.h>
#include <yaml.h>

#include "base/buf.h"

static Digest id;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static size_t aligned(size_t size) { return (size + 3) & ~(size_t)3; }

// Notes stand one behind the other: three numbers, the owner's name, the content.
static Str find_note(Str notes) {
  while (notes.len >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    memcpy(&note, notes.data, sizeof note);
    Str name = str_take(str_skip(notes, sizeof note), note.n_namesz);
    Str content = str_skip(notes, sizeof note + aligned(note.n_namesz));
    if (content.len < note.n_descsz) break;
    if (note.n_type == NT_GNU_BUILD_ID && str_eq(name, ((Str){"GNU", sizeof "GNU"})))
      return str_take(content, note.n_descsz);
    notes = str_skip(content, aligned(note.n_descsz));
  }
  return STR_NONE;
}

// The program itself comes first; nothing else is looked at.
static int visit(struct dl_phdr_info *program, size_t size, void *found) {
  (void)size;
  for (size_t i = 0; i < program->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &program->dlpi_phdr[i];
    if (part->p_type != PT_NOTE) continue;
    Str notes = {(const char *)(program->dlpi_addr + part->p_vaddr), part->p_memsz};
    Str note = find_note(notes);
    if (note.len) *(Str *)found = note;
  }
  return 1;
}

// A program that was linked without a build ID: its file tells it from others, on this machine alone.
static Digest of_file(void) {
  struct stat info = {0};
  if (stat("/proc/self/exe", &info)) return (Digest){0};
  int64_t parts[] = {(int64_t)info.st_ino, (int64_t)info.st_dev, info.st_size,        info.st_mtim.tv_sec,
                     info.st_mtim.tv_nsec, info.st_ctim.tv_sec,  info.st_ctim.tv_nsec};
  return digest_str((Str){(const char *)parts, sizeof parts});
}

static void work_out(void) {
  Str note = STR_NONE;
  dl_iterate_phdr(visit, &note);
  Digest program = note.len ? digest_str(note) : of_file();
  char text[128];
  int length =
      snprintf(text, sizeof text, "%016llx%016llx yaml %s cjson %s", (unsigned long long)program.high,
               (unsigned long long)program.low, yaml_get_version_string(), cJSON_Version());
  id = digest_str((Str){text, (size_t)length});
}

Digest build_id(void) {
  pthread_once(&once, work_out);
  return id;
}
