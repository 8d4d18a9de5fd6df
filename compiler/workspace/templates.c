/* In: the files that the `templates` clause names. Out: compiled templates for the emitters. Surprising: a
 * template that cannot be read is an error, but not a reason to stop: the built-in one stands in for it, and
 * what is written with it is thrown away with the run's other outputs. */
#include "workspace/templates.h"

#include <errno.h>

#include "workspace/cache/cache_key.h"

enum { LARGEST_FILE = 1024 * 1024 };

static bool read_template(Compilation *compilation, const ProjectFile *file, TemplateText *text) {
  *text = (TemplateText){.name = file->name, .source = file->source};
  int error = inputs_read(compilation->inputs, file->path, &compilation->arena, LARGEST_FILE, &text->bytes);
  if (error == EFBIG)
    diag_add(&compilation->diags, FX8006, span_file(file->source), "the template is larger than 1 MiB");
  else if (error)
    diag_add(&compilation->diags, FX8001, span_file(file->source), "cannot read the template: %s",
             strerror(error));
  return !error;
}

// Components stand in shells that come from templates.
static Digest digest_of(const TemplateText *texts, size_t count, bool unsafe) {
  Buf key = {0};
  key_number(&key, unsafe);
  for (size_t i = 0; i < count; i++) {
    key_str(&key, texts[i].name);
    key_str(&key, texts[i].bytes);
  }
  return key_end(&key);
}

void templates_read(Compilation *compilation) {
  const Project *project = &compilation->project;
  TemplateText *texts = arena_array(&compilation->arena, TemplateText, project->templates.len);
  size_t count = 0;
  for (size_t i = 0; i < project->templates.len; i++)
    count += read_template(compilation, &project->templates.data[i], &texts[count]);
  compilation->templates_digest = digest_of(texts, count, project->settings.unsafe_templates);
  compilation->templates = templates_open(&compilation->arena, texts, count,
                                          project->settings.unsafe_templates, &compilation->diags);
}
