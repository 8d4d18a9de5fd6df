/* fix: the fixes that diagnostics carry, applied to the sources of a project.
 *
 * All happens in memory (workspace/unsaved.h): a run says what is wrong, its fixes are spliced into the
 * texts, the next run looks at these, until nothing is left to fix. Then the files are written, each whole
 * and only if it still is what was read. A fix is applied with all its edits or not at all; what meets
 * another fix waits for the next round; what would leave a file that cannot be read is taken back. */
#ifndef FXC_WORKSPACE_FIX_H
#define FXC_WORKSPACE_FIX_H

#include "edit/splice.h"
#include "html/encoding.h"
#include "source/lines.h"
#include "workspace/compilation.h"

/// A file that some fix wants to edit.
typedef struct FixFile {
  Str path;         // as the user sees it
  VEC(Str) names;   // all paths by which the project knows it
  Str real;         // behind links: what is written
  const char *why;  // it must not be edited; NULL: it may
  bool not_meant;   // not among the paths of the command line
  bool fresh;       // read in this round: the diagnostics may be about something else
  bool html, crlf;
  HtmlInput input;           // pages: the encoding
  SplicedText text, before;  // now, and before the last round
  Lines lines;               // of the text as it is; starts NULL: not asked for yet
  Splices edits;             // of this round; owners are indices of FixRun.done
  Splices applied;           // of the last round, in places of the text behind it
} FixFile;

typedef struct FixDone {
  Str line;     // "concept/a.html:12:26: fixed FX2001: replace with 'x'"
  Str undone;   // the line when it is taken back
  Str key;      // which fix it was
  bool spoils;  // something is wrong behind it that was not before
} FixDone;

typedef struct FixRun {
  const Request *request;
  Arena arena;
  Unsaved unsaved;
  Str root, library;  // real paths, for what belongs to the project
  VEC(FixFile) files;
  StrMap by_path;  // index into files + 1
  VEC(FixDone) done;
  size_t done_before;  // of them, in earlier rounds
  VEC(Str) left;       // what was not applied, and why
  StrMap seen;         // keys of what is left
  StrMap faults;       // of the last round: what cannot be read, and what stands twice
  bool exactly;        // the given files are compiled alone, since the project does not have them
  bool again;          // something waits for another round
} FixRun;

/// Fixes what can be fixed, in memory. The run is zeroed but for `request`.
void fix_rounds(FixRun *run);

/// The files that changed, as a unified diff.
void fix_diff(const FixRun *run, Buf *out);

/// Writes them. What cannot be written, or has changed since it was read, becomes FX8003 in `compilation`.
/// Answers how many files were written.
size_t fix_write(const FixRun *run, Compilation *compilation);

/// Frees all; the run is not used again.
void fix_free(FixRun *run);

/// The file of a source, read on first sight. In workspace/fix_files.c.
FixFile *fix_file(FixRun *run, const Compilation *compilation, SourceId source);
/// The text of an edit as the file has to take it: its encoding, its line breaks, references in an
/// attribute's value. False: it cannot be written there, *why says so.
bool fix_text(FixRun *run, const FixFile *file, const DiagEdit *edit, Str *text, const char **why);

#endif
