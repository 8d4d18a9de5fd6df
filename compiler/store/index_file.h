/* How the file of an index begins, behind its seal: for those who read and write it. */
#ifndef FXC_STORE_INDEX_FILE_H
#define FXC_STORE_INDEX_FILE_H

#include "store/index.h"

/// Kind and format; who changes a row changes the number.
#define INDEX_KIND "fxindex1"

typedef struct IndexFrame {
  uint32_t inputs, pages, outputs, folders;  // how many rows each table has
  IndexHead head;
} IndexFrame;

/// index_open(), which is no use of it.
IndexState index_map(Str path, Index *index);
/// What the index of that name in a folder says of IndexHead.pack_bytes, unchecked; 0 when it cannot be read.
uint64_t index_pack_bytes(int folder, const char *name);

#endif
