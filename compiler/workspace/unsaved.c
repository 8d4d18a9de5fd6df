#include "workspace/unsaved.h"

#include "base/file.h"

void unsaved_put(Unsaved *unsaved, Str path, Str text) {
  bool added;
  uint32_t *index = strmap_put(unsaved->arena, &unsaved->by_path, path, &added);
  if (added) {
    *index = (uint32_t)unsaved->texts.len;
    vec_push(unsaved->arena, &unsaved->texts, text);
  } else {
    unsaved->texts.data[*index] = text;
  }
}

static const Str *find(const Unsaved *unsaved, Str path) {
  const uint32_t *index = unsaved && unsaved->texts.len ? strmap_find(&unsaved->by_path, path) : NULL;
  return index ? &unsaved->texts.data[*index] : NULL;
}

int unsaved_read(const Unsaved *unsaved, Str path, Arena *arena, size_t limit, Str *text) {
  const Str *over = find(unsaved, path);
  if (!over) return file_read(path, arena, limit, text);
  *text = *over;
  return 0;
}

void unsaved_show(const Unsaved *unsaved, Sources *sources) {
  for (SourceId source = 1; unsaved && source <= sources_count(sources); source++) {
    const Str *over = find(unsaved, source_path(sources, source));
    if (over) sources_set_text(sources, source, *over);
  }
}
