/* Cures of FX4007 as fixes. In: the range that excludes live releases, or the link that makes one live. Out:
 * the range widened in the style of its author, held against those releases; the chain without the link. */
#include "passes/cure_edit.h"
#include "passes/cure_range.h"
#include "passes/liveness.h"

enum { PAGES = 16 };

// Release by release; none where one of them cannot be held.
static Str widened(Liveness *run, const Origin *origin, const LiveReleases *broken) {
  Ir *ir = run->ir;
  Str text = ir_str(ir, origin->range), ranges[CURE_RANGES];
  bool tight = cure_is_tight(ir, origin);
  for (size_t i = 0; i < broken->len; i++) {
    const IrVersion *row = &ir_release(ir, broken->data[i]->release)->version;
    if (!row->valid) return STR("");
    Version version = ir_version(ir, row);
    if (range_holds(ir->arena, text, &version)) continue;
    if (!cure_ranges(ir->arena, text, &version, CURE_WIDEN, tight, ranges)) return STR("");
    text = ranges[0];
  }
  return text;
}

static void add_widening(Diag *d, Str old, Str text, const CureEdits *edits) {
  const DiagEdit *first = &edits->data[0];
  DiagFix *fix = diag_fix(d, DIAG_MAYBE, first->span, first->text, "widen '%.*s' to '%.*s'", STR_ARG(old),
                          STR_ARG(text));
  for (size_t i = 1; i < edits->len; i++) diag_fix_edit(d, fix, edits->data[i].span, edits->data[i].text);
}

Str liveness_widen(Liveness *run, Diag *d, const Origin *origin, const LiveReleases *broken) {
  const Ir *ir = run->ir;
  Str text = origin->range && run->cures ? widened(run, origin, broken) : STR("");
  if (!text.len) return text;
  run->cures--;
  if (origin->kind == ORIGIN_USE && cure_pages(ir, origin->use) > PAGES) return text;
  Change change = {.origin = *origin, .range = ir_sym(run->ir, text)};
  Arena scratch = {0};  // files are read
  CureEdits edits = {0};
  if (cure_edit(ir, &scratch, run->settings, &change, &edits) && edits.len)
    add_widening(d, ir_str(ir, origin->range), text, &edits);
  arena_free(&scratch);
  return text;
}

void liveness_unlink(Liveness *run, Diag *d, const LiveRelease *row) {
  const Ir *ir = run->ir;
  LoosenEdits edits = {0};
  bool known = row->why == IR_LIVE_FALLBACK
                   ? loosen_fallback(&run->loosen, row->integration, row->span, &edits)
                   : row->why == IR_LIVE_USE_FALLBACK && loosen_use_fallback(&run->loosen, row->span, &edits);
  if (!known) return;
  Str label = ir_release_label(ir, row->release);
  diag_fix(d, DIAG_MAYBE, edits.data[0].span, edits.data[0].text, "take '%.*s' out of the fallback chain",
           STR_ARG(label));
}
