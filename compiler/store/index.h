/* The index: what a run of one configuration read, made and said, so that the next one can see that nothing
 * has changed, or what.
 *
 * ".fx/cache/KEY.index", a sealed file (seal.h) that is mapped and never changed: a later one takes its place
 * by a rename. Inside are a head, four tables of rows, and the texts that rows name. Rows are read where they
 * lie. Paths of inputs are as the run saw them (from the current directory), paths of outputs from the output
 * folder; so whoever makes the KEY takes both folders into it, and everything else that a run depends on and
 * that is no input: goal, phase, environment, policy, days that were given.
 *
 *   head      IndexHead
 *   inputs    IndexInput[]    everything that the run asked of the disk and the environment
 *   pages     IndexPage[]     in the order of the project
 *   outputs   IndexOutput[]   everything that the run wrote or left as it was
 *   folders   IndexFolder[]   the output folder and those below it
 *   texts     bytes, each text with a NUL behind it
 *
 * Every row is trusted only as far as its text lies inside the file: index_text() answers an empty one else.
 * The rows a row names (IndexPage.input, .outputs) are checked when the index is opened. */
#ifndef FXC_STORE_INDEX_H
#define FXC_STORE_INDEX_H

#include "base/buf.h"
#include "base/hash.h"
#include "base/vec.h"
#include "store/pack.h"
#include "store/stamp.h"

/// A text among the texts of the index; all zero: none.
typedef struct IndexText {
  uint32_t at, length;
} IndexText;

enum { INDEX_NONE = UINT32_MAX, INDEX_COUNTERS = 32 };

typedef enum IndexInputKind {
  INDEX_READ,    // a file that was read
  INDEX_ABSENT,  // a path at which nothing was
  INDEX_EXISTS,  // a path of which only was asked whether, and as what, it is there
  INDEX_FOLDER,  // a folder whose names were listed
  INDEX_ENV,     // a variable of the environment
} IndexInputKind;

/// 80 bytes.
typedef struct IndexInput {
  IndexText path;  // or the variable's name
  uint32_t kind;   // IndexInputKind
  uint32_t use;    // for the caller: what the input is, how it got in
  Digest digest;   // of the bytes; of a folder's names; of the variable's value (zero: not set)
  Stamp stamp;
} IndexInput;

/// 96 bytes.
typedef struct IndexPage {
  IndexText label;      // as outputs call it: each page has its own
  IndexText diags;      // of emission: saved_diags_write_page()
  Digest fragment_key;  // see fragment.h
  PackPlace fragment;
  Digest heard;       // fragment_heard()
  Digest output_key;  // zero: nothing was emitted
  uint32_t input;     // the row of its file, or INDEX_NONE
  uint32_t outputs;   // the row of its component, behind which its map stands; or INDEX_NONE
  uint32_t use;       // for the caller
  uint32_t unused;    // 0
} IndexPage;

/// 80 bytes.
typedef struct IndexOutput {
  IndexText path;
  uint32_t page;  // the row of the page it was made of, or INDEX_NONE
  uint32_t use;   // for the caller
  Digest digest;  // of the bytes; zero: this run did not make it, and left it
  Stamp stamp;
} IndexOutput;

/// 56 bytes.
typedef struct IndexFolder {
  IndexText path;
  Stamp stamp;
} IndexFolder;

typedef struct IndexHead {
  int32_t first_day, last_day;  // the run's outcome holds on these days (UTC, since 1970), both included
  IndexText diags;              // of the run: saved_diags_write()
  IndexText extra;              // anything else that the caller keeps
  uint64_t pack_bytes;          // of the fragments that the pages use; index_write() counts them
  uint64_t counters[INDEX_COUNTERS];  // the caller's
} IndexHead;

/// The tables whose rows are found by name.
typedef enum IndexTable { INDEX_INPUTS, INDEX_PAGES, INDEX_OUTPUTS, INDEX_TABLES } IndexTable;

/// Rows by the hash of their names; see index_names().
typedef struct IndexNames {
  uint32_t *rows;
  size_t space;
} IndexNames;

typedef struct Index {
  const IndexHead *head;
  const IndexInput *inputs;
  const IndexPage *pages;
  const IndexOutput *outputs;
  const IndexFolder *folders;
  uint32_t input_count, page_count, output_count, folder_count;
  Str texts;
  IndexNames names[INDEX_TABLES];
  Str mapped;  // the whole file
} Index;

typedef enum IndexState {
  INDEX_FINE,
  INDEX_MISSING,  // there is none, or it cannot be read
  INDEX_DAMAGED,  // worth an FX8004
} IndexState;

/// Maps the index at `path` and checks it. Only a fine one is to be closed. One that was used is kept from
/// being removed as old (cache_sweep()).
IndexState index_open(Str path, Index *index);
/// Checks the bytes of an index, which begin at a multiple of 8 and outlive it.
IndexState index_read(Str bytes, Index *index);
void index_close(Index *index);

/// A text, NUL behind it, as long as the index is open.
Str index_text(const Index *index, IndexText text);

/// Makes the look-ups below possible; once, before threads start.
void index_names(Index *index, Arena *arena);
/// The row of an input, of a page by its label, of an output; NULL when there is none.
const IndexInput *index_find_input(const Index *index, IndexInputKind kind, Str path);
const IndexPage *index_find_page(const Index *index, Str label);
const IndexOutput *index_find_output(const Index *index, Str path);

/* Writing */

/// An index in the making. Rows are pushed with vec_push() on `arena` and may be changed until it is written.
typedef struct IndexDraft {
  Arena *arena;
  IndexHead head;
  VEC(IndexInput) inputs;
  VEC(IndexPage) pages;
  VEC(IndexOutput) outputs;
  VEC(IndexFolder) folders;
  Buf texts;
  bool overflows;  // more than 4 GB of texts: it cannot be written
} IndexDraft;

/// An empty one; freed with index_draft_free(), which leaves the arena alone.
void index_draft(IndexDraft *draft, Arena *arena);
/// One that says the same as an index, with the same numbers of rows, to change a few of them.
void index_draft_from(IndexDraft *draft, Arena *arena, const Index *index);
void index_draft_free(IndexDraft *draft);

/// Keeps a text, so that rows can name it.
IndexText index_keep(IndexDraft *draft, Str text);
/// The text again, until the next one is kept.
Str index_kept(const IndexDraft *draft, IndexText text);

/// Appends the bytes of the index.
void index_print(const IndexDraft *draft, Buf *out);
/// Puts it at `path`, whose folder exists, by a rename. 0 or an errno value; nothing is waited for: a file
/// that a crash tore is found by its checksum.
int index_write(const IndexDraft *draft, Str path);

#endif
