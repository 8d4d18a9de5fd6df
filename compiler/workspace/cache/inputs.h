/* Everything that a run asks of the disk and the environment, written down while it is asked: what decides
 * whether the next run would see the same (replay.h), and what --depfile names.
 *
 * Many threads may ask. Nothing is noted that a run has not seen: a folder's names are taken before it is
 * walked and a file's stamp before it is read, so that a change beside the run is a difference later. */
#ifndef FXC_WORKSPACE_CACHE_INPUTS_H
#define FXC_WORKSPACE_CACHE_INPUTS_H

#include "base/file.h"
#include "store/index.h"
#include "workspace/unsaved.h"

typedef struct Input {
  Str path;  // as the run sees it, or the variable's name
  IndexInputKind kind;
  Digest digest;  // see IndexInput; zero: could not be read
  Stamp stamp;
} Input;

typedef struct Inputs Inputs;

/// An empty list on the heap. `clock` says which stamps may be trusted, zero: none, as nothing is kept;
/// digests are not made then.
Inputs *inputs_new(const Unsaved *unsaved);
void inputs_free(Inputs *inputs);
/// From here on digests and stamps are noted too.
void inputs_keep(Inputs *inputs, StampClock clock);

/// As unsaved_read().
int inputs_read(Inputs *inputs, Str path, Arena *arena, size_t limit, Str *text);
/// The same for one of many that is noted by the caller, in *input: its path and all that is known of it. The
/// folder is exchanged as file_read_in() does it.
int inputs_look(Inputs *inputs, FileFolder *folder, Str path, Arena *arena, size_t limit, Str *text,
                Input *input);
/// Notes what inputs_look() answered, or what holds still by its stamp.
void inputs_note(Inputs *inputs, Input input);

/// As file_exists() and file_is_directory().
bool inputs_exists(Inputs *inputs, Str path);
bool inputs_is_directory(Inputs *inputs, Str path);
/// As file_walk_on().
int inputs_walk(Inputs *inputs, size_t threads, Str root, FileVisitor *visit, FileEnter *enter, void *context,
                Arena *arena, Str *failed);
/// As getenv().
const char *inputs_env(Inputs *inputs, const char *name);

/// What was asked so far, each question once, in the order of paths and kinds.
size_t inputs_list(Inputs *inputs, const Input **list);

/* The same questions again, for who compares */

/// What the names in a folder come to, but for those that fxc itself puts beside sources. Zero: the folder
/// cannot be read. Links among them are told to `link` (may be NULL), path and all.
typedef void InputsLink(void *context, Str path);
Digest inputs_names(Str folder, InputsLink *link, void *context);
/// Of a variable's value; zero: it is not set. Values may be secret, and caches are copied and shared: nobody
/// gets them from their digests.
Digest inputs_value(const char *value);
/// Of a file's bytes; the same goes for files of variables.
Digest inputs_digest(Str path, Str bytes);

#endif
