/* The pack: all fragments of a project, for all its configurations and every fxc that builds it.
 *
 * ".fx/cache/fragments.N", to which is only ever appended; N grows when it is rewritten without what nobody
 * uses. A file: "fxcpack1", a random number (32 bits) that names
 * this pack in places, four zeros; then records, each from a multiple of eight bytes on:
 *
 *   0 … 3   "fxcR"          16 … 31   key, high half first
 *   4 … 7   length          32 …      content
 *   8 … 15  XXH3 (64 bits) of key and content
 *
 * A record that is torn or damaged is stepped over: the next one is known by its checksum. Everything here is
 * for convenience: when the pack cannot be read, it is empty; when it cannot be written (no space, no
 * permission, or another fxc is writing), fragments are forgotten with the run. */
#ifndef FXC_STORE_PACK_H
#define FXC_STORE_PACK_H

#include "base/hash.h"
#include "base/str.h"

typedef struct Pack Pack;

/// Where a fragment lies. 16 bytes, as the index keeps it. All zero: nowhere.
typedef struct PackPlace {
  uint64_t offset;  // of the content
  uint32_t length;  // of the content
  uint32_t pack;    // which one: the number in its head
} PackPlace;

/// Opens the newest pack of the cache folder, which need not exist. Never NULL; closed by pack_close(), until
/// when what it gave stays readable. The Pack itself lies on the arena.
Pack *pack_open(Arena *arena, Str folder);
void pack_close(Pack *pack);

/// The fragment of that key at a place that an index remembers, or elsewhere: *place is then where it lies
/// now. False when it is not there any more, or is damaged (see pack_is_damaged()). May be called by many
/// threads.
bool pack_get(const Pack *pack, PackPlace *place, Digest key, Str *content);

/// Looks at all records, so that pack_find() finds them; 0.3 ms for 10,000. Once, before threads start.
void pack_list(Pack *pack);
/// The place of a fragment by its key alone, after pack_list(): a page that was renamed, or changed back, or
/// is built in another configuration. False when there is none. May be called by many threads.
bool pack_find(const Pack *pack, Digest key, PackPlace *place);

/// Whether something that should be in the pack was found damaged so far: worth an FX8004.
bool pack_is_damaged(const Pack *pack);

typedef struct PackItem {
  Digest key;
  Str content;
  PackPlace place;  // out: where it lies now
} PackItem;

/// Appends fragments; 0, or an errno value when they are not kept (EWOULDBLOCK: another fxc is writing): all
/// places are zero then. What is open does not see them.
int pack_append(Str folder, PackItem *items, size_t count);

/// The bytes that a fragment of that length takes in a pack.
uint64_t pack_room(uint32_t length);

enum { PACK_SMALL = 1024 * 1024 };  // a pack below this is never rewritten

/// Rewrites the newest pack of the folder with what `used` says is used; the lock of the folder is held. 0 or
/// an errno value: then the old one stays.
typedef bool PackUsed(const void *context, Digest key);
int pack_rewrite(Str folder, PackUsed *used, const void *context);
/// The newest pack of the folder and its size; 0 when there is none.
uint32_t pack_newest(Str folder, uint64_t *size);

/* Walking through the records, for those who keep packs and for tests */

typedef struct PackRecord {
  Digest key;
  Str content;
  size_t start;  // of the record
} PackRecord;

/// Where a walk stands; zero at first.
typedef struct PackCursor {
  size_t at, wasted;
} PackCursor;

/// The next whole record of a pack's bytes. False at the end, or when what lies between has cost as much as
/// reading all of it.
bool pack_next(Str bytes, PackCursor *cursor, PackRecord *record);

#endif
