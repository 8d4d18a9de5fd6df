/* In: rules. Out: news. Surprising: a queue is never mended. When folders come or go a new one is opened,
 * which costs a walk and leaves no watch on what was moved away; nothing is missed, since a build follows
 * that reads everything behind the new watches. */
#include "watch/queue.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"

typedef struct Filling {
  WatchQueue *queue;
  NotifyScope scope;
  int error;
} Filling;

// What stops the whole of it, not one folder.
static bool is_systems(int error) {
  return error == ENOSPC || error == ENOMEM || error == ENOSYS || error == EMFILE || error == ENFILE;
}

static WatchedFolder *add_folder(Filling *filling, Str path) {
  WatchQueue *queue = filling->queue;
  int number;
  if (filling->error) return NULL;
  int error = notify_add(queue->queue, path, filling->scope, &number);
  if (is_systems(error)) filling->error = error;
  if (error) return NULL;
  while (queue->folders.len < (size_t)number) vec_push(&queue->arena, &queue->folders, (WatchedFolder){0});
  WatchedFolder *folder = &queue->folders.data[number - 1];
  if (!folder->path.data) folder->path = str_copy(&queue->arena, path);
  return folder;
}

static bool has_name(const WatchedFolder *folder, Str name) {
  for (size_t i = 0; i < folder->names.len; i++)
    if (str_eq(folder->names.data[i], name)) return true;
  return false;
}

static void add_place(void *context, const WatchPlace *place) {
  Filling *filling = context;
  Arena *arena = &filling->queue->arena;
  WatchedFolder *folder = add_folder(filling, place->folder);
  if (!folder) return;
  if (place->kind == WATCH_TREE)
    folder->tree = str_copy(arena, place->inside);
  else if (place->kind == WATCH_LIBRARY)
    folder->library = true;
  else if (!has_name(folder, place->name))
    vec_push(arena, &folder->names, str_copy(arena, place->name));
}

static int start(WatchQueue *queue) {
  *queue = (WatchQueue){.queue = -1};
  return notify_open(&queue->queue);
}

int watch_queue_inputs(WatchQueue *queue, const Request *request) {
  Arena scratch = {0};
  int error = start(queue);
  if (error) return error;
  Filling filling = {.queue = queue, .scope = NOTIFY_ALL};
  WatchVisit visit = {.context = &filling, .place = add_place};
  queue->rules = watch_rules(&queue->arena, request);
  watch_scan(queue->rules, &scratch, &visit);
  arena_free(&scratch);
  return filling.error;
}

typedef struct OutputWalk {
  Filling *filling;
  Str root;
  Arena *arena;
} OutputWalk;

static bool pass_file(void *context, Str path, const struct stat *info) {
  (void)context, (void)path, (void)info;
  return true;
}

static bool add_output_folder(void *context, Str path) {
  OutputWalk *walk = context;
  WatchedFolder *folder = add_folder(walk->filling, path_join(walk->arena, walk->root, path));
  if (folder) folder->output = true;
  return folder != NULL;
}

// The folder above is watched for the output folder itself, which a build may put in place as a whole.
static void add_outputs(Filling *filling, const WatchRules *rules, Arena *scratch) {
  Str output = path_directory(rules->overrides), failed;
  OutputWalk walk = {filling, output, scratch};
  WatchPlace above = watch_nearest(scratch, output);
  WatchPlace overrides = {WATCH_NAME, output, STR_NONE, path_base(rules->overrides)};
  add_place(filling, &above);
  filling->scope = NOTIFY_ALL;
  add_place(filling, &overrides);
  filling->scope = NOTIFY_STRUCTURE;
  WatchedFolder *top = add_folder(filling, output);
  if (top) top->output = true;
  if (top) file_walk(output, pass_file, add_output_folder, &walk, scratch, &failed);
}

int watch_queue_outputs(WatchQueue *queue, const WatchRules *rules) {
  Arena scratch = {0};
  int error = start(queue);
  if (error) return error;
  queue->rules = rules;
  Filling filling = {.queue = queue};
  if (rules->overrides.data) add_outputs(&filling, rules, &scratch);
  arena_free(&scratch);
  return filling.error;
}

void watch_queue_close(WatchQueue *queue) {
  if (queue->queue >= 0) close(queue->queue);
  arena_free(&queue->arena);
  *queue = (WatchQueue){.queue = -1};
}

/* Events */

typedef struct Reading {
  const WatchQueue *queue;
  WatchNews *news;
  Arena scratch;
} Reading;

static const WatchedFolder *folder_of(const WatchQueue *queue, const NotifyEvent *event) {
  size_t number = (size_t)event->folder;
  return number && number <= queue->folders.len ? &queue->folders.data[number - 1] : NULL;
}

static bool counts(Reading *reading, const WatchedFolder *folder, const NotifyEvent *event) {
  if (!event->name.len || has_name(folder, event->name)) return true;
  if (folder->library && watch_rules_take_library(event->name, event->is_folder)) return true;
  if (!folder->tree.data) return false;
  Str path = path_join(&reading->scratch, folder->tree, event->name);
  return watch_rules_take(reading->queue->rules, &reading->scratch, path, event->is_folder);
}

// A link that comes or is turned round leads elsewhere, so that other folders are to be watched.
static bool is_link(Reading *reading, const WatchedFolder *folder, const NotifyEvent *event) {
  char target;
  Str path = path_join(&reading->scratch, folder->path, event->name);
  return !event->gone && readlink(str_cstr(&reading->scratch, path), &target, 1) > 0;
}

static void hear_input(void *context, const NotifyEvent *event) {
  Reading *reading = context;
  WatchNews *news = reading->news;
  const WatchedFolder *folder = folder_of(reading->queue, event);
  if (event->lost) news->changes++, news->structure = true;
  if (!folder) return;
  const Str lock = reading->queue->rules->lock;
  if (str_eq(event->name, path_base(lock)) && str_eq(folder->path, path_directory(lock))) news->own = true;
  if (!counts(reading, folder, event)) return;
  news->changes++;
  bool self = !event->name.len, named = has_name(folder, event->name);
  if (self || named || event->is_folder || is_link(reading, folder, event)) news->structure = true;
}

static void hear_output(void *context, const NotifyEvent *event) {
  Reading *reading = context;
  WatchNews *news = reading->news;
  const WatchedFolder *folder = folder_of(reading->queue, event);
  if (event->lost) news->structure = news->own = true;
  if (!folder) return;
  bool named = has_name(folder, event->name), self = !event->name.len;
  if (!folder->output && !named && !self) return;
  if (named || self || event->is_folder) news->own = true;
  if (self || event->is_folder) news->structure = true;
  if (event->gone && self && folder->output)  // renamed: nothing in it has gone
    vec_push(news->arena, &news->gone, str_copy(news->arena, folder->path));
  if (event->gone && !named && !self)
    vec_push(news->arena, &news->gone, path_join(news->arena, folder->path, event->name));
}

static void read_queue(const WatchQueue *queue, WatchNews *news, NotifyVisitor *hear) {
  Reading reading = {.queue = queue, .news = news};
  if (queue->queue >= 0) notify_read(queue->queue, hear, &reading);
  arena_free(&reading.scratch);
}

void watch_queue_read_inputs(const WatchQueue *queue, WatchNews *news) {
  read_queue(queue, news, hear_input);
}
void watch_queue_read_outputs(const WatchQueue *queue, WatchNews *news) {
  read_queue(queue, news, hear_output);
}
