/* In: objects, pages and the interfaces of this run. Out: the object of each page, or what does not fit.
 * Surprising: pages are read, though nothing is taken from them, since an object that is older than its page
 * would make outputs that no plain build makes. */
#include "workspace/object/link.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/pool.h"
#include "emit/source_map.h"
#include "ir/interface.h"
#include "store/saved_diags.h"
#include "workspace/object/compile.h"
#include "workspace/object/file.h"
#include "workspace/page.h"

typedef struct LinkedFile {
  Str path;
  SourceId source;
  int error;  // an errno value
  SealState state;
  ObjectFile head;
  bool kept;  // the head is the whole object: many pages ask for it
} LinkedFile;

// By page: which object, and the how manieth of its pages.
typedef struct LinkedPage {
  uint32_t object;  // + 1; 0: none
  uint32_t nth;
  int error;      // of reading the page
  Digest source;  // of its bytes
} LinkedPage;

struct ObjectLink {
  LinkedFile *files;
  size_t count;
  LinkedPage *pages;
};

typedef struct Linking {
  Compilation *compilation;
  ObjectLink *link;
  Arena *keep, *scratch;  // by worker
  Digest *interfaces;     // by IntegrationId.n
  StrMap pages;           // by label: number + 1
  size_t faults;
} Linking;

/* Reading heads and pages, many at once */

static Str read_start(Str path, Arena *arena, int *error) {
  char *bytes = arena_alloc(arena, OBJECT_HEAD);
  int file = open(str_cstr(arena, path), O_RDONLY | O_CLOEXEC);
  ssize_t len = file < 0 ? -1 : read(file, bytes, OBJECT_HEAD);
  *error = len < 0 ? errno : 0;
  if (file >= 0) close(file);
  return (Str){bytes, len < 0 ? 0 : (size_t)len};
}

static ObjectFile keep_head(const ObjectFile *head, Arena *arena) {
  ObjectFile kept = *head;
  kept.path = str_copy(arena, head->path);
  vec_room(arena, &kept.pages, head->pages.len);
  for (size_t i = 0; i < head->pages.len; i++) {
    const ObjectPage *page = &head->pages.data[i];
    ObjectPage *copy = &kept.pages.data[i];
    *copy = (ObjectPage){.label = str_copy(arena, page->label), .name = str_copy(arena, page->name)};
    vec_room(arena, &copy->uses, page->uses.len);
    copy->uses.len = page->uses.len;
    for (size_t n = 0; n < page->uses.len; n++) {
      copy->uses.data[n] = page->uses.data[n];
      copy->uses.data[n].name = str_copy(arena, page->uses.data[n].name);
    }
  }
  return kept;
}

// An unusually long head takes the whole file.
static void read_head(void *context, size_t index, size_t worker) {
  Linking *linking = context;
  LinkedFile *file = &linking->link->files[index];
  Arena *scratch = &linking->scratch[worker];
  ObjectFile head;
  Str bytes = read_start(file->path, scratch, &file->error);
  if (!file->error) file->state = object_read_head(bytes, scratch, &head);
  if (!file->error && file->state == SEAL_DAMAGED && bytes.len == OBJECT_HEAD) {
    file->error = file_read(file->path, scratch, 0, &bytes);
    if (!file->error) file->state = object_read(bytes, scratch, &head);
  }
  if (!file->error && file->state == SEAL_FINE) file->head = keep_head(&head, &linking->keep[worker]);
  arena_reset(scratch);
}

static void read_page(void *context, size_t index, size_t worker) {
  Linking *linking = context;
  const ProjectFile *file = &linking->compilation->project.pages.data[index];
  LinkedPage *page = &linking->link->pages[index];
  Str bytes = STR("");
  if (file->view)
    bytes = file->view_source->bytes;
  else
    page->error = file_read(file->path, &linking->scratch[worker], 0, &bytes);
  page->source = digest_str(bytes);
  arena_reset(&linking->scratch[worker]);
}

static void read_all(Linking *linking) {
  Compilation *compilation = linking->compilation;
  size_t threads = compilation->request->jobs ? compilation->request->jobs : pool_processors();
  linking->keep = arena_array(&compilation->arena, Arena, threads);
  linking->scratch = arena_array(&compilation->arena, Arena, threads);
  bool finished = pool_run(threads, linking->link->count, read_head, linking) &&
                  pool_run(threads, compilation->project.pages.len, read_page, linking);
  for (size_t i = 0; i < threads; i++) arena_free(&linking->scratch[i]);
  if (!finished) {
    for (size_t i = 0; i < threads; i++) arena_free(&linking->keep[i]);
    mem_exhausted();
  }
}

// An object of many pages is read once.
static void keep_whole(LinkedFile *file, Arena *arena) {
  Str bytes;
  file->error = file_read(file->path, arena, 0, &bytes);
  if (!file->error) file->state = object_read(bytes, arena, &file->head);
  file->kept = !file->error && file->state == SEAL_FINE;
}

// What was kept moves to the compilation's own arena, which is no thread's.
static void gather(Linking *linking) {
  Compilation *compilation = linking->compilation;
  size_t threads = compilation->request->jobs ? compilation->request->jobs : pool_processors();
  for (size_t i = 0; i < linking->link->count; i++) {
    LinkedFile *file = &linking->link->files[i];
    if (file->error || file->state != SEAL_FINE) continue;
    if (file->head.pages.len == 1)
      file->head = keep_head(&file->head, &compilation->arena);
    else
      keep_whole(file, &compilation->arena);
  }
  for (size_t i = 0; i < threads; i++) arena_free(&linking->keep[i]);
}

/* What does not fit */

static Diag *misfit(Linking *linking, const LinkedFile *file, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static Diag *misfit(Linking *linking, const LinkedFile *file, const char *format, ...) {
  va_list args;
  va_start(args, format);
  linking->faults++;
  Diag *diag = diag_vadd(&linking->compilation->diags, FX8007, span_file(file->source), format, args);
  va_end(args);
  return diag;
}

static void help_again(Diag *diag, Str page, Str object) {
  diag_help(diag, "compile it again: fxc -c %.*s -o %.*s", STR_ARG(page), STR_ARG(object));
}

static Str page_path(const Linking *linking, size_t page) {
  return linking->compilation->project.pages.data[page].path;
}

static bool check_state(Linking *linking, const LinkedFile *file) {
  if (file->error) {
    linking->faults++;
    diag_add(&linking->compilation->diags, FX8001, span_file(file->source), "cannot read the object: %s",
             strerror(file->error));
    return false;
  }
  if (file->state == SEAL_FINE) return true;
  Diag *diag = file->state == SEAL_FOREIGN ? misfit(linking, file, "another build of fxc wrote this object")
                                           : misfit(linking, file, "this is no object, or it is damaged");
  if (str_ends(file->path, STR(".fxo")))
    diag_help(diag, "compile it again with this fxc: fxc -c PAGE -o %.*s", STR_ARG(file->path));
  else
    diag_help(diag, "link takes objects, which this makes of a page: fxc -c PAGE -o FILE.fxo");
  return false;
}

static void check_use(Linking *linking, const LinkedFile *file, size_t page, const ObjectUse *use) {
  const Compilation *compilation = linking->compilation;
  IntegrationId id = ir_find_integration(&compilation->ir, use->name);
  if (strmap_find(&compilation->silenced, use->name)) return;  // its manifest cannot be read
  const char *how = NULL;
  if (use->known && !id.n)
    how = "is gone";
  else if (!use->known && id.n)
    how = "was not declared";
  else if (id.n && !digest_same(use->interface, linking->interfaces[id.n]))
    how = "had another interface";
  if (!how) return;
  Str label = file->head.pages.data[linking->link->pages[page].nth].label;
  Diag *diag =
      use->known && !id.n
          ? misfit(linking, file, "'%.*s', which '%.*s' uses, is gone since it was compiled to this object",
                   STR_ARG(use->name), STR_ARG(label))
          : misfit(linking, file, "'%.*s', which '%.*s' uses, %s when it was compiled to this object",
                   STR_ARG(use->name), STR_ARG(label), how);
  if (id.n) diag_note(diag, ir_integration(&compilation->ir, id)->span, "it is declared here");
  help_again(diag, page_path(linking, page), file->path);
}

static void check_page(Linking *linking, size_t index) {
  const ProjectFile *file = &linking->compilation->project.pages.data[index];
  const LinkedPage *page = &linking->link->pages[index];
  const LinkedFile *object = &linking->link->files[page->object - 1];
  const ObjectPage *said = &object->head.pages.data[page->nth];
  if (!str_eq(said->name, file->name))
    help_again(misfit(linking, object, "'%.*s' was called '%.*s' when it was compiled to this object",
                      STR_ARG(said->label), STR_ARG(said->name)),
               file->path, object->path);
  else if (!digest_same(object->head.source, page->source))
    help_again(misfit(linking, object, "'%.*s' has changed since it was compiled to this object",
                      STR_ARG(said->label)),
               file->path, object->path);
  else
    for (size_t i = 0; i < said->uses.len; i++) check_use(linking, object, index, &said->uses.data[i]);
}

/* Objects to pages */

static void claim(Linking *linking, size_t index, uint32_t nth) {
  LinkedFile *file = &linking->link->files[index];
  const ObjectPage *said = &file->head.pages.data[nth];
  const uint32_t *found = strmap_find(&linking->pages, said->label);
  if (!found) {
    Diag *diag = misfit(linking, file, "'%.*s' is no page of this project", STR_ARG(said->label));
    diag_help(diag, "leave the object out, or let 'concept' or 'views' in the project file name the page");
    return;
  }
  LinkedPage *page = &linking->link->pages[*found - 1];
  if (page->object) {
    const LinkedFile *first = &linking->link->files[page->object - 1];
    Diag *diag = misfit(linking, file, "two objects are of '%.*s'", STR_ARG(said->label));
    diag_note(diag, span_file(first->source), "the other one");
    diag_help(diag, "give one of the two");
    return;
  }
  page->object = (uint32_t)index + 1;
  page->nth = nth;
}

static void claim_all(Linking *linking) {
  const Compilation *compilation = linking->compilation;
  Digest settings = object_settings(compilation);
  for (size_t i = 0; i < compilation->project.pages.len; i++) {
    const ProjectFile *file = &compilation->project.pages.data[i];
    *strmap_put(&linking->compilation->arena, &linking->pages, page_label(file), NULL) = (uint32_t)i + 1;
  }
  for (size_t i = 0; i < linking->link->count; i++) {
    LinkedFile *file = &linking->link->files[i];
    if (!check_state(linking, file)) continue;
    if (!digest_same(file->head.settings, settings))
      help_again(misfit(linking, file, "'%.*s' was compiled to this object with other settings",
                        STR_ARG(file->head.path)),
                 file->head.path, file->path);
    for (uint32_t nth = 0; nth < file->head.pages.len; nth++) claim(linking, i, nth);
  }
}

static void report_unreadable(Linking *linking, const ProjectFile *file, int error) {
  linking->faults++;
  diag_add(&linking->compilation->diags, FX8001, span_file(file->source), "cannot read the page: %s",
           strerror(error));
}

static void report_without(Linking *linking, const ProjectFile *file) {
  linking->faults++;
  Diag *diag = diag_add(&linking->compilation->diags, FX8007, span_file(file->source),
                        "no object of this page is given");
  diag_help(diag, "compile it, and give the object too: fxc -c %.*s -o FILE.fxo", STR_ARG(file->path));
}

static void digest_interfaces(Linking *linking) {
  const Ir *ir = &linking->compilation->ir;
  Arena scratch = {0};
  linking->interfaces = arena_array(&linking->compilation->arena, Digest, ir->integrations.len + 1);
  for (uint32_t n = 1; n <= ir->integrations.len; n++) {
    linking->interfaces[n] = ir_interface_digest(ir, (IntegrationId){n}, &scratch);
    arena_reset(&scratch);
  }
  arena_free(&scratch);
}

static void name_objects(Linking *linking) {
  Compilation *compilation = linking->compilation;
  ObjectLink *link = linking->link;
  link->count = compilation->request->objects.len;
  link->files = arena_array(&compilation->arena, LinkedFile, link->count);
  link->pages = arena_array(&compilation->arena, LinkedPage, compilation->project.pages.len);
  for (size_t i = 0; i < link->count; i++) {
    link->files[i].path = compilation->request->objects.data[i];
    link->files[i].source = sources_add(compilation->sources, link->files[i].path, link->files[i].path);
    inputs_note(compilation->inputs, (Input){.path = link->files[i].path, .kind = INDEX_READ});
  }
}

bool object_link_open(Compilation *compilation) {
  Linking linking = {.compilation = compilation, .link = arena_new(&compilation->arena, ObjectLink)};
  compilation->objects = linking.link;
  name_objects(&linking);
  read_all(&linking);
  gather(&linking);
  claim_all(&linking);
  digest_interfaces(&linking);
  bool all = linking.faults == 0;
  for (size_t i = 0; i < compilation->project.pages.len; i++) {
    const LinkedPage *page = &linking.link->pages[i];
    if (page->error)
      report_unreadable(&linking, &compilation->project.pages.data[i], page->error);
    else if (page->object)
      check_page(&linking, i);
    else if (all)  // one that is damaged may be its
      report_without(&linking, &compilation->project.pages.data[i]);
  }
  return linking.faults == 0;
}

/* One page */

static bool damaged(const LinkedFile *file, DiagBag *diags) {
  Diag *diag = diag_add(diags, FX8007, span_file(file->source), "this is no object, or it is damaged");
  diag_help(diag, "compile it again: fxc -c PAGE -o %.*s", STR_ARG(file->path));
  return false;
}

static bool read_object(const LinkedFile *file, Arena *arena, DiagBag *diags, ObjectFile *object) {
  Str bytes;
  int error = file_read(file->path, arena, 0, &bytes);
  if (!error) return object_read(bytes, arena, object) == SEAL_FINE || damaged(file, diags);
  diag_add(diags, FX8001, span_file(file->source), "cannot read the object: %s", strerror(error));
  return false;
}

bool object_link_page(const Compilation *compilation, size_t index, Str map_source, Arena *arena,
                      DiagBag *diags, ObjectLinked *linked) {
  const LinkedPage *page = &compilation->objects->pages[index];
  const LinkedFile *file = &compilation->objects->files[page->object - 1];
  const ProjectFile *source = &compilation->project.pages.data[index];
  SourceId project = compilation->project.settings_source;
  ObjectFile object = file->head;
  *linked = (ObjectLinked){.emission = {.arena = arena}};
  if (!file->kept && !read_object(file, arena, diags, &object)) return false;
  if (page->nth >= object.pages.len) return damaged(file, diags);
  const ObjectPage *said = &object.pages.data[page->nth];
  FragmentPlaces places = {source->source, project};
  if (!fragment_read(said->fragment, places, arena, &linked->fragment) ||
      !saved_diags_read_page(said->diagnostics, source->source, project, &linked->emission) ||
      !source_map_move(said->map, map_source, &linked->map))
    return damaged(file, diags);
  linked->fragment.facts.path = page_label(source);
  linked->fragment.facts.name = source->name;
  linked->code = said->code;
  return true;
}
