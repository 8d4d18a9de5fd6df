#include "workspace/unsaved.h"

#include "base/file.h"

void unsaved_put(Unsaved *unsaved, Str path, Str text) {
  bool added;
  uint32_t *index = strmap_put(unsaved->arena, &unsaved->by_path, path, &added);
  if (added) {
    *index = (uint32_t)unsaved->texts.len;
    vec_push(unsaved->arena, &unsaved->texts, text);
    vec_push(unsaved->arena, &unsaved->read, false);
  } else {
    unsaved->texts.data[*index] = text;
    unsaved->read.data[*index] = false;
  }
}

static const uint32_t *find(const Unsaved *unsaved, Str path) {
  return unsaved && unsaved->texts.len ? strmap_find(&unsaved->by_path, path) : NULL;
}

int unsaved_read(const Unsaved *unsaved, FileFolder *folder, Str path, Arena *arena, size_t limit,
                 Str *text) {
  const uint32_t *index = find(unsaved, path);
  if (!index) return file_read_in(folder, path, arena, limit, text);
  *text = unsaved->texts.data[*index];
  unsaved->read.data[*index] = true;
  return 0;
}

bool unsaved_was_read(const Unsaved *unsaved, Str path) {
  const uint32_t *index = find(unsaved, path);
  return index && unsaved->read.data[*index];
}

void unsaved_show(const Unsaved *unsaved, Sources *sources) {
  for (SourceId source = 1; unsaved && source <= sources_count(sources); source++) {
    const uint32_t *index = find(unsaved, source_path(sources, source));
    if (index) sources_set_text(sources, source, unsaved->texts.data[*index]);
  }
}
