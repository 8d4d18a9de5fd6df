/* Which files belong to a project, and what its project file says. */
#ifndef FXC_WORKSPACE_PROJECT_H
#define FXC_WORKSPACE_PROJECT_H

#include "ast/project.h"
#include "ir/rows.h"
#include "source/lines.h"
#include "source/utf16.h"
#include "viewforge/view.h"
#include "workspace/cache/inputs.h"
#include "workspace/request.h"

/// The file of a view, which may hold many pages: what all of them ask about it.
typedef struct ViewSource {
  Str bytes;
  Lines lines;
  HtmlInput text;    // without the byte order mark
  Utf16Index index;  // of that
} ViewSource;

typedef struct ProjectFile {
  SourceId source;
  Str path;              // as the user sees it: relative to the current directory
  Str root_path;         // relative to the project root
  Str name;              // not of manifests: root_path without the glob's fixed prefix and the last suffix
  IrPlaceKind place;     // manifests
  Str bytes;             // manifests: what was read
  Str label;             // pages: what outputs call them; root_path, and which page of that file
  const ViewPage *view;  // pages that come from a view
  const ViewSource *view_source;  // its file
} ProjectFile;

typedef struct Project {
  Str root;   // relative to the current directory, "." or "../.."
  Str file;   // the project file, the same way; absent: there is none
  Str below;  // the current directory, seen from the root above it; empty when the root is not above
  ProjectSettings settings;
  SourceId settings_source;  // the project file; 0: there is none
  VEC(ProjectFile) pages, views, manifests, templates;
  Str output;            // directory, as the user sees it
  Str output_from_root;  // the same, seen from the root
  Str root_from_output;  // the way back: ".."
  Str library;           // the standard library's directory; empty when it cannot be found
} Project;

/// Finds the root with its project file, and the standard library. Nothing is read, nothing can go wrong.
void project_find(Project *project, const Request *request, Arena *arena, Inputs *inputs);

/// Behind project_find(): reads the project file and lists the files. What is wrong is reported (FX8001,
/// FX8002 and the project file's own errors). False when there is nothing to compile.
bool project_open(Project *project, const Request *request, Arena *arena, Sources *sources, Inputs *inputs,
                  DiagBag *diags);

/// A part of that: reads the project file and lists templates, no other file.
bool project_open_settings(Project *project, const Request *request, Arena *arena, Sources *sources,
                           Inputs *inputs, DiagBag *diags);

/// FX5004 for pages that would be written to one file.
void project_check_outputs(const Project *project, DiagBag *diags);

/// What a project file may be called; the first that is there counts.
enum { PROJECT_FILES = 4 };
extern const char *const project_files[PROJECT_FILES];

#endif
