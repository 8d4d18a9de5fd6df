/* A .env file. Names lie in the text, in their order, and the last entry of a name is the one that counts. */
#include "base/dotenv.h"

#include "fuzz.h"

static void fuzz_one(Arena *arena, Str text) {
  DotenvEntries entries = {0};
  dotenv_read(arena, text, &entries);
  uint32_t behind = 0;
  for (size_t i = 0; i < entries.len; i++) {
    const DotenvEntry *entry = &entries.data[i];
    if (!entry->name.len || entry->start < behind || entry->end > text.len) abort();
    if (!str_eq(entry->name, str_span(text.data + entry->start, text.data + entry->end))) abort();
    behind = entry->end;
    const DotenvEntry *last = dotenv_find(&entries, entry->name);
    if (!last || last < entry || !str_eq(last->name, entry->name)) abort();
  }
}
