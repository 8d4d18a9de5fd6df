// From a bag to bytes: the loop over the diagnostics, and the texts of the files they point at.
// What may surprise: texts are kept from one diagnostic to the next, so that ten thousand in one file
// load it once, but not beyond 32 MiB, so that ten thousand files do not fill the memory.
#include "diag/render.h"

#include "base/mem.h"

enum { MOST_TEXT = 32 * 1024 * 1024 };

// Line breaks stay, so that places do.
static Str without_hidden(Render *render, SourceId source, Str text) {
  char *copy = NULL;
  for (size_t i = 0; i < render->hidden_count; i++) {
    Span span = render->hidden[i].span;
    if (span.source != source) continue;
    if (!copy) {
      copy = arena_alloc(&render->texts, text.len + 1);
      memcpy(copy, text.data, text.len);
      copy[text.len] = 0;
    }
    for (uint32_t at = span.start; at < span.end && at < text.len; at++)
      if (copy[at] != '\n' && copy[at] != '\r') copy[at] = '*';
  }
  return copy ? (Str){copy, text.len} : text;
}

const RenderFile *render_file(Render *render, SourceId source) {
  if (!source || source > render->file_count) return NULL;
  RenderFile *file = &render->files[source];
  if (file->asked) return file;
  file->asked = true;
  Str text;
  file->loaded = source_load(render->sources, source, &render->texts, &text);
  if (file->loaded) text = without_hidden(render, source, text);
  file->lines = lines_find(&render->texts, file->loaded ? text : STR(""));
  return file;
}

RenderPlace render_place(Render *render, Span span) {
  const RenderFile *file = render_file(render, span.source);
  RenderPlace place = {{1, 1}, {1, 1}};
  if (!file) return place;
  place.start = lines_at(&file->lines, span.start);
  place.end = lines_at(&file->lines, span.end);
  return place;
}

void render_color(Render *render, const char *code) {
  if (render->color) buf_printf(render->out, "\x1b[%sm", code);
}

void render_location(Render *render, Span span) {
  if (!span_exists(span)) {
    buf_put(render->out, STR("fxc: "));
    return;
  }
  LineColumn at = render_place(render, span).start;
  diag_put_safe(render->out, source_path(render->sources, span.source), 0);
  buf_printf(render->out, ":%u:%u: ", at.line, at.column);
}

bool render_is_primary(const Diag *diag, const DiagPlace *label) {
  return span_cmp(diag->span, label->span) == 0;
}

bool render_is_file(Span span) { return span.start == 0 && span.end == 0; }

static void forget_texts(Render *render) {
  if (arena_size(&render->texts) < MOST_TEXT) return;
  arena_free(&render->texts);
  memset(render->files, 0, (render->file_count + 1) * sizeof *render->files);
}

static void put_rest(Render *render, size_t more) {
  if (more) buf_printf(render->out, "fxc: %zu more error%s not shown\n", more, more == 1 ? "" : "s");
}

typedef struct Job {
  Render render;
  const DiagBag *bag;
  DiagFormat format;
} Job;

static void render_all(void *arg) {
  static void (*const renderers[])(Render *, const Diag *) = {render_text, render_gcc, render_json};
  Job *job = arg;
  Render *render = &job->render;
  size_t limit = job->format == DIAG_JSON || !render->policy ? 0 : render->policy->max_errors, errors = 0;
  render->file_count = sources_count(render->sources);
  render->files = arena_array(&render->table, RenderFile, render->file_count + 1);
  for (size_t i = 0; i < job->bag->list.len; i++) {
    const Diag *diag = job->bag->list.data[i];
    errors += diag->severity == DIAG_ERROR;
    if (diag->severity == DIAG_ERROR && limit && errors > limit) continue;
    renderers[job->format](render, diag);
    forget_texts(render);
  }
  if (limit && errors > limit) put_rest(render, errors - limit);
}

void diag_render(const DiagBag *bag, const DiagPolicy *policy, const Sources *sources,
                 const DiagOutput *output) {
  if (!bag->list.len) return;  // a row for each source is made for nothing then
  Job job = {.bag = bag, .format = output->format};
  job.render = (Render){.policy = policy, .sources = sources, .out = output->out};
  job.render.hidden = bag->hidden.data;
  job.render.hidden_count = bag->hidden.len;
  job.render.color = output->color && output->format == DIAG_TEXT;
  bool finished = mem_guard(render_all, &job);
  arena_free(&job.render.texts);
  arena_free(&job.render.table);
  if (!finished) mem_exhausted();
}
