/* The files that edits are for: read once, edited in memory (workspace/unsaved.h), written when all is done.
 *
 * A file is opened at the first edit that is meant for it, by its source in a run. From then on runs read its
 * text from memory. What may not be edited (gone, outside of the project, the standard library's, a
 * package's) says why. Two names of one file are one. All lies on the arena of who edits. */
#ifndef FXC_WORKSPACE_EDIT_FILES_H
#define FXC_WORKSPACE_EDIT_FILES_H

#include "edit/splice.h"
#include "html/encoding.h"
#include "source/lines.h"
#include "workspace/compilation.h"

typedef struct EditFile {
  Str path;         // as the user sees it
  VEC(Str) names;   // all paths by which the project knows it
  Str real;         // behind links: what is written
  const char *why;  // it must not be edited; NULL: it may
  bool not_meant;   // not among the paths of the command line
  bool fresh;       // read in this round: what the last run said may be about something else
  bool html, crlf;
  HtmlInput input;           // pages: the encoding
  SplicedText text, before;  // now, and before the last round
  Lines lines;               // of the text as it is; starts NULL: not asked for yet
  Splices edits;             // of this round
  Splices applied;           // of the last round, in places of the text behind it
} EditFile;

typedef struct EditFiles {
  Arena *arena;
  const Request *request;  // its files are those that may be edited; none: all
  Unsaved unsaved;
  Str root, library;  // real paths, for what belongs to the project
  VEC(EditFile) list;
  StrMap by_path, by_real;  // index into list + 1
} EditFiles;

/// No file yet. The arena and the request outlive the result.
EditFiles edit_files(Arena *arena, const Request *request);
/// The file of a source, read on first sight. Valid until the next one is read.
EditFile *edit_file(EditFiles *files, const Compilation *compilation, SourceId source);
/// The file of a source, NULL when no edit was meant for it.
EditFile *edit_file_known(const EditFiles *files, const Compilation *compilation, SourceId source);
/// The text of an edit as the file has to take it: its encoding, its line breaks, references in an
/// attribute's value. False: it cannot be written there, *why says so.
bool edit_text(EditFiles *files, const EditFile *file, const DiagEdit *edit, Str *text, const char **why);
/// The same for a text that has its references already.
bool edit_bytes(EditFiles *files, const EditFile *file, Str given, Str *text, const char **why);
/// Applies the edits of the round to all files.
void edit_apply(EditFiles *files);
/// Gives a file that text: a way back.
void edit_set(EditFiles *files, EditFile *file, SplicedText text);

/// Whether the file has another text than that which was read.
bool edit_is_changed(const EditFile *file);
/// The files that changed, as a unified diff.
void edit_diff(const EditFiles *files, Buf *out);
/// Writes them, each by itself. What cannot be written, or has changed since it was read, becomes FX8003 in
/// `compilation`, whose help names the `command` to run again. Answers how many files were written.
size_t edit_write(const EditFiles *files, const char *command, Compilation *compilation);
/// Writes all of them or none: when one fails, those that were written get their old text back. Answers how
/// many were written.
size_t edit_write_all(const EditFiles *files, const char *command, Compilation *compilation);

#endif
