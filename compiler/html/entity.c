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

#include "base/utf8.h"

static const HtmlEntity entities[] = {
#define ENTITY(name, first, second) {name, sizeof(name) - 1, {first, second}},
#include "html_entities.def"
#undef ENTITY
};

enum { ENTITIES = sizeof entities / sizeof *entities, SLOTS = 8192, SHORT_SLOTS = 4096 };

static uint16_t slots[SLOTS];  // index + 1, by hash
static HtmlShortEntity short_slots[SHORT_SLOTS];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static atomic_bool indexed;

static size_t slot_of(const char *name, size_t len) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < len; i++) hash = (hash ^ (unsigned char)name[i]) * 16777619u;
  return (hash ^ hash >> 15) % SLOTS;
}

/// The bytes of a short name with its semicolon as a number, the first one lowest; 0 when none of eight bytes
/// is a semicolon.
static uint64_t short_key(const char *name) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint64_t word;
  memcpy(&word, name, sizeof word);
  uint64_t zeros = word ^ 0x3B3B3B3B3B3B3B3Bu;  // where a semicolon is
  uint64_t hits = (zeros - 0x0101010101010101u) & ~zeros & 0x8080808080808080u;
  return hits ? word & (hits ^ (hits - 1)) : 0;  // as far as the lowest hit
#else
  uint64_t key = 0;
  for (unsigned i = 0; i < 8; i++) {
    key |= (uint64_t)(unsigned char)name[i] << 8 * i;
    if (name[i] == ';') return key;
  }
  return 0;
#endif
}

static size_t short_slot(uint64_t key) { return (size_t)(key * 0x9E3779B97F4A7C15u >> 52) % SHORT_SLOTS; }

static void index_short(const HtmlEntity *entity) {
  if (entity->len > 8 || entity->name[entity->len - 1] != ';') return;
  HtmlShortEntity found = {.key = short_key(entity->name), .len = entity->len};
  char utf8[8];
  size_t bytes = utf8_encode(entity->code[0], utf8);
  if (entity->code[1]) bytes += utf8_encode(entity->code[1], utf8 + bytes);
  if (bytes > sizeof found.utf8) return;
  memcpy(found.utf8, utf8, bytes);
  found.bytes = (uint8_t)bytes;
  size_t at = short_slot(found.key);
  while (short_slots[at].key) at = (at + 1) % SHORT_SLOTS;
  short_slots[at] = found;
}

static void index_names(void) {
  for (size_t i = 0; i < ENTITIES; i++) {
    size_t at = slot_of(entities[i].name, entities[i].len);
    while (slots[at]) at = (at + 1) % SLOTS;
    slots[at] = (uint16_t)(i + 1);
    index_short(&entities[i]);
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

const HtmlShortEntity *html_entity_short(const char *name) {
  if (!atomic_load_explicit(&indexed, memory_order_acquire)) pthread_once(&once, index_names);
  uint64_t key = short_key(name);
  if (!key) return NULL;
  for (size_t at = short_slot(key); short_slots[at].key; at = (at + 1) % SHORT_SLOTS)
    if (short_slots[at].key == key) return &short_slots[at];
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
