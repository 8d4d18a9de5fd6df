/* What the reader (pack.c) and the writer (pack_write.c) of packs share. */
#ifndef FXC_STORE_PACK_FILE_H
#define FXC_STORE_PACK_FILE_H

#include <sys/stat.h>

#include "base/buf.h"
#include "store/pack.h"

#define PACK_KIND "fxcpack1"
#define PACK_MARK "fxcR"
#define PACK_NAME "fragments."

enum { PACK_HEAD = 16, PACK_CHECKSUM = 8, PACK_KEY = 16, PACK_RECORD = 32 };
static const uint32_t PACK_LAST = UINT32_MAX - 1;  // of N

/// N of the newest pack of the folder; 0: there is none.
uint32_t pack_find_newest(Str folder);
Str pack_path(Arena *arena, Str folder, uint32_t n);
/// A descriptor, or -1 when it is no file that can be opened.
int pack_open_file(Str folder, uint32_t n, int flags, struct stat *info);
/// All of a file; empty when that is impossible.
Str pack_map(int fd, const struct stat *info);
void pack_unmap(Str bytes);
/// Whether it begins like a pack; the number by which places name it.
bool pack_head(Str bytes, uint32_t *number);
/// Appends a record with what fills it up to a multiple of eight bytes.
void pack_put_record(Buf *out, Digest key, Str content);

#endif
