/* The cache of a run: what an earlier run of the same configuration has seen and made, and what this one
 * leaves for the next. Everything lies below .fx/cache and may be deleted at any time; that it cannot be read
 * or written never makes a run fail. store/README.md has the formats, the README of this folder the whole
 * picture. */
#ifndef FXC_WORKSPACE_CACHE_CACHE_H
#define FXC_WORKSPACE_CACHE_CACHE_H

#include "base/map.h"
#include "store/index.h"
#include "workspace/request.h"

struct Compilation;

/// What IndexHead.counters hold.
typedef enum CacheCounter {
  CACHE_ERRORS,  // DiagTotals
  CACHE_WARNINGS,
  CACHE_FILES,  // CompileMetrics
  CACHE_BYTES,
  CACHE_FOUND,
  CACHE_USES,
  CACHE_PAGES_WITH_USES,
  CACHE_VALID,
  CACHE_INVALID,
  CACHE_COMPONENTS,
  CACHE_OUTPUTS,    // of the outputs, how many the run made or found as they should be
  CACHE_COMMITTED,  // 1: the outputs are those of this run
  CACHE_PATCHABLE,  // 1: pages may be exchanged one by one (patch.h)
} CacheCounter;

/// An integration as pages see it (ir/interface.h).
typedef struct CacheInterface {
  Str name, bytes;
  Digest digest;
} CacheInterface;

/// What makes a page's component what it is, beside the page.
typedef struct CacheSalts {
  Digest reading;   // the settings that discovery sees, and this build of fxc
  Digest emitting;  // the templates, and this build of fxc
  VEC(CacheInterface) interfaces;
  StrMap by_name;  // index in interfaces
} CacheSalts;

/// IndexInput.use and IndexOutput.use.
enum { CACHE_INPUT_PAGE = 1, CACHE_OUTPUT_HELD = 1 };

typedef struct Cache {
  bool on;             // this run looks into the cache, and keeps what it finds out
  bool fine;           // `index` is open
  bool damaged;        // something was found damaged: FX8004
  int unkept;          // an errno value: why nothing can be kept
  bool outputs_known;  // the output folder is still what the index says, but for single files
  Str folder, path;    // .fx/cache, and the index of this configuration
  StampClock clock;    // before anything was read
  Index index;         // of the last run
  Pack *pack;
  CacheSalts salts;
  IndexDraft draft;  // of this run
} Cache;

/// Opens the cache of the project that project_find() has found, if this run may use one and there is one.
/// Inputs are kept from here on.
void cache_open(struct Compilation *compilation);
/// Makes the folder where there was none, now that there is a project.
void cache_begin(struct Compilation *compilation);
/// Behind the passes that check integrations: what pages depend on.
void cache_salt(struct Compilation *compilation);
/// The same from what the last run has kept, without a manifest. False when it is damaged.
bool cache_salt_again(struct Compilation *compilation);
/// The interface of that name; NULL: no manifest declares it.
const CacheInterface *cache_interface(const Cache *cache, Str name);
/// What index_text() of IndexHead.extra is: the output folder, then the interfaces.
void cache_extra(const struct Compilation *compilation, Buf *out);
/// The first of its parts; false at the end, or when it is damaged.
bool cache_take_part(Str *extra, Str *part);

/// Behind outputs_open(): whether what the index says of outputs may be believed.
void cache_look_at_outputs(struct Compilation *compilation);
/// Behind the commit: writes the index. `final` are the diagnostics that a replay tells.
void cache_keep(struct Compilation *compilation);
/// FX8004, once all other diagnostics are settled.
void cache_report(struct Compilation *compilation);
/// Closes what is open.
void cache_close(Cache *cache);

/// Whether an output that the index knows is still what was written then, by its stamp or else by its bytes;
/// *now is its stamp as it stands.
bool cache_output_holds(const struct Compilation *compilation, const IndexOutput *output, Stamp *now);

#endif
