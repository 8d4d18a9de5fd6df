/* What holds between rows whatever the input was. In: the IR. Out: true, or the first column that is wrong.
 * A failure is a bug of ours, never of the input. */
#include "ir/ir.h"

typedef struct Verify {
  const Ir *ir;
  const char *table, *column;  // of the fault
  size_t row;
  const char *why;
} Verify;

static bool fault(Verify *verify, const char *table, const char *column, size_t row, const char *why) {
  *verify = (Verify){verify->ir, table, column, row + 1, why};
  return false;
}

static bool sym_holds(const Ir *ir, Sym sym) { return sym <= ir->strings.strings.len; }

static bool source_holds(const Ir *ir, SourceId source) {
  return !ir->sources || source <= sources_count(ir->sources);
}

static bool span_holds(const Ir *ir, Span span) {
  return span.start <= span.end && source_holds(ir, span.source);
}

static bool range_holds(IrRange range, size_t rows) {
  return range.count == 0 || (range.first > 0 && (size_t)range.first - 1 + range.count <= rows);
}

#define HOLDS_HANDLE(ir, value, target) ((value).n <= (ir)->target.len)
#define HOLDS_RANGE(ir, value, target) range_holds((value), (ir)->target.len)
#define HOLDS_SYM(ir, value, target) sym_holds((ir), (value))
#define HOLDS_TEXT(ir, value, target) (sym_holds((ir), (value).sym) && span_holds((ir), (value).span))
#define HOLDS_SPAN(ir, value, target) span_holds((ir), (value))
#define HOLDS_SOURCE(ir, value, target) source_holds((ir), (value))
#define WHY_HANDLE "a handle behind the end of its table"
#define WHY_RANGE "a range that leaves its table"
#define WHY_SYM "a string that is not interned"
#define WHY_TEXT "a text that is not interned or lies outside all files"
#define WHY_SPAN "a span that ends before it begins or names no file"
#define WHY_SOURCE "a file that is not known"

static bool verify_columns(Verify *verify) {
  const Ir *ir = verify->ir;
#define COLUMN(Row, table, kind, column, target)             \
  for (size_t i = 0; i < ir->table.len; i++)                 \
    if (!HOLDS_##kind(ir, ir->table.data[i].column, target)) \
      return fault(verify, #table, #column, i, WHY_##kind);
#include "ir/columns.def"
#undef COLUMN
  return true;
}

// Children lie in the table of their parent's range and know their parent.
static bool verify_parents(Verify *verify) {
  const Ir *ir = verify->ir;
  for (size_t i = 0; i < ir->integrations.len; i++) {
    IrRange releases = ir->integrations.data[i].releases;
    for (uint32_t r = 0; r < releases.count; r++)
      if (ir_release_at(ir, releases, r)->integration.n != i + 1)
        return fault(verify, "integrations", "releases", i, "a release of another integration");
  }
  for (size_t i = 0; i < ir->pages.len; i++) {
    IrRange uses = ir->pages.data[i].uses;
    for (uint32_t u = 0; u < uses.count; u++)
      if (ir_use_at(ir, uses, u)->page.n != i + 1)
        return fault(verify, "pages", "uses", i, "a use of another page");
  }
  return true;
}

// What decisions must say whoever made them.
static bool verify_decisions(Verify *verify) {
  const Ir *ir = verify->ir;
  for (size_t i = 0; i < ir->decisions.len; i++) {
    const Decision *decision = &ir->decisions.data[i];
    bool whole = decision->integration.n && decision->release.n;
    if (!whole || ir_release(ir, decision->release)->integration.n != decision->integration.n)
      return fault(verify, "decisions", "release", i, "a release of another integration");
    if (ir_release(ir, decision->release)->status == IR_RETIRED)
      return fault(verify, "decisions", "release", i, "a retired release");
  }
  return true;
}

bool ir_verify(const Ir *ir, Str *what) {
  Verify verify = {.ir = ir};
  if (verify_columns(&verify) && verify_parents(&verify) && verify_decisions(&verify)) return true;
  *what = str_printf(ir->arena, "%s, row %zu, %s: %s", verify.table, verify.row, verify.column, verify.why);
  return false;
}
