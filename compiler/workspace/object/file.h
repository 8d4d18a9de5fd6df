/* What `-c` leaves for `link`, as bytes: what reading a page came to, and the page's component as it was
 * emitted against the interfaces that are named with their digests. A view may hold several pages.
 *
 * A file is sealed (store/seal.h, "fxobjec1"); inside: the length of the head (8 bytes), the head in the
 * forms of store/codec.h, and behind it fragment, code, map and diagnostics of each page, each with a NUL
 * behind it. The head can be read alone, so that thousands of objects are told apart without reading them. */
#ifndef FXC_WORKSPACE_OBJECT_FILE_H
#define FXC_WORKSPACE_OBJECT_FILE_H

#include "base/hash.h"
#include "base/vec.h"
#include "store/seal.h"

/// An integration that the page names, and whether there was one of that name.
typedef struct ObjectUse {
  Str name;
  bool known;
  Digest interface;  // of ir/interface.h
} ObjectUse;

typedef VEC(ObjectUse) ObjectUses;

typedef struct ObjectPage {
  Str label, name;  // as in ProjectFile: what outputs call the page, and what its component's file is called
  ObjectUses uses;
  Str fragment;     // store/fragment.h
  Str code, map;    // the component and its source map, whose source is named from the project root
  Str diagnostics;  // of emission: store/saved_diags.h
} ObjectPage;

typedef struct ObjectFile {
  Str path;         // of the page or view, from the project root
  Digest source;    // of its bytes
  Digest settings;  // of what the project file and templates say to pages
  VEC(ObjectPage) pages;
} ObjectFile;

/// How many bytes of a file hold any head that is not unusually long.
enum { OBJECT_HEAD = 4096 };

/// Appends the bytes of an object.
void object_write(const ObjectFile *object, Buf *out);

/// Reads a whole object; nothing is believed. Strings lie in `bytes`, arrays on the arena.
SealState object_read(Str bytes, Arena *arena, ObjectFile *object);

/// The head alone, from the first bytes of a file: without what the pages came to, and with no checksum
/// looked at. SEAL_DAMAGED where the head is not there as a whole.
SealState object_read_head(Str bytes, Arena *arena, ObjectFile *object);

#endif
