/* What a project file says (project.fx or project.yaml), with every default filled in. The driver reads
 * this; the project file goes through the same clause table as manifests. */
#ifndef FXC_AST_PROJECT_H
#define FXC_AST_PROJECT_H

#include <stdint.h>

#include "diag/diag.h"

/// A text of the project file; span absent when it is a default.
typedef struct ProjectText {
  Str text;
  Span span;
} ProjectText;

typedef VEC(ProjectText) ProjectTexts;

typedef struct ProjectPin {
  ProjectText name, range;
} ProjectPin;

/// "orphan error": the severity of a warning by name.
typedef struct ProjectRule {
  ProjectText name, level;
} ProjectRule;

/// "suggest NAME when xpath …"
typedef struct ProjectSuggestion {
  ProjectText name, xpath;
} ProjectSuggestion;

typedef struct ProjectTrust {
  ProjectText pattern, key;
} ProjectTrust;

typedef struct ProjectEnvironment {
  ProjectText name;
  ProjectTexts variables;            // set
  VEC(ProjectPin) flags, providers;  // flag NAME on|off; provider NAME = PROVIDER
} ProjectEnvironment;

typedef struct ProjectAlert {
  ProjectText text;  // as written: "scan > 5s"
  ProjectText metric;
  double bound, window;  // ms or a share; window in ms, NAN when not given
  Str op;
} ProjectAlert;

typedef struct ProjectSettings {
  Str bytes;  // of the project file, for places inside its values; data NULL: there is none
  ProjectText name;
  ProjectTexts concept, views, manifests, exclude, templates;  // glob patterns, relative to the root
  ProjectText output, react, phase;
  bool use_stdlib, unsafe_templates;
  VEC(ProjectPin) pins;
  ProjectTexts discover_attributes;  // further attributes that mean data-integration
  VEC(ProjectSuggestion) suggestions;
  VEC(ProjectTrust) trust;
  VEC(ProjectEnvironment) environments;
  VEC(ProjectRule) rules;
  VEC(ProjectAlert) alerts;
} ProjectSettings;

/// The settings of a project without a project file: concept/**/*.html and so on.
void project_defaults(Arena *arena, ProjectSettings *settings);

/// Reads a project file, .fx, YAML or JSON by its extension. Strings lie on the arena. What is wrong is
/// reported and takes its default; false when its syntax is so wrong that nothing can be read.
bool project_read(Arena *arena, SourceId source, Str path, Str bytes, DiagBag *diags,
                  ProjectSettings *settings);

/// The place of bytes from … to of a text as it is read, in the file: quotes and escapes counted. Its whole
/// span where that cannot be told.
Span project_part(const ProjectSettings *settings, ProjectText text, size_t from, size_t to);

#endif
