/* The IR: everything a project says, as rows with spans, and what the passes add.
 *
 * One Ir belongs to one thread. Lowering fills the integrations first (then they are frozen and pages
 * only read them), the facts of pages are added in the order of the pages, then the project passes run
 * in the order of passes/table.def. Emitters only read. */
#ifndef FXC_IR_IR_H
#define FXC_IR_IR_H

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "ir/rows.h"

/// Rows by integration, as they were when ir_index() made it; rows that were added since make it void.
typedef struct IrIndex {
  size_t uses, decisions, live_releases;  // how many rows there were
  uint32_t *decided;                      // by IntegrationId.n: DecisionId.n
  uint32_t *first_use, *next_use;         // by IntegrationId.n and UseId.n: UseId.n
  uint32_t *first_live, *next_live;       // by IntegrationId.n and LiveReleaseId.n: LiveReleaseId.n
  size_t props, prop_mask;
  uint32_t *prop_table;  // by a hash of the integration and the prop's key: PropId.n
} IrIndex;

typedef struct Ir {
  Arena *arena;  // rows and strings; not owned
  Interner strings;
  const Sources *sources;
#define TABLE(Row, accessor, table, what) \
  struct {                                \
    Row *data;                            \
    size_t len, space;                    \
  } table;
#include "ir/tables.def"
#undef TABLE
  IrIndex index;    // made behind the passes
  StrMap by_name;   // integration name → IntegrationId.n; made by collect
  int32_t today;    // UTC date in days since 1970-01-01
  bool production;  // --phase=production
  Str output;       // where outputs go, from the project root; absolute when that is outside of it
} Ir;

/// Empty tables; everything that is added lies on the arena.
void ir_init(Ir *ir, Arena *arena, const Sources *sources);

#define TABLE(Row, accessor, table, what)                                                          \
  static inline Row *ir_##accessor(const Ir *ir, Row##Id id) { return &ir->table.data[id.n - 1]; } \
  static inline Row##Id ir_add_##accessor(Ir *ir, Row row) {                                       \
    vec_push(ir->arena, &ir->table, row);                                                          \
    return (Row##Id){(uint32_t)ir->table.len};                                                     \
  }                                                                                                \
  static inline Row *ir_##accessor##_at(const Ir *ir, IrRange range, uint32_t i) {                 \
    return &ir->table.data[range.first - 1 + i];                                                   \
  }
#include "ir/tables.def"
#undef TABLE

/// The string of a symbol; STR_NONE for 0.
static inline Str ir_str(const Ir *ir, Sym symbol) { return intern_str(&ir->strings, symbol); }
static inline Sym ir_sym(Ir *ir, Str s) { return intern(&ir->strings, s); }

/// What an integration is called.
static inline Str ir_integration_name(const Ir *ir, IntegrationId id) {
  return ir_str(ir, ir_integration(ir, id)->name);
}

/// What a release is called within its integration.
static inline Str ir_release_label(const Ir *ir, ReleaseId id) {
  return ir_str(ir, ir_release(ir, id)->label.sym);
}

/// The integration of that name (the first in look-up order), 0 when there is none.
IntegrationId ir_find_integration(const Ir *ir, Str name);
/// The release with that label, 0 when there is none.
ReleaseId ir_find_release(const Ir *ir, IntegrationId integration, Sym label);
/// Whether two names of props are one on a page: case, '-' and '_' do not count.
bool ir_same_prop(Str a, Str b);
/// What two such names have in common, for tables: lower case without marks.
Str ir_prop_key(Arena *arena, Str name);
/// The prop that the attribute `name` (without "data-integration-") sets: HTML folds case, so that case, '-'
/// and '_' do not count. 0 when there is none.
PropId ir_find_prop(const Ir *ir, IntegrationId integration, Str name);
/// Makes the index of rows by integration, as often as rows have been added. Without it the three look-ups
/// below and ir_find_prop() give the same, slowly.
void ir_index(Ir *ir);
/// The part of it that is about props.
void ir_index_props(Ir *ir);
/// The integration's next use behind `after` (0: its first), 0 when there is none.
UseId ir_next_use(const Ir *ir, IntegrationId integration, UseId after);
/// The same of its rows of live releases.
LiveReleaseId ir_next_live(const Ir *ir, IntegrationId integration, LiveReleaseId after);
/// The chosen release, 0 while or when there is none.
ReleaseId ir_decided_release(const Ir *ir, IntegrationId integration);
/// Who does the release's work in the phase that is built: in production the overlay's provider wins.
Str ir_release_provider(const Ir *ir, const Release *release);
/// The newest release of a provider that is not retired, 0 when it has none.
ReleaseId ir_provider_release(const Ir *ir, IntegrationId integration, Str provider);
/// Whether the last day of its support lies behind today: on that day itself it is supported.
bool ir_release_ended(const Ir *ir, const Release *release);
/// Whether a link of a fallback chain is the concept's own markup, which cannot fail: "static" or
/// "manual-entry".
bool ir_is_static(Str link);
/// The words of an enumeration as manifests spell them: "stable", "in", "get", …
const char *ir_status_name(IrStatus status);
const char *ir_operator_name(IrOperator op);
const char *ir_method_name(IrMethod method);
const char *ir_happening_name(IrHappening happening);

/// Prints all rows as text that a person reads: --emit=ir. Spans are left out when `with_spans` is
/// false, so that two notations of one manifest compare equal.
void ir_print(const Ir *ir, bool with_spans, Buf *out);

/// Checks what must hold between rows whatever the input was (handles in range, ranges inside tables,
/// spans inside files, strings interned). False: a bug of ours; *what then says which (FX9001).
bool ir_verify(const Ir *ir, Str *what);

#endif
