/* What the renderers share: the output, the places of spans, and names. A Render lives for one
 * diag_render(); it owns the texts that it loaded and forgets them when they become too many. */
#ifndef FXC_DIAG_RENDER_H
#define FXC_DIAG_RENDER_H

#include "diag/display.h"
#include "diag/report.h"
#include "source/lines.h"

typedef struct RenderFile {
  bool asked;   // the load was tried
  bool loaded;  // `lines` holds the text; else places are 1:1
  Lines lines;
} RenderFile;

typedef struct Render {
  const DiagPolicy *policy;
  const Sources *sources;
  const DiagHidden *hidden;  // what excerpts may not repeat
  size_t hidden_count;
  Buf *out;
  bool color;
  Arena table, texts;
  RenderFile *files;  // by SourceId
  size_t file_count;
} Render;

/// Line and column of a span's two ends.
typedef struct RenderPlace {
  LineColumn start, end;
} RenderPlace;

/// The file of a span, loaded; NULL for a span without a file. Valid for the current diagnostic.
const RenderFile *render_file(Render *render, SourceId source);
/// Where a span begins and ends; 1:1 for both without a readable file.
RenderPlace render_place(Render *render, Span span);
/// "path:line:column: ", or "fxc: " without a file.
void render_location(Render *render, Span span);
/// Whether a label only names the primary span.
bool render_is_primary(const Diag *diag, const DiagPlace *label);
/// Whether the span is a whole file and so has nothing to underline.
bool render_is_file(Span span);

/// One diagnostic each.
void render_text(Render *render, const Diag *diag);
void render_gcc(Render *render, const Diag *diag);
void render_json(Render *render, const Diag *diag);

/// Starts a colour ("1;31"), or ends it ("0"); nothing where colours are off.
void render_color(Render *render, const char *code);

/// The excerpt of `diag` with its underlines. Fills `left` (room for labels.len) with the labels that
/// found no place there, for notes; returns how many.
size_t render_excerpt(Render *render, const Diag *diag, const DiagPlace **left);
/// The excerpt of one place with its underline, for a label in another file; nothing where there is no text.
void render_excerpt_at(Render *render, const DiagPlace *place);

/// "resolution"
const char *diag_stage_name(DiagStage stage);
/// "warning"
const char *diag_severity_name(DiagSeverity severity);

#endif
