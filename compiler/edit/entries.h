/* Entries of maps in a text that is edited: `strict: true` in YAML and JSON, `strict = true` in a block of
 * .fx, `country = "us"` behind a use in a view. Here is said which bytes go when some of them go. */
#ifndef FXC_EDIT_ENTRIES_H
#define FXC_EDIT_ENTRIES_H

#include "edit/splice.h"
#include "fx/tree.h"
#include "source/events.h"

/// From the first byte of the key to the last one of the value.
typedef struct Entry {
  uint32_t start, end;
} Entry;

typedef struct EntryList {
  Str bytes;
  VEC(Entry) entries;  // all of the map, in the order of the text
  Entry outer;         // what goes when all entries go, and
  Str empty;           // what then stands there
  bool lines;          // an entry that stands alone on its lines goes with them
  uint32_t behind;     // of `lines`: where `empty` can stand instead, before comments; 0: nowhere
} EntryList;

/// The entries of the map whose key starts at that byte; *index is its own. False when there is none, or when
/// an alias makes it stand in several maps.
bool entries_of_key(Arena *arena, const DocEvents *doc, uint32_t start, EntryList *list, size_t *index);

/// The same for a pair of a .fx file: of a record, of what stands in parentheses, of an element's
/// [attributes].
bool entries_of_pair(Arena *arena, const FxTree *tree, uint32_t start, EntryList *list, size_t *index);

/// Takes the entries out for which `drop` is true; the edits are added to the list. Comments on lines of
/// their own stay.
void entries_remove(Arena *arena, const EntryList *list, const bool *drop, Splices *edits);

/// White space from the start of its line up to a byte; false when something else stands there.
bool entries_indent(Str bytes, uint32_t at, Str *indent);

#endif
