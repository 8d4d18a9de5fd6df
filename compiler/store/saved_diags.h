/* Diagnostics that are told again by a later run. Severities are kept as they stand; of hidden values (see
 * diag_hide()) only the places are kept, never the texts: what is to be kept of a whole run has been masked.
 */
#ifndef FXC_STORE_SAVED_DIAGS_H
#define FXC_STORE_SAVED_DIAGS_H

#include "diag/diag.h"
#include "store/codec.h"

/// For fragments and other records: the diagnostics as part of something larger. Reading adds them to the
/// bag; strings stay in the bytes.
void saved_diags_put(CodecWriter *writer, const DiagBag *bag);
void saved_diags_get(CodecReader *reader, DiagBag *bag);

/// Diagnostics whose places all lie in one page, or in the project file (0: there is none); position of the
/// page alone is not part of the bytes. False, and nothing appended, when another file is named.
bool saved_diags_write_page(const DiagBag *bag, SourceId page, SourceId project, Buf *out);
/// Adds them to the bag, in the page given; the bytes outlive the bag. False, and nothing added, when they
/// are damaged.
bool saved_diags_read_page(Str bytes, SourceId page, SourceId project, DiagBag *bag);

/// Diagnostics of a whole run, with the names of the files they lie in.
void saved_diags_write(const DiagBag *bag, const Sources *sources, Buf *out);
/// Adds the files to `sources` and the diagnostics to the bag, in their order; the bytes outlive the bag.
/// False, and nothing added to the bag, when they are damaged.
bool saved_diags_read(Str bytes, Sources *sources, DiagBag *bag);

#endif
