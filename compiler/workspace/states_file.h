/* .fx/states.json: what runs remember of the states of integrations. Like all of .fx/ it may be deleted at
 * any time; what is lost is since when a state has held, and what was generated.
 *
 * A run reads the file, finds out what holds now, and writes it anew, between states_lock() and
 * states_unlock(), so that runs side by side keep what each other wrote. Even without the lock (another
 * process keeps it, or the file system has none) a reader sees one whole file. */
#ifndef FXC_WORKSPACE_STATES_FILE_H
#define FXC_WORKSPACE_STATES_FILE_H

#include "base/hash.h"
#include "base/map.h"
#include "emit/status.h"

/// What code was last written from, for one phase.
typedef struct KeptCode {
  bool written;
  Digest inputs;
  int32_t since;  // the first day on which it was written from these
  Str output;     // the folder, from the project root
} KeptCode;

typedef struct KeptState {
  Str name;
  LifeStage stage;
  int32_t since, deprecated, migrating;  // days; IR_NO_DATE
  KeptCode prototype, production;
} KeptState;

typedef struct KeptStates {
  VEC(KeptState) list;  // in byte order of the names
  StrMap by_name;       // index in list
} KeptStates;

typedef enum StatesFault {
  STATES_FINE,     // or there is no file
  STATES_DAMAGED,  // none of it is used
  STATES_NEWER,    // a later version of fxc wrote it: it is left alone
} StatesFault;

/// Reads the text of a file onto the arena.
StatesFault states_parse(Str text, Arena *arena, KeptStates *kept);
/// Adds one behind the others.
void states_add(Arena *arena, KeptStates *kept, KeptState state);
/// The remembered state of that name, NULL when there is none.
const KeptState *states_kept(const KeptStates *kept, Str name);
/// The text of a file.
void states_print(const KeptStates *kept, Arena *arena, Buf *out);

/// Waits for the lock beside the file, a second at most; `path` is that of states.json. -1: go on without it.
int states_lock(Arena *arena, Str path);
/// Gives it back.
void states_unlock(int lock);

#endif
