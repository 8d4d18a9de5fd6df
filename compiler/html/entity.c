/* Finding the longest named character reference.
 *
 * In: text behind an '&'. Out: an entry of grammar/html_entities.def. The names are in byte order, so
 * those with a common prefix are neighbours: each byte of the text narrows the range, and the
 * first name of a range is the prefix itself when it is a name. Nearly all references are whole names with
 * their semicolon, which a table by hash finds. Surprising: names lie in the entries themselves, since 2,231
 * pointers would be relocated whenever fxc starts. */
#include "html/entity.h"

#include <pthread.h>
#include <stdatomic.h>

static const HtmlEntity entities[] = {
#define ENTITY(name, first, second) {name, sizeof(name) - 1, {first, second}},
#include "html_entities.def"
#undef ENTITY
};

enum { ENTITIES = sizeof entities / sizeof *entities, SLOTS = 8192 };

static uint16_t slots[SLOTS];  // index + 1, by hash
static pthread_once_t once = PTHREAD_ONCE_INIT;
static atomic_bool indexed;

static size_t slot_of(const char *name, size_t len) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < len; i++) hash = (hash ^ (unsigned char)name[i]) * 16777619u;
  return (hash ^ hash >> 15) % SLOTS;
}

static void index_names(void) {
  for (size_t i = 0; i < ENTITIES; i++) {
    size_t at = slot_of(entities[i].name, entities[i].len);
    while (slots[at]) at = (at + 1) % SLOTS;
    slots[at] = (uint16_t)(i + 1);
  }
  atomic_store_explicit(&indexed, true, memory_order_release);
}

/// The entity of exactly this name, or NULL.
static const HtmlEntity *find_whole(Str name) {
  if (!atomic_load_explicit(&indexed, memory_order_acquire)) pthread_once(&once, index_names);
  for (size_t at = slot_of(name.data, name.len); slots[at]; at = (at + 1) % SLOTS) {
    const HtmlEntity *entity = &entities[slots[at] - 1];
    if (entity->len == name.len && !memcmp(entity->name, name.data, name.len)) return entity;
  }
  return NULL;
}

/// The first index of [low, high) whose byte at `depth` is at least `byte`.
static size_t lower_bound(size_t low, size_t high, size_t depth, unsigned byte) {
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if ((unsigned char)entities[middle].name[depth] < byte) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

const HtmlEntity *html_entity_longest(Str text) {
  if (!text.len) return NULL;
  // Nothing is longer than a name with its semicolon.
  const HtmlEntity *longest = text.data[text.len - 1] == ';' ? find_whole(text) : NULL;
  if (longest) return longest;
  size_t low = 0, high = ENTITIES;
  for (size_t depth = 0; low < high && depth < text.len; depth++) {
    unsigned byte = (unsigned char)text.data[depth];
    low = lower_bound(low, high, depth, byte);
    high = lower_bound(low, high, depth, byte + 1);
    if (low < high && entities[low].len == depth + 1) longest = &entities[low];
  }
  return longest;
}
